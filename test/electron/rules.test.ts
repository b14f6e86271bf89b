import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixture, start } from './harness.ts';
import type { RunningApp } from './launch.ts';

/** What a piece of main is refused with. It sees `electron` and one argument. */
const refused = (app: RunningApp, work: (electron: typeof import('electron'), arg: string) => unknown, arg = '') =>
  app.evaluate(work, arg).then(
    (value) => `allowed: ${String(value)}`,
    (error: Error) => error.message,
  );

test('what has to wait until the app is ready is refused before', async () => {
  const app = await start('early');
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(JSON.parse(app.output().trim())).toEqual({
    ready: false,
    window: 'Cannot create BrowserWindow before app is ready',
    tray: 'Cannot create Tray before app is ready',
    notification: 'Cannot create Notification before app is ready',
    session: 'Session can only be received when app is ready',
    partition: 'Session can only be received when app is ready',
    protocol: 'Session can only be received when app is ready',
    screen: "The 'screen' module can't be used before the app 'ready' event",
    utility: 'utilityProcess cannot be created before app is ready.',
    dialog: 'dialog module can only be used after app is ready',
    schemes: null,
    schemesAgain: 'protocol.registerSchemesAsPrivileged can only be used once',
    unsupported: 'the stand-in does not implement safeStorage.isEncryptionAvailable',
    unknownOfApp: 'the stand-in does not implement app.getGPUInfo',
  });
});

test('what has to be done before the app is ready is refused after', async () => {
  const app = await start('bare');
  expect(await refused(app, ({ app: main }) => main.whenReady().then(() => main.enableSandbox()))).toBe(
    'app.enableSandbox() can only be called before app is ready',
  );
  expect(await refused(app, ({ protocol }) => protocol.registerSchemesAsPrivileged([]))).toBe(
    'protocol.registerSchemesAsPrivileged should be called before app is ready',
  );
});

test('windows are refused preferences and preloads they could not have', async () => {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  const make = (preferences: object) =>
    refused(
      app,
      ({ BrowserWindow }, text) => new BrowserWindow({ webPreferences: JSON.parse(text) as object }).id,
      JSON.stringify(preferences),
    );
  const bare = (name: string): string => join(fixture('bare'), name);
  expect(await make({ nodeIntegrations: true })).toBe('webPreferences has no nodeIntegrations');
  expect(await make({ nodeIntegration: true })).toContain('no renderer with nodeIntegration');
  expect(await make({ contextIsolation: false })).toContain('no renderer with contextIsolation: false');
  expect(await make({ sandbox: false })).toContain('no renderer with sandbox: false');
  expect(await make({ webSecurity: false })).toContain('no renderer with webSecurity: false');
  expect(await make({ preload: 'preload.cjs' })).toContain('must have absolute path');
  expect(await make({ preload: bare('missing.cjs') })).toContain('ENOENT');
  expect(await make({ preload: bare('main.mjs') })).toContain('has to be CommonJS');
  expect(await make({ preload: bare('module.js') })).toContain('has to be CommonJS');
});

test('paths have to be absolute and there', async () => {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  expect(await refused(app, ({ utilityProcess }) => utilityProcess.fork('service.mjs'))).toContain('absolute');
  expect(await refused(app, ({ utilityProcess }) => utilityProcess.fork('/nowhere/at.mjs'))).toContain(
    'no such module',
  );
  expect(await refused(app, ({ app: main }) => main.setPath('userData', 'relative'))).toBe('Path must be absolute');
  expect(await refused(app, ({ app: main }) => main.getPath('nowhere' as 'home'))).toBe("Failed to get 'nowhere' path");
  expect(await refused(app, ({ shell }) => shell.showItemInFolder('relative'))).toBe('Path must be absolute');
  expect(await refused(app, ({ Tray }) => new Tray('/nowhere/icon.png'))).toContain('Failed to load image');
  expect(
    await refused(app, async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      await window.loadFile('missing.html').finally(() => window.destroy());
    }),
  ).toContain('ERR_FILE_NOT_FOUND (-6)');
});

test.skipIf(process.platform !== 'linux')('calls of other platforms are not there', async () => {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  expect(await refused(app, ({ app: main }) => main.setLoginItemSettings({ openAtLogin: true }))).toContain(
    'not a function',
  );
  expect(await refused(app, ({ app: main }) => main.getLoginItemSettings())).toContain('not a function');
  expect(await refused(app, ({ app: main }) => main.setAppUserModelId('x'))).toContain('not a function');
  expect(await refused(app, ({ app: main }) => main.hide())).toContain('not a function');
  expect(await refused(app, ({ app: main }) => main.dock === undefined)).toBe('allowed: true');
});

test('menus are checked', async () => {
  const app = await start('bare');
  const build = (item: object) =>
    refused(
      app,
      ({ Menu }, text) => Menu.buildFromTemplate([JSON.parse(text) as object]).items.length,
      JSON.stringify(item),
    );
  expect(await build({ label: 'Open', accelerator: 'CmdOrCtrl+O' })).toBe('allowed: 1');
  expect(await build({ label: 'Open', accelerator: 'Control+Oh' })).toContain('not an accelerator');
  expect(await build({ role: 'copy' })).toBe('allowed: 1');
  expect(await build({ role: 'copies' })).toContain('Unknown role');
  expect(await build({})).toContain('needs a label');
  const clicked = await app.evaluate(({ Menu }) => {
    let clicks = 0;
    const template = [{ label: 'More', submenu: [{ id: 'sync', label: 'Sync', click: () => clicks++ }] }];
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    Menu.getApplicationMenu()?.getMenuItemById('sync')?.click();
    return clicks;
  });
  expect(clicked).toBe(1);
});

test('handlers are not replaced unseen', async () => {
  const app = await start('bare');
  expect(
    await refused(app, ({ ipcMain }) => {
      ipcMain.handle('x', () => 1);
      ipcMain.handle('x', () => 2);
    }),
  ).toBe("Attempted to register a second handler for 'x'");
});

test('a page is not sent what structured clone would not carry', async () => {
  const app = await start('app');
  await app.window();
  const send = (value: string) =>
    refused(
      app,
      ({ BrowserWindow }, kind) => {
        const values: Record<string, unknown> = { fn: () => 1, symbol: Symbol('x'), promise: Promise.resolve() };
        BrowserWindow.getAllWindows()[0]!.webContents.send('news', values[kind]);
      },
      value,
    );
  for (const kind of ['fn', 'symbol', 'promise']) expect(await send(kind)).toBe('An object could not be cloned.');
});

test('a scheme is served only once, and only if pages can live in it', async () => {
  const app = await start('app');
  await app.window();
  expect(await refused(app, ({ protocol }) => protocol.handle('app', () => new Response()))).toContain(
    'Failed to register',
  );
  expect(await refused(app, ({ protocol }) => protocol.handle('other', () => new Response()))).toContain('as standard');
  expect(await refused(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.loadURL('other://ui/'))).toContain(
    "ERR_UNKNOWN_URL_SCHEME (-302) loading 'other://ui/'",
  );
});

test('what the stand-in lacks says so by name', async () => {
  const app = await start('app');
  await app.window();
  expect(await refused(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setKiosk(true))).toBe(
    'the stand-in does not implement BrowserWindow.setKiosk',
  );
  expect(await refused(app, ({ globalShortcut }) => globalShortcut.register('F5', () => undefined))).toBe(
    'the stand-in does not implement globalShortcut.register',
  );
});

test('permissions are decided by the app', async () => {
  const app = await start('app');
  await app.window();
  // Main asks the page: what Playwright knows of a page may still be of the document before.
  const stateWhen = (allowed: boolean) =>
    app.evaluate(async ({ BrowserWindow, session }, answer) => {
      session.defaultSession.setPermissionCheckHandler(() => answer);
      session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(answer));
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      await webContents.loadURL('app://ui/index.html');
      const state: unknown = await webContents.executeJavaScript(
        "navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)",
      );
      return state;
    }, allowed);
  expect(await stateWhen(false)).toBe('denied');
  expect(await stateWhen(true)).toBe('granted');
});
