import { describe, expect, test } from 'vitest';
import { debuggingRefusal } from '../../src/main/shell/debugging.ts';
import { windowOptions } from '../../src/main/shell/window-options.ts';
import { standing } from './sources.ts';

const refusal = (isPackaged: boolean, ...given: string[]) =>
  debuggingRefusal({ isPackaged, hasSwitch: (name) => given.includes(name) });

const doorways = [
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-targets'],
  ...['inspect', 'inspect-brk', 'inspect-wait', 'inspect-port', 'debug-port'],
  ...['disable-web-security', 'browser-subprocess-path', 'gpu-launcher', 'renderer-cmd-prefix', 'utility-cmd-prefix'],
];

test.each(doorways)('S21 a packaged app does not start with --%s, and says so', (name) => {
  expect(refusal(true, name)).toBe(
    `Mooring did not start, because it was started with --${name}, which would let another program read what it holds. Your data is untouched. Start it without.`,
  );
});

test('S21 each switch that stands in the way is named', () => {
  expect(refusal(true, 'inspect', 'remote-debugging-port')).toContain('--remote-debugging-port and --inspect,');
});

describe('S21 a packaged app starts with what people need', () => {
  test.each(['no-sandbox', 'js-flags', 'proxy-server', 'enable-logging', 'disable-gpu', 'ozone-platform', 'hidden'])(
    '--%s',
    (name) => expect(refusal(true, name)).toBeNull(),
  );
  test('nothing', () => expect(refusal(true)).toBeNull());
});

test('S21 an app in development may be debugged', () => {
  expect(refusal(false, ...doorways)).toBeNull();
});

test('S21 a packaged app has no developer tools', () => {
  for (const devTools of [true, false]) {
    expect(
      windowOptions({ place: { width: 1040, height: 720 }, dark: false, preload: '/p', devTools }).webPreferences
        ?.devTools,
    ).toBe(devTools);
  }
  expect(standing(/devTools: !app\.isPackaged/g)).toEqual(['main/shell/window.ts']);
  expect(standing(/openDevTools|role: 'viewMenu'|toggleDevTools/g)).toEqual([]);
});
