import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerClosing, closeWindow, watchDesktop, windowStands } from './desktop.ts';
import { signedIn, startAgain } from './signed-in.ts';
import { expect, test } from './test.ts';
import { agenda, connection, insertToday, isIncremental } from './views.ts';

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
