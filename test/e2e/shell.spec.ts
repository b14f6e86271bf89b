import { once } from 'node:events';
import { family, isAlive } from '../electron/children.ts';
import { type RunningApp, runApp } from '../electron/launch.ts';
import { daemonPid } from './daemon-pid.ts';
import { expect, test } from './test.ts';
import { agenda, connection, insertToday } from './views.ts';
import { signIn } from './world.ts';

const standing = (app: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows();
    return { windows: all.length, minimized: all[0]?.isMinimized(), focused: all[0]?.isFocused() };
  });

test('S15 a second start brings the first to the front, and ends itself', async ({ world }) => {
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

test('S15 whatever a second start says, the first only comes to the front', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await signIn(world, page);
  await expect(page.getByTestId('last-sync')).toHaveAttribute('data-at');
  // What the account, its copy and its window are; a sync that goes on in the background changes none of it.
  const standsAs = async () => ({
    page: page.url(),
    windows: (await standing(app)).windows,
    accounts: await page.evaluate(async () => {
      const reply = await window.mooring.getState();
      return reply.ok
        ? reply.value.accounts.map(({ account, connection: { kind } }) => [account.id, kind])
        : reply.problem;
    }),
    settings: await page.evaluate(async () => {
      const reply = await window.mooring.getState();
      return reply.ok ? [reply.value.settings, reply.value.signIn, reply.value.notices] : reply.problem;
    }),
    keychain: (await world.keychain.names()).toSorted(),
  });
  const before = await standsAs();
  const opened = world.browser.opened.length;
  const hostile = [
    ['--remote-debugging-port=0', '--inspect=0', '--js-flags=--expose-gc'],
    [`--user-data-dir=${world.home}/elsewhere`, '--purge=yes', '--disconnect', '--hidden=1'],
    [
      'https://evil.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'mooring://disconnect?erase=true',
      'app://ui/x',
    ],
    ['--', '--purge', '../../etc/passwd', '%00', '-', '', '\u202e', "'; rm -rf ~ #", '$(id)', '__proto__'],
    ['x'.repeat(100_000), ...Array<string>(500).fill('--Purge')],
  ];
  for (const args of hostile) {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    await expect.poll(() => standing(app)).toMatchObject({ minimized: true });
    expect(await once(runApp({ env: world.env, headed: false, args }), 'exit')).toEqual([0, null]);
    await expect.poll(() => standing(app)).toEqual({ windows: 1, minimized: false, focused: true });
    expect(await standsAs()).toEqual(before);
  }
  expect(world.browser.opened.length).toBe(opened);
  expect(world.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
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

test('a daemon that hangs does not hold up the end', async ({ world }) => {
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  const daemon = await daemonPid(app);
  process.kill(daemon!, 'SIGSTOP');
  // Twice, as an impatient person does.
  await app.evaluate(({ app: main }) => {
    setImmediate(() => {
      main.quit();
      main.quit();
    });
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  await expect.poll(() => isAlive(daemon!)).toBe(false);
});
