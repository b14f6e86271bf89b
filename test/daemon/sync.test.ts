import { expect, test } from 'vitest';
import { newWorld } from './support/world.ts';

const equal = ({ mirror, google }: { mirror: unknown; google: unknown }) => expect(mirror).toEqual(google);

test('a first sync mirrors everything there is', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  equal(world.compare(pair));
  const { counts, failure, lastSuccessAt, running } = pair.status();
  expect({ failure, running, lastSuccessAt }).toEqual({
    failure: null,
    running: false,
    lastSuccessAt: pair.clock.now(),
  });
  const live = world.control
    .calendars(world.sub)
    .flatMap(({ id }) => world.control.events(world.sub, id!))
    .filter(({ status }) => status !== 'cancelled');
  expect(counts).toEqual({ calendars: 3, events: live.length });
});

test('later syncs ask for changes only, and take additions, changes, exceptions and deletions', async () => {
  const world = await newWorld();
  const { control, sub, primary } = world;
  control.insertEvent(sub, primary, {
    id: 'standup',
    summary: 'Stand-up',
    recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
    start: { dateTime: '2026-11-03T09:00:00Z', timeZone: 'Europe/London' },
    end: { dateTime: '2026-11-03T09:15:00Z', timeZone: 'Europe/London' },
  });
  const pair = await world.synced();
  const [first, second] = control
    .events(sub, primary)
    .filter(({ status, recurrence, recurringEventId }) => status !== 'cancelled' && !recurrence && !recurringEventId);
  control.insertEvent(sub, primary, {
    id: 'new',
    summary: 'New',
    start: { date: '2026-11-05' },
    end: { date: '2026-11-06' },
  });
  control.updateEvent(sub, primary, first!.id!, { summary: 'Changed' });
  control.deleteEvent(sub, primary, second!.id!);
  control.cancelInstance(sub, primary, 'standup', '2026-11-04T09:00:00Z');
  await pair.sync();

  equal(world.compare(pair));
  expect(control.requests({ endpoint: 'events' }).every(({ query }) => 'syncToken' in query)).toBe(true);
  const titles = await pair.agenda({ from: '2026-11-03', to: '2026-11-08' });
  expect(titles.filter((title) => title === 'Stand-up')).toHaveLength(4);
  expect(titles).toContain('New');

  control.deleteEvent(sub, primary, 'standup');
  await pair.sync();
  equal(world.compare(pair));
});

test.each([true, false])('a deleted series takes its exceptions along, told one by one (%s) or not', async (told) => {
  const world = await newWorld({ events: 5 });
  const { control, sub, primary } = world;
  control.exceptionsFollowMaster(told);
  control.insertEvent(sub, primary, {
    id: 'standup',
    summary: 'Stand-up',
    recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
    start: { dateTime: '2026-11-03T09:00:00Z', timeZone: 'Europe/London' },
    end: { dateTime: '2026-11-03T09:15:00Z', timeZone: 'Europe/London' },
  });
  control.cancelInstance(sub, primary, 'standup', '2026-11-04T09:00:00Z');
  control.updateEvent(sub, primary, 'standup_20261105T090000Z', { summary: 'Sit-down' });
  const pair = await world.synced();
  expect((await pair.agenda()).filter((title) => title === 'Sit-down')).toHaveLength(1);
  expect((await pair.agenda()).filter((title) => title === 'Stand-up')).toHaveLength(3);
  control.deleteEvent(sub, primary, 'standup');
  await pair.sync();
  equal(world.compare(pair));
});

test('a sync that finds nothing new writes nothing a view would have to read', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const before = pair.status();
  pair.clock.advance(1_000);
  await pair.sync();
  expect(pair.status().revision).toBe(before.revision);
  expect(pair.status().lastSuccessAt).toBe(pair.clock.now());
  expect(world.control.requests()).toHaveLength(4);
  world.control.expireSyncTokens();
  await pair.sync();
  expect(pair.status().revision).toBe(before.revision);
});

test('pages are followed to the end, empty ones too', async () => {
  const world = await newWorld({ events: 5_100, calendars: 1 });
  world.control.emptyPages(true);
  const pair = world.start();
  await pair.attach();
  await pair.sync();
  expect(world.control.requests({ endpoint: 'events' }).length).toBeGreaterThan(3);
  equal(world.compare(pair));
});

test('every request of a token’s life bears the same parameters, and asks for gzip', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  await pair.sync();
  world.control.expireSyncTokens();
  await pair.sync();
  for (const { query, headers } of world.control.requests({ endpoint: 'events' })) {
    const { syncToken: _syncToken, pageToken: _pageToken, ...bound } = query;
    expect(bound).toEqual({ maxResults: '2500', singleEvents: 'false', fields: 'nextPageToken,nextSyncToken,items' });
    expect(headers['user-agent']).toContain('gzip');
    expect(headers['accept-encoding']).toBe('gzip');
  }
});

test('new calendars come, and removed ones go with their events', async () => {
  const world = await newWorld();
  const { control, sub } = world;
  const pair = await world.synced();
  const [, second] = control.calendars(sub);
  control.deleteCalendar(sub, second!.id!);
  const { id } = control.insertCalendar(sub, { summary: 'Choir' });
  control.insertEvent(sub, id!, { summary: 'Rehearsal', start: { date: '2026-11-10' }, end: { date: '2026-11-11' } });
  await pair.sync();
  equal(world.compare(pair));
  expect(pair.status().counts['calendars']).toBe(3);
  expect(await pair.agenda()).toContain('Rehearsal');
});

test('a calendar that comes back is read from its beginning', async () => {
  const world = await newWorld();
  const { control, sub } = world;
  const pair = await world.synced();
  const id = control.calendars(sub)[1]!.id!;
  control.deleteCalendar(sub, id);
  await pair.sync();
  control.insertCalendar(sub, { id, summary: 'Back' });
  control.insertEvent(sub, id, { summary: 'Reunion', start: { date: '2026-11-10' }, end: { date: '2026-11-11' } });
  control.clearRequests();
  await pair.sync();
  const asked = control.requests({ endpoint: 'events' }).filter(({ path }) => path.includes(encodeURIComponent(id)));
  expect(asked.map(({ query }) => 'syncToken' in query)).toEqual([false]);
  equal(world.compare(pair));
});

test('a calendar that is gone before the list says so is passed over', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  world.control.breakEndpoint('events', { kind: 'status', status: 404 }, { times: 1 });
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  expect(pair.log).toContain('{"event":"list-gone"}');
  equal(world.compare(pair));
});

test('the calendar list is read whole once a week', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  pair.clock.advance(6 * 86_400_000);
  await pair.sync();
  const tokens = () => world.control.requests({ endpoint: 'calendarList' }).map(({ query }) => 'syncToken' in query);
  expect(tokens()).not.toContain(false);
  // The first joins the sync that fell due on the way.
  pair.clock.advance(86_400_000);
  await pair.sync();
  await pair.sync();
  expect(tokens()).toContain(false);
  world.control.clearRequests();
  await pair.sync();
  expect(tokens()).not.toContain(false);
});

test('one event that makes no sense costs neither the page nor itself', async () => {
  const world = await newWorld();
  world.control.insertEvent(world.sub, world.primary, { id: 'odd', summary: 'Odd', start: { dateTime: 'soon' } });
  world.control.insertEvent(world.sub, world.primary, { id: 'odder', recurrence: 7 as never, start: 'x' as never });
  const pair = await world.synced();
  equal(world.compare(pair));
  expect(pair.log).toContain('{"event":"events-without-time","count":2}');
});

test('the status tells how far a sync has come, and what it mirrors survives a restart', async () => {
  const world = await newWorld();
  const pair = world.start();
  const hold = world.control.hold('events');
  await pair.attach();
  await hold.arrived;
  pair.clock.advance(1_000);
  expect(await pair.until(({ progress }) => progress !== null)).toMatchObject({
    running: true,
    nextAt: null,
    progress: { list: world.primary, done: 0, total: 3, items: 0, full: true },
  });
  hold.release();
  await pair.sync();
  pair.clock.advance(1_000);
  await pair.until(({ nextAt }) => nextAt === pair.clock.now() + 59_000);
  const before = pair.status();
  await pair.ask('stop', null);

  world.keys.withhold = true;
  const again = world.start({ path: pair.path });
  await again.attach();
  await again.sync();
  const { counts, lastSuccessAt, revision, failure } = again.status();
  expect({ counts, lastSuccessAt, revision }).toEqual({
    counts: before.counts,
    lastSuccessAt: before.lastSuccessAt,
    revision: before.revision,
  });
  expect(failure).toEqual({ kind: 'no-access-token' });
  expect(await again.agenda()).toEqual(await again.agenda());
});
