import type { CommandLine } from 'electron';
import { expect, test } from 'vitest';
import { refuseHints } from '../../src/main/shell/hints.ts';
import { windowOptions } from '../../src/main/shell/window-options.ts';
import { sources, standing } from './sources.ts';

test('S1 a window gives its page nothing but its preload', () => {
  const { webPreferences } = windowOptions({
    place: { width: 1040, height: 720 },
    dark: false,
    preload: '/app/preload.cjs',
    devTools: false,
  });
  // Exactly these: one more is a decision to be made here, too.
  expect(webPreferences).toEqual({
    preload: '/app/preload.cjs',
    devTools: false,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
  });
});

test('S1 windows are made in one place, from these options', () => {
  expect(standing(/new BrowserWindow\(/g)).toEqual(['main/shell/window.ts']);
  expect(standing(/new BrowserWindow\(\s*windowOptions\(/g)).toHaveLength(1);
  expect(standing(/new (BaseWindow|BrowserView|WebContentsView)\b/g)).toEqual([]);
  expect(standing(/webPreferences/g)).toEqual(['main/shell/window-options.ts']);
});

test('S2 the sandbox is asked for before the app can be ready', () => {
  const { text } = sources.find(({ path }) => path === 'main/start.ts')!;
  const enabled = text.indexOf('app.enableSandbox();');
  expect(enabled).toBeGreaterThan(0);
  expect(enabled).toBeLessThan(text.indexOf('  start({ ...config, home });'));
  // Nothing is awaited on the way: Electron becomes ready no sooner than this module has been evaluated to its end.
  expect(text).not.toMatch(/\bawait\b/);
  const entry = sources.find(({ path }) => path === 'main/index.ts')!;
  expect(entry.text.match(/\bawait\b.*/g)).toEqual(["await import('./start.ts');"]);
  // The one switch that is added has to be there by then as well.
  expect(standing(/(appendSwitch|appendArgument)\(/g)).toEqual(['main/shell/hints.ts']);
});

test('S34 no page has a name looked up as a hint', () => {
  const switches: string[][] = [];
  refuseHints({ appendSwitch: (...given: string[]) => switches.push(given) } as never as CommandLine);
  expect(switches).toEqual([['blink-settings', 'dnsPrefetchingEnabled=false']]);
  const { text } = sources.find(({ path }) => path === 'main/start.ts')!;
  const refused = text.indexOf('  refuseHints(app.commandLine);');
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(text.indexOf('  start({ ...config, home });'));
});
