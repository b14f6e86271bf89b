import { once } from 'node:events';
import { family, isAlive } from '../electron/children.ts';
import { type RunningApp, runApp } from '../electron/launch.ts';
import { expect, test } from './test.ts';
import { agenda, connection, insertToday } from './views.ts';
import { signIn } from './world.ts';

const standing = (app: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows();
    return { windows: all.length, minimized: all[0]?.isMinimized(), focused: all[0]?.isFocused() };
  });

test('a second start brings the first to the front, and ends itself', async ({ world }) => {
  const { app, window } = await world.launch();
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect.poll(() => standing(app)).toEqual({ windows: 1, minimized: true, focused: false });

  const second = runApp({ env: world.env, headed: false });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => standing(app)).toEqual({ windows: 1, minimized: false, focused: true });
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');

  // Two processes are never two writers: the second ends before it asks for anything.
  world.google.control.clearRequests();
  await once(runApp({ env: world.env, headed: false }), 'exit');
  expect(world.google.control.requests({ endpoint: 'token' })).toEqual([]);
});

test('quitting ends the app with all of its processes', async ({ world }) => {
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  const pids = family(app.process.pid!);
  expect(pids.length).toBeGreaterThan(2);
  await app.close();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

test('quitting in the middle of a sync and of a sign-in loses nothing', async ({ world }) => {
  const { control } = world.google;
  const before = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, before.window);
  await expect(agenda(before.window).getByText('Lighthouse inspection')).toBeVisible();
  const hold = control.hold('events');
  await hold.arrived;
  await before.app.close();
  expect(await before.app.exited).toEqual({ code: 0, signal: null });
  hold.release();

  const { app, window } = await world.launch();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  control.revokeGrant(control.people()[0]!.sub);
  control.expireAccessTokens();
  const page = world.browser.nextPage();
  await window.getByRole('button', { name: 'Reconnect' }).click();
  await page;
  await app.close();
  expect(await app.exited).toEqual({ code: 0, signal: null });
});
