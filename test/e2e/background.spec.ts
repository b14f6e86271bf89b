import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { allow } from './browser.ts';
import { answerClosing, closeWindow, watchDesktop, windowStands } from './desktop.ts';
import { request, signedIn } from './signed-in.ts';
import { expect, test } from './test.ts';
import { ada, agenda, connection, insertToday, isIncremental } from './views.ts';

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

test('the menu leads to the settings and syncs, with keys that no two entries share', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  const click = (id: string) =>
    app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  await click('settings');
  await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await request(window, 'pause', { length: 'hour' });
  insertToday(world, 'Asked for in the menu');
  control.clearRequests();
  await click('sync-now');
  await control.waitForRequest(isIncremental);
  const keys = await app.evaluate(({ Menu }) => {
    const under = (items: Electron.MenuItem[]): (string | null | undefined)[] =>
      items.flatMap((item) => (item.submenu ? under(item.submenu.items) : [item.accelerator]));
    return under(Menu.getApplicationMenu()?.items ?? []).filter((key) => typeof key === 'string');
  });
  expect(keys).toContain('CommandOrControl+,');
  expect(keys).toContain('CommandOrControl+R');
  expect(new Set(keys).size).toBe(keys.length);
});

test('the battery is said in the settings, and a locked screen is not looked at', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await signedIn(world);
  const desktop = await watchDesktop(app);
  const happens = (event: 'on-battery' | 'on-ac' | 'lock-screen' | 'unlock-screen') =>
    app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
  await window.getByRole('button', { name: 'Settings' }).click();
  await happens('on-battery');
  await expect(window.getByText(/battery/)).toBeVisible();
  await happens('on-ac');
  await expect(window.getByText(/battery/)).toBeHidden();

  // The window is open, but nobody can see it: what needs a person is told, and taken back once they are there.
  await happens('lock-screen');
  control.revokeGrant(ada(world));
  control.expireAccessTokens(ada(world));
  const title = 'Reconnect ada.lovelace@gmail.com';
  await expect.poll(desktop.notifications).toEqual({ shown: [title], closed: [] });
  await happens('unlock-screen');
  await expect.poll(desktop.notifications).toEqual({ shown: [title], closed: [title] });
});
