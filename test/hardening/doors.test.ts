import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutOff, keepInside, refuseRequests } from '../../src/main/shell/doors.ts';
import { isOwnPage, mayLoad } from '../../src/main/shell/own-page.ts';
import { sources } from './sources.ts';

const foreign = [
  'https://evil.example/',
  'http://127.0.0.1:8080/',
  'https://ui/index.html',
  'file:///etc/hostname',
  'app://main/index.html',
  'app://ui.evil.example/index.html',
  'app://evil.example/app://ui/index.html',
  'app://ui@evil.example/index.html',
  'app://evil@ui/index.html',
  'app://ui:80/index.html',
  'app://ui%2eevil.example/',
  'app:ui/index.html',
  'app:///ui/index.html',
  'apps://ui/index.html',
  'xapp://ui/index.html',
  'about:blank',
  'blob:app://ui/6f1d',
  'filesystem:app://ui/temporary/x',
  'view-source:app://ui/index.html',
  'javascript:location="app://ui/"',
  'data:text/html,app://ui/',
  'chrome://settings',
  '//ui/index.html',
  'ui/index.html',
  ' ',
  '',
];

test.each(foreign)('S5 %j is no page of the app', (url) => {
  expect(isOwnPage(url)).toBe(false);
});

test('S5 only what begins with the exact origin is a page of the app', () => {
  for (const own of ['app://ui/index.html', 'app://ui/', 'app://ui', 'app://ui/a?b#c'])
    expect(isOwnPage(own)).toBe(true);
  const part = fc.oneof(fc.constantFrom('app:', '//', 'ui', '@', ':', '/', '\\', '.', '?', '#', '\t'), fc.string());
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const url = parts.join('');
      if (isOwnPage(url)) expect(new URL(url).href).toMatch(/^app:\/\/ui(?=[/?#]|$)/);
    }),
    { numRuns: 5_000 },
  );
});

/** Contents under guard, and whether they stopped what was about to happen. */
function guarded() {
  const contents = new EventEmitter();
  const handlers: (() => unknown)[] = [];
  const rtcPolicies: string[] = [];
  keepInside(
    Object.assign(contents, {
      setWindowOpenHandler: (handler: () => unknown) => handlers.push(handler),
      setWebRTCIPHandlingPolicy: (policy: string) => rtcPolicies.push(policy),
    }) as never as WebContents,
  );
  const stops = (name: string, url: string): boolean => {
    let stopped = false;
    contents.emit(name, { url, preventDefault: () => (stopped = true) });
    return stopped;
  };
  return { stops, handlers, rtcPolicies };
}

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('S5 %s stops at the edge of the app', (name) => {
  const { stops } = guarded();
  for (const url of foreign) expect(stops(name, url), url).toBe(true);
  expect(stops(name, 'app://ui/index.html')).toBe(false);
});

test('S6 no page opens a window', () => {
  const { handlers } = guarded();
  expect(handlers.map((handler) => handler())).toEqual([{ action: 'deny' }]);
});

test('S34 no page sends datagrams past a proxy', () => {
  expect(guarded().rtcPolicies).toEqual(['disable_non_proxied_udp']);
});

test('S34 the session of the pages has a proxy that nobody can be, for loopback as well, and no dictionary', async () => {
  const asked: unknown[] = [];
  const session = {
    setSpellCheckerEnabled: (enabled: boolean) => asked.push({ spelling: enabled }),
    setProxy: async (config: unknown) => asked.push(config),
  };
  await cutOff(session as never as Session);
  expect(asked).toEqual([
    { spelling: false },
    { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:0', proxyBypassRules: '<-loopback>' },
  ]);
});

test('S34 no window opens before the pages are cut off', () => {
  const { text } = sources.find(({ path }) => path === 'main/shell/start-app.ts')!;
  const closed = text.indexOf('  await closeDoors();');
  expect(closed).toBeGreaterThan(0);
  expect(closed).toBeLessThan(text.indexOf('openMainWindow({'));
});

test('S9 no page attaches a webview', () => {
  const { stops } = guarded();
  expect(stops('will-attach-webview', 'app://ui/index.html')).toBe(true);
});

/** A session that keeps the handlers it is given. */
function refusing(devTools: boolean) {
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const setters = ['PermissionRequest', 'PermissionCheck', 'DevicePermission', 'DisplayMediaRequest'];
  const session = Object.assign(new EventEmitter(), {
    ...Object.fromEntries(setters.map((name) => [`set${name}Handler`, (each: never) => (handlers[name] = each)])),
    webRequest: { onBeforeRequest: (each: never) => (handlers['BeforeRequest'] = each) },
  });
  refuseRequests(session as never as Session, devTools);
  const answered = (name: string, ...args: unknown[]): unknown[] => {
    const answers: unknown[] = [];
    (handlers[name] as (...all: unknown[]) => void)(...args, (answer: unknown) => answers.push(answer));
    return answers;
  };
  return { session, handlers, answered };
}

// The names in Electron 45's type of the two handlers, and one that is still to be invented.
const permissions = [
  ...[
    'ar',
    'automatic-fullscreen',
    'background-fetch',
    'background-sync',
    'captured-surface-control',
    'clipboard-read',
  ],
  ...['clipboard-sanitized-write', 'display-capture', 'fileSystem', 'fullscreen', 'geolocation', 'hand-tracking'],
  ...[
    'hid',
    'idle-detection',
    'keyboardLock',
    'local-fonts',
    'local-network',
    'loopback-network',
    'media',
    'mediaKeySystem',
  ],
  ...[
    'midi',
    'midiSysex',
    'nfc',
    'notifications',
    'openExternal',
    'payment-handler',
    'persistent-storage',
    'pointerLock',
  ],
  ...['screen-wake-lock', 'sensors', 'serial', 'smart-card', 'speaker-selection', 'storage-access', 'system-wake-lock'],
  ...['top-level-storage-access', 'usb', 'vr', 'web-app-installation', 'window-management', 'unknown'],
];

test('S8 every permission is refused, by the request handler and by the check', () => {
  const { handlers, answered } = refusing(false);
  const check = handlers['PermissionCheck'] as (...args: unknown[]) => unknown;
  for (const name of permissions) {
    expect(answered('PermissionRequest', {}, name), name).toEqual([false]);
    expect(check({}, name, 'app://ui', {}), name).toBe(false);
    expect(check(null, name, 'app://ui', {}), name).toBe(false);
  }
});

test('S8 no device and no screen is given', () => {
  const { session, handlers, answered } = refusing(false);
  const device = handlers['DevicePermission'] as (...args: unknown[]) => unknown;
  for (const deviceType of ['hid', 'serial', 'usb']) expect(device({ deviceType, origin: 'app://ui' })).toBe(false);
  expect(answered('DisplayMediaRequest', { videoRequested: true })).toEqual([null]);

  const chosen = (name: string, ...args: unknown[]) => {
    const answers: unknown[][] = [];
    let prevented = false;
    session.emit(name, { preventDefault: () => (prevented = true) }, ...args, (...answer: unknown[]) =>
      answers.push(answer),
    );
    return { prevented, answers };
  };
  const list = { deviceList: [{ deviceId: 'first' }] };
  expect(chosen('select-usb-device', list)).toEqual({ prevented: true, answers: [[]] });
  expect(chosen('select-hid-device', list)).toEqual({ prevented: true, answers: [[null]] });
  expect(chosen('select-serial-port', [{ portId: 'first' }], {})).toEqual({ prevented: true, answers: [['']] });
  // With a listener that prevents nothing, Electron would take the first device.
  expect(sources.filter(({ text }) => text.includes('select-bluetooth-device'))).toEqual([]);
});

test('S8 nothing is downloaded', () => {
  const { session } = refusing(false);
  let prevented = false;
  session.emit('will-download', { preventDefault: () => (prevented = true) });
  expect(prevented).toBe(true);
});

test('S8 a page loads nothing but the app', () => {
  for (const devTools of [true, false]) {
    const { answered } = refusing(devTools);
    const cancels = (url: string) => answered('BeforeRequest', { url });
    for (const url of foreign) expect(cancels(url), url).toEqual([{ cancel: true }]);
    expect(cancels('app://ui/index.html')).toEqual([{ cancel: false }]);
    expect(cancels('data:image/png;base64,AAAA')).toEqual([{ cancel: false }]);
    expect(cancels('data:text/html,x')).toEqual([{ cancel: true }]);
    // The tools come from Electron itself, and a packaged app has none.
    expect(cancels('devtools://devtools/bundled/inspector.html')).toEqual([{ cancel: !devTools }]);
  }
  expect(mayLoad('wss://evil.example/', true)).toBe(false);
});

test('S8 there is one session, which is under these guards', () => {
  expect(sources.filter(({ text }) => /fromPartition|partition:|session\.fromPath/.test(text))).toEqual([]);
});
