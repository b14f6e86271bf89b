import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { type RunningApp, runApp } from '../electron/launch.ts';
import { allow } from './browser.ts';
import { answerClosing, closeWindow, watchDesktop, windowStands } from './desktop.ts';
import { expect, test } from './test.ts';
import { ada, agenda, connection, insertToday, isIncremental } from './views.ts';
import { signIn, type World } from './world.ts';

async function signedIn(world: World): Promise<{ app: RunningApp; window: Page }> {
  const launched = await world.launch();
  await signIn(world, launched.window);
  await expect(connection(launched.window)).toHaveAttribute('data-connection', 'connected');
  await expect(launched.window.getByTestId('last-sync')).toHaveAttribute('data-at');
  return launched;
}

/** Starts the program once more, and waits until that second one has ended. */
async function startAgain(world: World, ...args: string[]): Promise<void> {
  expect(await once(runApp({ env: world.env, headed: false, args }), 'exit')).toEqual([0, null]);
}

const request = (window: Page, name: string, params?: unknown) =>
  window.evaluate(
    ([asked, given]) =>
      (window as unknown as { mooring: Record<string, (p: unknown) => unknown> }).mooring[asked]!(given),
    [name, params] as const,
  );

test('closed, it asks once, goes on in the tray, syncs there, and comes back as it was', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  const desktop = await watchDesktop(app);
  const asked = await answerClosing(app, 0);
  // Where it was cannot be written down, and that holds nobody up.
  mkdirSync(join(world.home, 'window.json.new'));

  // Twice at once, as by an impatient click.
  await app.evaluate(({ BrowserWindow }) => {
    const [shown] = BrowserWindow.getAllWindows();
    shown?.close();
    shown?.close();
  });
  await expect.poll(() => windowStands(app)).toBe('hidden');
  expect(await asked()).toBe(1);

  control.clearRequests();
  insertToday(world, 'Written while in the tray');
  await control.waitForRequest(isIncremental);
  await expect(agenda(window).getByText('Written while in the tray')).toBeAttached();
  await expect.poll(desktop.toolTip).toBe('Mooring: Up to date');

  await startAgain(world);
  await expect.poll(() => windowStands(app)).toBe('shown');
  await expect(agenda(window).getByText('Written while in the tray')).toBeVisible();

  await closeWindow(app);
  await expect.poll(() => windowStands(app)).toBe('hidden');
  expect(await asked()).toBe(1);
  await desktop.choose('open');
  await expect.poll(() => windowStands(app)).toBe('shown');
});

test('who wants closing to be the end gets that, and can change it', async ({ world }) => {
  const { app } = await signedIn(world);
  await answerClosing(app, 2);
  await closeWindow(app);
  await expect.poll(() => windowStands(app)).toBe('shown');
  await answerClosing(app, 1);
  await closeWindow(app);
  expect(await app.exited).toEqual({ code: 0, signal: null });

  const again = await world.launch();
  await again.window.getByRole('button', { name: 'Settings' }).click();
  await expect(again.window.getByRole('radio', { name: 'Quit Mooring' })).toBeChecked();
  // The choice is shown once it is kept, which `check` does not wait for.
  await again.window.getByRole('radio', { name: 'Keep syncing in the tray' }).click();
  await expect(again.window.getByRole('radio', { name: 'Keep syncing in the tray' })).toBeChecked();
  await closeWindow(again.app);
  await expect.poll(() => windowStands(again.app)).toBe('hidden');
});

test('an answer that cannot be kept holds for this time, and the next closing asks again', async ({ world }) => {
  const { app } = await signedIn(world);
  // Nothing can be written where a folder stands.
  mkdirSync(join(world.home, 'settings.json.new'));
  const asked = await answerClosing(app, 0);
  await closeWindow(app);
  await expect.poll(() => windowStands(app)).toBe('hidden');
  // The question, and what became of the answer.
  expect(await asked()).toBe(2);
  await startAgain(world);
  await expect.poll(() => windowStands(app)).toBe('shown');
  await closeWindow(app);
  await expect.poll(() => windowStands(app)).toBe('hidden');
  expect(await asked()).toBe(4);
});

test('started hidden it syncs without a window; a second hidden start changes nothing, an open one shows it', async ({
  world,
}) => {
  const { control } = world.google;
  await (await signedIn(world)).app.close();
  control.clearRequests();
  insertToday(world, 'Written before login');
  const app = await world.start(['--hidden']);
  await control.waitForRequest(isIncremental);
  expect(await windowStands(app)).toBeNull();
  await startAgain(world, '--hidden');
  expect(await windowStands(app)).toBeNull();
  await startAgain(world);
  await expect.poll(() => windowStands(app)).toBe('shown');
  await expect(agenda(await app.window()).getByText('Written before login')).toBeVisible();
});

test('a place that is asked for while the window is still opening is reached', async ({ world }) => {
  const { control } = world.google;
  await (await signedIn(world)).app.close();
  control.clearRequests();
  const app = await world.start(['--hidden']);
  await control.waitForRequest(isIncremental);
  await app.evaluate(({ app: main, Menu }) => {
    main.emit('activate');
    Menu.getApplicationMenu()?.getMenuItemById('settings')?.click();
  });
  await expect((await app.window()).getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('paused from the tray it says until when, syncs when asked, and goes on when told', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  const desktop = await watchDesktop(app);
  // The tray is only seen once it is touched.
  await request(window, 'pause', { length: 'tomorrow' });
  await expect.poll(desktop.tray).toContain('[unpause]');
  await desktop.choose('unpause');
  await expect.poll(desktop.tray).toContain('[pause-hour]');
  await desktop.choose('pause-hour');
  await expect(window.getByRole('region', { name: 'Pause' })).toBeVisible();
  await expect.poll(desktop.toolTip).toMatch(/^Mooring: Paused until /);

  // Nothing comes by itself: of all that is asked of Google from here on, a person asked for the first of it.
  control.clearRequests();
  insertToday(world, 'Asked for in a pause');
  expect(control.requests({ endpoint: 'events' })).toEqual([]);
  await desktop.choose('sync');
  await expect(agenda(window).getByText('Asked for in a pause')).toBeVisible();
  const once = control.requests({ endpoint: 'events' }).length;
  expect(once).toBe(control.calendars(ada(world)).length);

  insertToday(world, 'Written in the pause');
  await window.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(agenda(window).getByText('Written in the pause')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Pause' })).toBeHidden();
});

test('what cannot be done from the tray is said, also without a window', async ({ world }) => {
  const { app, window } = await signedIn(world);
  const desktop = await watchDesktop(app);
  await request(window, 'changeSettings', { onClose: 'hide' });
  await closeWindow(app);
  await request(window, 'pause', { length: 'hour' });
  await expect.poll(desktop.tray).toContain('[unpause]');
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async (...args: unknown[]) => {
      Object.assign(globalThis, { said: (args.at(-1) as { message: string }).message });
      return { response: 0, checkboxChecked: false };
    };
  });
  // Nothing can be written where a folder stands.
  mkdirSync(join(world.home, 'settings.json.new'));
  await desktop.choose('unpause');
  const said = () => app.evaluate(() => (globalThis as unknown as { said?: string }).said ?? null);
  await expect.poll(said).toContain('could not be written');
  await expect.poll(desktop.tray).toContain('[unpause]');
});

test('a computer that goes to sleep drops the page under way, and reads it when it wakes up', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  insertToday(world, 'Written before the sleep');
  const hold = control.hold('events');
  await hold.arrived;
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await expect(window.getByTestId('next-sync')).not.toHaveAttribute('data-at');
  hold.release();
  control.clearRequests();
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await control.waitForRequest(isIncremental);
  await expect(agenda(window).getByText('Written before the sleep')).toBeVisible();
});

test('a dead grant is told by one notification, which opens the account and goes when it is mended', async ({
  world,
}) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  const desktop = await watchDesktop(app);
  await answerClosing(app, 0);
  await closeWindow(app);
  await expect.poll(() => windowStands(app)).toBe('hidden');

  control.revokeGrant(ada(world));
  control.expireAccessTokens(ada(world));
  const title = 'Reconnect ada.lovelace@gmail.com';
  await expect.poll(async () => (await desktop.notifications()).shown).toEqual([title]);
  await expect.poll(desktop.tray).toContain(`[reconnect-${ada(world)}]`);
  await expect.poll(desktop.tray).toContain('Reconnect needed');

  // Whatever else happens, once is enough.
  for (const event of ['lock-screen', 'suspend', 'resume', 'unlock-screen'] as const) {
    await app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
  }
  await desktop.choose('sync');
  await request(window, 'testCredentials', { accountId: ada(world) });
  expect((await desktop.notifications()).shown).toEqual([title]);

  await desktop.click();
  await expect.poll(() => windowStands(app)).toBe('shown');
  await expect(connection(window)).toBeVisible();
  await expect.poll(desktop.notifications).toEqual({ shown: [title], closed: [title] });

  const page = world.browser.nextPage();
  await desktop.choose(`reconnect-${ada(world)}`);
  await allow(await page, 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await closeWindow(app);
  control.revokeGrant(ada(world));
  control.expireAccessTokens(ada(world));
  await expect.poll(async () => (await desktop.notifications()).shown).toEqual([title, title]);
});

test('a dead grant that the window shows is not told again, nor is one that was told before a restart', async ({
  world,
}) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  const desktop = await watchDesktop(app);
  await request(window, 'changeSettings', { onClose: 'hide' });
  control.revokeGrant(ada(world));
  control.expireAccessTokens(ada(world));
  await expect(connection(window)).toHaveAttribute('data-connection', 'needs-reconnect');
  await closeWindow(app);
  await expect.poll(() => windowStands(app)).toBe('hidden');
  await desktop.choose('sync');
  expect(await desktop.notifications()).toEqual({ shown: [], closed: [] });
  await app.close();

  control.clearRequests();
  const again = await world.start(['--hidden']);
  const seen = await watchDesktop(again);
  await expect.poll(seen.tray).toContain('Reconnect needed');
  expect(await seen.notifications()).toEqual({ shown: [], closed: [] });
});

test('the window comes back where it was', async ({ world }) => {
  const { app } = await world.launch();
  const place = { x: 120, y: 90, width: 900, height: 600 };
  await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
  await app.close();
  const again = await world.launch();
  const bounds = await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toEqual(place);
});

test('starting at login is a word of the system, and both ways lead through the settings', async ({ world }) => {
  const { app, window } = await signedIn(world);
  await window.getByRole('button', { name: 'Settings' }).click();
  if (process.platform === 'darwin') {
    // From its sources it is no app that macOS could start.
    await expect(window.getByText('Mooring cannot have itself started when you log in')).toBeVisible();
    return;
  }
  const box = window.getByRole('checkbox', { name: 'Start Mooring when I log in' });
  await expect(box).not.toBeChecked();
  await box.click();
  await expect(box).toBeChecked();
  const file = join(world.configuration, 'autostart', 'mooring.desktop');
  if (process.platform === 'linux') expect(readFileSync(file, 'utf8')).toMatch(/^Exec="[^"]+".* "--hidden"$/m);
  else {
    const { openAtLogin, executableWillLaunchAtLogin } = await app.evaluate(({ app: main }) =>
      main.getLoginItemSettings(),
    );
    // On Windows the first is true for who names the very arguments only.
    expect(process.platform === 'win32' ? executableWillLaunchAtLogin : openAtLogin).toBe(true);
  }
  await box.click();
  await expect(box).not.toBeChecked();
  expect(existsSync(file)).toBe(false);
});

test('--purge ends a running Mooring, ends its access, and leaves nothing behind', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  await request(window, 'setLaunchAtLogin', { on: true });
  const autostart = join(world.configuration, 'autostart', 'mooring.desktop');
  // The person has switched it off in the desktop's own settings, which leave the file.
  if (process.platform === 'linux') appendFileSync(autostart, 'Hidden=true\n');
  expect(await world.keychain.names()).not.toEqual([]);
  const purge = runApp({ env: world.env, headed: false, args: ['--purge'] });
  expect(await once(purge, 'exit')).toEqual([0, null]);
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(await world.keychain.names()).toEqual([]);
  expect(control.requests({ endpoint: 'revoke' }).map(({ status }) => status)).toEqual([200]);
  // On Windows Chromium's own files are open as long as the program runs that is to remove them.
  const left = existsSync(world.home) ? readdirSync(world.home) : [];
  expect(process.platform === 'win32' ? left.filter((name) => name !== 'electron') : left).toEqual([]);
  expect(existsSync(autostart)).toBe(false);
});

test('a system that shuts down is not held up, and nothing is lost by it', async ({ world }) => {
  const { control } = world.google;
  const { app } = await signedIn(world);
  const hold = control.hold('events');
  await hold.arrived;
  await app.evaluate(({ app: main, powerMonitor }) => {
    powerMonitor.emit('shutdown');
    const asked = { defaultPrevented: false };
    main.on('before-quit', (event) => Object.assign(asked, { defaultPrevented: event.defaultPrevented }));
    // Said where the test can still read it once the app has gone.
    main.on('quit', () => console.log(`held up: ${asked.defaultPrevented}`));
    setImmediate(() => main.quit());
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(app.output()).toContain('held up: false');
  hold.release();
  const { window } = await world.launch();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
});

test('a window whose page crashes is replaced, once by itself, and the sync goes on', async ({ world }) => {
  const { app } = await signedIn(world);
  const crash = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  const windowId = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.id ?? null);
  const before = await windowId();
  await crash();
  await expect.poll(windowId).not.toBe(before);
  const again = await app.window();
  await expect(connection(again)).toHaveAttribute('data-connection', 'connected');
  await expect.poll(() => windowStands(app)).toBe('shown');

  // A page that keeps crashing stays away until somebody asks for it.
  await crash();
  await expect.poll(() => windowStands(app)).toBeNull();
  world.google.control.clearRequests();
  await world.google.control.waitForRequest(isIncremental);
  await startAgain(world);
  await expect.poll(() => windowStands(app)).toBe('shown');
  await expect(connection(await app.window())).toHaveAttribute('data-connection', 'connected');
});
