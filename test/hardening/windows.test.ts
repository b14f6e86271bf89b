import { expect, test } from 'vitest';
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
  expect(standing(/(appendSwitch|appendArgument)\(/g)).toEqual([]);
});
