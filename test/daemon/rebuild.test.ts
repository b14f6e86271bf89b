import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { setAside } from '../../src/daemon/store/set-aside.ts';
import { temporaryFolder } from './support/folder.ts';
import type { Pair } from './support/main.ts';
import { newWorld, type World } from './support/world.ts';

const page = 4096;
const rubbish = Buffer.alloc(page, 0xaa);

/** Overwrites pages in place, as a failing disk does: the file stays the same file. */
function overwrite(path: string, from: number, to: number): void {
  const file = openSync(path, 'r+');
  for (let at = from; at < to; at++) writeSync(file, rubbish, 0, page, at * page);
  closeSync(file);
}

const filesBeside = (path: string) => readdirSync(dirname(path)).sort();
const aside = (path: string) => `${path}.damaged-20261102-090000`;
const damaged = { kind: 'storage', code: 'damaged', rebuild: true };

async function expectEqual(world: World, pair: Pair, ...accountIds: string[]): Promise<void> {
  for (const accountId of accountIds) {
    await pair.sync(accountId);
    expect(pair.status(accountId).failure).toBeNull();
    const { mirror, google } = world.compare(pair, accountId);
    expect(mirror).toEqual(google);
  }
}

test.each([
  ['header', 0, 1],
  ['middle', 8, 30],
])('a mirror whose %s was overwritten says so, and is rebuilt; the file is kept', async (_name, from, to) => {
  const world = await newWorld({ events: 400, calendars: 1 });
  const grace = await world.invite();
  const before = await world.synced();
  await before.attach(grace.sub);
  await before.sync(grace.sub);
  await before.ask('stop', null);
  overwrite(before.path, from, to);
  const { length } = readFileSync(before.path);

  const pair = world.start({ path: before.path });
  for (const accountId of [world.sub, grace.sub]) {
    await pair.attach(accountId);
    await pair.sync(accountId);
    expect(pair.status(accountId).failure).toMatchObject(damaged);
  }
  await expect(pair.agenda()).rejects.toThrow(/damaged/);

  await pair.ask('rebuild', null);
  await expectEqual(world, pair, world.sub, grace.sub);
  expect((await pair.agenda()).length).toBeGreaterThan(0);
  const kept = readFileSync(aside(pair.path));
  expect(kept.length).toBeGreaterThanOrEqual(length);
  expect(kept.subarray(from * page, (from + 1) * page).equals(rubbish)).toBe(true);
  expect(pair.log.filter((line) => line.includes('rebuilt'))).toHaveLength(1);
});

test('damage that shows while running is everybody’s, stays until the rebuild, and is not written to', async () => {
  const world = await newWorld({ events: 400, calendars: 1 });
  const grace = await world.invite();
  const pair = await world.synced();
  await pair.attach(grace.sub);
  await pair.sync(grace.sub);

  const other = new Database(pair.path);
  other.pragma('wal_checkpoint(TRUNCATE)');
  overwrite(pair.path, 12, 40);
  // Lets the daemon's connection drop what it has in memory.
  other.exec('UPDATE holdings SET revision = revision');
  other.close();
  await expect(pair.agenda()).rejects.toThrow(/damaged/);
  pair.clock.advance(1_000);
  for (const accountId of [world.sub, grace.sub])
    await pair.until(({ failure }) => failure?.kind === 'storage' && failure.rebuild, accountId);

  world.control.clearRequests();
  await Promise.all([pair.sync(), pair.sync(grace.sub)]);
  expect(pair.status().failure).toMatchObject(damaged);
  expect(pair.status(grace.sub).failure).toMatchObject(damaged);
  expect(world.control.requests()).toEqual([]);

  await pair.ask('rebuild', null);
  await expectEqual(world, pair, world.sub, grace.sub);
});

test('damage that another account met fails the sync that was under way', async () => {
  const world = await newWorld({ events: 400, calendars: 1 });
  const grace = await world.invite();
  const pair = await world.synced();
  const hold = world.control.hold('events');
  await pair.attach(grace.sub);
  await hold.arrived;
  const db = new Database(pair.path);
  db.prepare("UPDATE events SET outline = 'x' || outline WHERE account_id = ?").run(world.sub);
  db.close();
  await expect(pair.agenda()).rejects.toThrow(/damaged/);
  const syncing = pair.sync(grace.sub);
  hold.release();
  await syncing;
  expect(pair.status(grace.sub).failure).toMatchObject(damaged);
});

test('a cursor that makes no sense, and tables that are missing, are damage', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const db = new Database(pair.path);
  db.exec('UPDATE cursors SET cursor = \'{"kind":"full-ish"}\'');
  await pair.sync();
  expect(pair.status().failure).toMatchObject(damaged);
  await pair.ask('rebuild', null);
  await expectEqual(world, pair, world.sub);
  db.close();

  await pair.ask('stop', null);
  new Database(pair.path).exec('DROP TABLE events').close();
  const again = world.start({ path: pair.path });
  await again.attach();
  await again.sync();
  expect(again.status().failure).toMatchObject(damaged);
});

test('a rebuild in the middle of a sync drops that sync and begins another', async () => {
  const world = await newWorld();
  const grace = await world.invite();
  const pair = await world.synced();
  const hold = world.control.hold('events');
  await pair.attach(grace.sub);
  await hold.arrived;
  const waiting = pair.sync(grace.sub);
  const rebuilding = pair.ask('rebuild', null);
  // Asked for in the midst of it, this one is for the new file.
  await pair.sync(grace.sub);
  await Promise.all([rebuilding, waiting]);
  expect(existsSync(aside(pair.path))).toBe(true);
  expect(pair.status(grace.sub).lastSuccessAt).toBe(pair.clock.now());
  hold.release();
  await expectEqual(world, pair, world.sub, grace.sub);
  pair.clock.advance(1_000);
  // One loop is left of each, not two.
  expect(pair.clock.waiting().filter((wait) => wait === 59_000)).toHaveLength(2);
});

test('a rebuild answers when the new file is open, before anything is in it', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const { revision } = pair.status();
  const hold = world.control.hold('calendarList');
  await pair.ask('rebuild', null);
  await hold.arrived;
  // A view must not take the new mirror for what it has read already.
  expect(pair.status().revision).toBeGreaterThan(revision);
  expect(pair.status()).toMatchObject({ running: true, lastSuccessAt: null, counts: { calendars: 0, events: 0 } });
  expect(await pair.agenda()).toEqual([]);
  hold.release();
  await expectEqual(world, pair, world.sub);
});

test('two rebuilds in one second keep two files, also when nothing was wrong', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  await Promise.all([pair.ask('rebuild', null), pair.ask('rebuild', null)]);
  await expectEqual(world, pair, world.sub);
  await pair.ask('stop', null);
  const name = basename(pair.path);
  expect(filesBeside(pair.path)).toEqual([
    name,
    `${name}.damaged-20261102-090000`,
    `${name}.damaged-20261102-090000-2`,
  ]);
  // The first is the whole mirror, and can be opened.
  const db = new Database(aside(pair.path), { readonly: true });
  expect(db.prepare('SELECT count(*) FROM calendars').pluck().get()).toBe(3);
  db.close();
});

test('a rebuild mirrors only those who are attached', async () => {
  const world = await newWorld();
  const grace = await world.invite();
  const pair = await world.synced();
  await pair.attach(grace.sub);
  await pair.sync(grace.sub);
  await pair.ask('detach', { accountId: grace.sub, erase: false });
  await pair.ask('rebuild', null);
  await expectEqual(world, pair, world.sub);
  expect(world.compare(pair, grace.sub).mirror).toEqual({});
});

test('a file that cannot be set aside stays, and mirroring goes on with it', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  // By a clock that has gone mad there is no name to be made.
  const { now } = pair.clock;
  Object.assign(pair.clock, { now: () => Number.NaN });
  await expect(pair.ask('rebuild', null)).rejects.toThrow();
  Object.assign(pair.clock, { now });
  await expectEqual(world, pair, world.sub);
  expect(readdirSync(dirname(pair.path)).some((name) => name.includes('damaged'))).toBe(false);
});

test('what SQLite keeps beside the file goes with it, and no name is taken twice', () => {
  const path = `${temporaryFolder()}/mirror.sqlite`;
  const now = Date.parse('2026-02-03T04:05:06.789Z');
  const write = (text: string) => {
    for (const part of ['', '-wal', '-shm', '-journal']) writeFileSync(path + part, text + part);
  };
  expect(setAside(path, now)).toBeNull();
  write('one');
  expect(setAside(path, now)).toBe(`${path}.damaged-20260203-040506`);
  write('two');
  // A name of which only a companion is left counts as taken.
  writeFileSync(`${path}.damaged-20260203-040506-2-wal`, 'somebody else’s');
  expect(setAside(path, now)).toBe(`${path}.damaged-20260203-040506-3`);
  for (const part of ['', '-wal', '-shm', '-journal']) {
    expect(existsSync(path + part)).toBe(false);
    expect(readFileSync(`${path}.damaged-20260203-040506${part}`, 'utf8')).toBe(`one${part}`);
    expect(readFileSync(`${path}.damaged-20260203-040506-3${part}`, 'utf8')).toBe(`two${part}`);
  }
});

test('erasing an account leaves it in no file that was set aside', async () => {
  const world = await newWorld({ events: 20, calendars: 1 });
  const pair = await world.synced();
  await pair.ask('rebuild', null);
  expect(filesBeside(pair.path).some((name) => name.includes('.damaged-'))).toBe(true);
  await pair.ask('detach', { accountId: world.sub, erase: true });
  expect(filesBeside(pair.path).some((name) => name.includes('.damaged-'))).toBe(false);
});
