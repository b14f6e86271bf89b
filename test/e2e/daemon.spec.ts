import type { RequestRecord } from '../google/index.ts';
import { daemonPid } from './daemon-pid.ts';
import { expect, test } from './test.ts';
import { ada, agenda, connection, counts, insertToday, isIncremental, truth } from './views.ts';
import { signIn } from './world.ts';

/** Of these requests, those that read events from a calendar's beginning. */
const fromTheBeginning = (requests: RequestRecord[]) =>
  requests.filter(({ query }) => !('syncToken' in query) && !('pageToken' in query));

test('a daemon that is killed comes back and goes on', async ({ world }) => {
  const { app, window } = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, window);
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');

  const killed = await daemonPid(app);
  expect(killed).not.toBeNull();
  world.google.control.clearRequests();
  process.kill(killed!, 'SIGKILL');
  await expect(window.getByText('has stopped and is being started again')).toBeVisible();
  insertToday(world, 'Written without a daemon');
  await expect(agenda(window).getByText('Written without a daemon')).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(window.getByText('has stopped and is being started again')).toBeHidden();
  expect(await daemonPid(app)).not.toBe(killed);
  expect(fromTheBeginning(world.google.control.requests({ endpoint: 'events' }))).toEqual([]);
});

test('a daemon that runs out of memory takes nothing along', async ({ world }) => {
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  // V8 aborts. On Windows nobody else can have a process do so.
  process.kill((await daemonPid(app))!, process.platform === 'win32' ? 'SIGKILL' : 'SIGABRT');
  await expect(window.getByText('has stopped and is being started again')).toBeVisible();
  await expect(window.getByText('has stopped and is being started again')).toBeHidden();
});

test.describe('with a calendar of several pages', () => {
  test.use({ options: { events: 6_000 } });

  test('a first sync cut short by the end of the app goes on at the page it had come to', async ({ world }) => {
    const { control } = world.google;
    const before = await world.launch();
    const [first, second] = [control.hold('events'), control.hold('events')];
    await signIn(world, before.window);
    await first.arrived;
    first.release();
    await second.arrived;
    const held = control.requests({ endpoint: 'events' }).at(-1)!;
    expect(held.query).toHaveProperty('pageToken');
    await before.app.kill();
    second.release();
    control.clearRequests();

    const { window } = await world.launch();
    await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
    const [resumed, ...rest] = control.requests({ endpoint: 'events' });
    expect(resumed).toMatchObject({ path: held.path, query: { pageToken: held.query['pageToken'] } });
    expect(fromTheBeginning(rest.filter(({ path }) => path === held.path))).toEqual([]);
    await expect.poll(() => counts(window)).toEqual(truth(world, ada(world)));
  });
});

test('a sync token that Google no longer takes costs nothing but a full reading', async ({ world }) => {
  const { control } = world.google;
  const { window } = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  const gone = insertToday(world, 'Deleted behind the token');
  await signIn(world, window);
  await expect(agenda(window).getByText('Deleted behind the token')).toBeVisible();
  await expect.poll(() => counts(window)).toEqual(truth(world, ada(world)));
  const { length } = control.calendars(ada(world));

  // The sync under way, if there is one, is seen to its end first; the next is told that its token has expired.
  const held = control.hold('calendarList');
  await held.arrived;
  control.clearRequests();
  control.expireSyncTokens();
  control.deleteEvent(ada(world), 'primary', gone.id!);
  const reading = control.waitForRequest(({ endpoint, query }) => endpoint === 'events' && !('syncToken' in query));
  const pauses = Array.from({ length: 2 }, () => control.hold('events'));
  held.release();
  await pauses[0]!.arrived;
  pauses[0]!.release();
  await reading;
  await pauses[1]!.arrived;
  // In the middle of the full reading, all that was there is still there.
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  pauses[1]!.release();
  await expect(agenda(window).getByText('Deleted behind the token')).toBeHidden();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect.poll(() => counts(window)).toEqual(truth(world, ada(world)));
  expect(control.requests({ endpoint: 'events' }).filter(({ status }) => status === 410)).toHaveLength(length);
});

test('sync goes on while the window is hidden', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(false);
  control.clearRequests();
  insertToday(world, 'Written while hidden');
  await control.waitForRequest(isIncremental);
  await expect(agenda(window).getByText('Written while hidden')).toBeAttached();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(false);
});
