import { expect, test } from 'vitest';
import { holdNth, newWorld } from './support/world.ts';

const day = { start: { date: '2026-11-10' }, end: { date: '2026-11-11' } };

test('an expired sync token leads to a full reading, during which nothing disappears', async () => {
  const world = await newWorld({ events: 2_600, calendars: 1 });
  const { control, sub, primary } = world;
  control.insertEvent(sub, primary, { id: 'doomed', summary: 'Doomed', ...day });
  const pair = await world.synced();
  const before = pair.status().counts['events'];
  control.deleteEvent(sub, primary, 'doomed');
  control.insertEvent(sub, primary, { id: 'fresh', summary: 'Fresh', ...day });
  control.expireSyncTokens();

  const syncing = pair.sync();
  const secondPage = await holdNth(control, 3);
  const meanwhile = await pair.agenda({ from: '2026-11-10', to: '2026-11-11' });
  expect(meanwhile).toContain('Doomed');
  expect(pair.status().counts['events']).toBe(before);
  secondPage.release();
  await syncing;

  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
  const after = await pair.agenda({ from: '2026-11-10', to: '2026-11-11' });
  expect(after).toContain('Fresh');
  expect(after).not.toContain('Doomed');
  const asked = control.requests({ endpoint: 'events' }).map(({ query, status }) => ['syncToken' in query, status]);
  expect(asked).toEqual([
    [true, 410],
    [false, 200],
    [false, 200],
  ]);
});

test('a full reading that breaks off goes on where it was, and sweeps nothing before its end', async () => {
  const world = await newWorld({ events: 2_600, calendars: 1 });
  const { control, sub, primary } = world;
  control.insertEvent(sub, primary, { id: 'doomed', summary: 'Doomed', ...day });
  const pair = await world.synced();
  control.deleteEvent(sub, primary, 'doomed');
  control.expireSyncTokens();
  // Let through: the refusal of the sync token, and the first page.
  control.breakEndpoint('events', { kind: 'latency', ms: 0 }, { times: 2 });
  control.breakEndpoint('events', { kind: 'status', status: 503 }, { times: 1 });
  await pair.sync();
  expect(pair.status().failure).toMatchObject({ kind: 'observed', observation: { kind: 'answer', status: 503 } });
  expect(await pair.agenda({ from: '2026-11-10', to: '2026-11-11' })).toContain('Doomed');

  control.clearRequests();
  await pair.sync();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
  const [only, ...more] = control.requests({ endpoint: 'events' });
  expect(only?.query).toHaveProperty('pageToken');
  expect(more).toEqual([]);
});

test('a stop drops the page under way and answers; the next start goes on with that page', async () => {
  const world = await newWorld({ events: 2_600, calendars: 1 });
  const pair = world.start();
  await pair.attach();
  const second = await holdNth(world.control, 2);
  await pair.ask('stop', null);
  second.release();
  world.control.clearRequests();

  const again = world.start({ path: pair.path });
  await again.attach();
  await again.sync();
  const [only, ...more] = world.control.requests({ endpoint: 'events' });
  expect(only?.query).toHaveProperty('pageToken');
  expect(more).toEqual([]);
  const { mirror, google } = world.compare(again);
  expect(mirror).toEqual(google);
});

test('a refused page token starts that reading over, once', async () => {
  const world = await newWorld({ events: 2_600, calendars: 1 });
  const { control } = world;
  const pair = world.start();
  await pair.attach();
  const second = await holdNth(control, 2);
  control.expirePageTokens();
  second.release();
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
  expect(control.requests({ endpoint: 'events' }).map(({ status }) => status)).toEqual([200, 400, 200, 200]);
});

test('a page token refused again is reported', async () => {
  const world = await newWorld({ events: 2_600, calendars: 1 });
  const { control } = world;
  const pair = world.start();
  await pair.attach();
  for (const _again of [1, 2]) {
    const second = await holdNth(control, 2);
    control.expirePageTokens();
    second.release();
  }
  await pair.until(({ running }) => !running);
  expect(pair.status().failure).toMatchObject({ kind: 'observed', observation: { kind: 'answer', status: 400 } });
  expect(pair.status().counts['events']).toBeGreaterThan(2_000);
});

test('an expired token of the calendar list reads it whole and drops calendars that went meanwhile', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const [, , third] = world.control.calendars(world.sub);
  world.control.deleteCalendar(world.sub, third!.id!);
  world.control.expireSyncTokens();
  await pair.sync();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
  expect(pair.status().counts['calendars']).toBe(2);
});
