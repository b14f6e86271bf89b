import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newWorld } from './support/world.ts';

/** Every row that is kept of an account. */
function dump(path: string, accountId: string): string {
  const db = new Database(path, { readonly: true });
  const rows = [
    ['accounts', 'id'],
    ['calendars', 'account_id'],
    ['events', 'account_id'],
    ['cursors', 'account_id'],
    ['holdings', 'account_id'],
    ['counts', 'account_id'],
  ].map(([table, column]) =>
    db.prepare(`SELECT * FROM ${table} WHERE ${column} = ? ORDER BY rowid`).raw().all(accountId),
  );
  db.close();
  return JSON.stringify(rows);
}

const day = { start: { date: '2026-11-10' }, end: { date: '2026-11-11' } };

/** Two people, mirrored by one daemon. */
async function both() {
  const world = await newWorld();
  const grace = await world.invite({ events: 30, calendars: 2 });
  world.control.insertEvent(world.sub, world.primary, { summary: 'Of Ada', ...day });
  world.control.insertEvent(grace.sub, grace.primary, { summary: 'Of Grace', ...day });
  const pair = await world.synced();
  await pair.attach(grace.sub);
  await pair.sync(grace.sub);
  world.control.clearRequests();
  return { world, pair, ada: world.sub, grace: grace.sub, graceKeys: grace.keys };
}

test('two accounts are mirrored side by side, and the agenda has both', async () => {
  const { world, pair, ada, grace } = await both();
  for (const accountId of [ada, grace]) {
    const { mirror, google } = world.compare(pair, accountId);
    expect(mirror).toEqual(google);
  }
  expect(world.compare(pair, ada).mirror).not.toEqual(world.compare(pair, grace).mirror);
  expect(pair.status(ada).counts['calendars']).toBe(3);
  expect(pair.status(grace).counts['calendars']).toBe(2);

  const items = await pair.items();
  const owner = (title: string) => items.find((item) => item.title === title)?.accountId;
  expect([owner('Of Ada'), owner('Of Grace')]).toEqual([ada, grace]);
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);

  await pair.ask('detach', { accountId: grace, erase: false });
  expect(await pair.agenda()).not.toContain('Of Grace');
  expect(await pair.agenda()).toContain('Of Ada');
});

test('an account that Google no longer lets in leaves the other one alone', async () => {
  const { world, pair, ada, grace } = await both();
  world.control.revokeGrant(ada);
  for (const accountId of [ada, grace])
    world.control.insertEvent(accountId, world.control.calendars(accountId)[0]!.id!, { summary: 'News', ...day });
  await Promise.all([pair.sync(ada), pair.sync(grace)]);
  expect(pair.status(ada).failure).toMatchObject({ kind: 'observed', observation: { kind: 'answer', status: 401 } });
  expect(pair.status(grace).failure).toBeNull();
  const { mirror, google } = world.compare(pair, grace);
  expect(mirror).toEqual(google);
  // What was mirrored before stays in sight.
  expect((await pair.agenda()).filter((title) => title.startsWith('Of ')).sort()).toEqual(['Of Ada', 'Of Grace']);
  expect((await pair.items()).filter(({ title }) => title === 'News').map(({ accountId }) => accountId)).toEqual([
    grace,
  ]);

  // Each goes on at its own pace: the one slower and slower, the other as ever.
  expect(pair.clock.waiting().filter((wait) => wait > 1_000)).toEqual([15_000, 60_000]);
});

test('an account without a token asks again on its interval, at once when told to, and alone', async () => {
  const { world, pair, ada, grace, graceKeys } = await both();
  graceKeys.withhold = true;
  await Promise.all([pair.sync(ada), pair.sync(grace)]);
  expect([pair.status(ada).failure, pair.status(grace).failure]).toEqual([null, { kind: 'no-access-token' }]);
  expect(pair.clock.waiting().filter((wait) => wait > 1_000)).toEqual([60_000, 60_000]);
  graceKeys.withhold = false;
  world.control.clearRequests();
  await pair.sync(grace);
  expect(pair.status(grace).failure).toBeNull();
  expect(world.control.requests({ endpoint: 'calendarList' })).toHaveLength(1);
});

test('an account that waits for a page does not keep the other one waiting', async () => {
  const world = await newWorld();
  const grace = await world.invite();
  const pair = world.start();
  const hold = world.control.hold('events');
  await pair.attach();
  await hold.arrived;
  await pair.attach(grace.sub);
  await pair.sync(grace.sub);
  expect(pair.status().running).toBe(true);
  expect(pair.status(grace.sub)).toMatchObject({ running: false, failure: null });
  const { mirror, google } = world.compare(pair, grace.sub);
  expect(mirror).toEqual(google);

  // The same when the other one comes and goes for good.
  await pair.ask('detach', { accountId: grace.sub, erase: true });
  hold.release();
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  const own = world.compare(pair);
  expect(own.mirror).toEqual(own.google);
  expect(world.compare(pair, grace.sub).mirror).toEqual({});
});

test('erasing one account leaves the rows of the other as they were, byte for byte', async () => {
  const { world, pair, ada, grace } = await both();
  const before = dump(pair.path, grace);
  expect(before).toContain('Of Grace');
  const { revision } = pair.status(grace);
  await pair.ask('detach', { accountId: ada, erase: true });
  expect(dump(pair.path, grace)).toBe(before);
  expect(dump(pair.path, ada)).toBe('[[],[],[],[],[],[]]');
  expect(await pair.agenda()).not.toContain('Of Ada');
  expect(pair.status(grace).revision).toBe(revision);

  // Going on from the cursors that are left, and Ada not being looked at any more.
  world.control.clearRequests();
  await Promise.all([pair.sync(ada), pair.sync(grace)]);
  expect(world.control.requests().every(({ query }) => 'syncToken' in query)).toBe(true);
  expect(world.control.requests({ endpoint: 'events' })).toHaveLength(2);
});

test('watched or not, on mains or battery, awake or stopped: that goes for all accounts', async () => {
  const { pair, ada, grace } = await both();
  const plans = () => pair.clock.waiting().filter((wait) => wait > 1_000);
  await pair.ask('setConditions', { watched: false, onBattery: false, asleep: false, pausedUntil: null });
  expect(plans()).toEqual([300_000, 300_000]);
  await pair.ask('setConditions', { watched: false, onBattery: true, asleep: false, pausedUntil: null });
  expect(plans()).toEqual([900_000, 900_000]);
  pair.clock.advance(30_000);
  await pair.ask('resumed', null);
  for (const accountId of [ada, grace])
    await pair.until(({ running, lastSuccessAt }) => !running && lastSuccessAt === pair.clock.now(), accountId);
  await pair.ask('stop', null);
  pair.clock.advance(1_000);
  expect(pair.clock.waiting()).toEqual([]);
  expect([pair.status(ada).nextAt, pair.status(grace).nextAt]).toEqual([null, null]);
});

test('what was left to say of an account is not said once it is back', async () => {
  const { world, pair, ada } = await both();
  await pair.ask('detach', { accountId: ada, erase: false });
  const hold = world.control.hold('events');
  // The word of the detaching falls due in the midst of what is said of the new sync.
  pair.clock.advance(100);
  await pair.attach(ada);
  await hold.arrived;
  pair.clock.advance(150);
  await pair.ask('resumed', null);
  expect(pair.status(ada)).toMatchObject({ running: true, counts: { calendars: 3 } });
  hold.release();
});
