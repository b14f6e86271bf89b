import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newWorld } from './support/world.ts';

/** A daemon that has mirrored everything, and the very connection it writes with. */
async function connected() {
  const spy = vi.spyOn(Database.prototype, 'pragma');
  onTestFinished(() => spy.mockRestore());
  const world = await newWorld();
  const pair = await world.synced();
  const connection = spy.mock.contexts[0] as unknown as Database.Database;
  const news = () =>
    world.control.insertEvent(world.sub, world.primary, {
      summary: 'News',
      description: 'x'.repeat(50_000),
      start: { date: '2026-11-10' },
      end: { date: '2026-11-11' },
    });
  return { world, pair, connection, news };
}

test.each([
  [
    'disk-full',
    'SQLITE_FULL',
    (db: Database.Database) => db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`),
    (db: Database.Database) => db.pragma('max_page_count = 1000000'),
  ],
  [
    'read-only',
    'SQLITE_READONLY',
    (db: Database.Database) => db.pragma('query_only = ON'),
    (db: Database.Database) => db.pragma('query_only = OFF'),
  ],
  [
    'busy',
    'SQLITE_BUSY',
    (db: Database.Database) => {
      db.pragma('busy_timeout = 0');
      return new Database(db.name).exec('BEGIN IMMEDIATE');
    },
    (_db: Database.Database, other: unknown) => (other as Database.Database).close(),
  ],
])('%s is told from damage, costs no row, and passes', async (code, sqlite, begin, end) => {
  const { world, pair, connection, news } = await connected();
  const { revision, counts } = pair.status();
  const begun = begin(connection);
  news();
  await pair.sync();
  expect(pair.status()).toMatchObject({ failure: { kind: 'storage', code, rebuild: false }, revision, counts });
  expect(pair.log.join()).toContain(`"sqlite":"${sqlite}`);
  expect(await pair.agenda()).not.toContain('News');

  end(connection, begun);
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
});

test('a fault of our own is told from one of the disk, and says nothing of what it met', async () => {
  const { pair } = await connected();
  const spy = vi.spyOn(globalThis, 'encodeURIComponent').mockImplementationOnce((id) => {
    throw new TypeError(`There is something about ${id}.`);
  });
  onTestFinished(() => spy.mockRestore());
  await pair.sync();
  const failure = { kind: 'internal', sentence: expect.stringContaining('fault of its own') as string };
  // It was met at one list, and the others went on.
  expect(pair.status()).toMatchObject({ failure: null, stuck: [{ failure }] });
  expect(pair.log).toEqual(['{"event":"list-failed","kind":"internal","code":null,"name":"TypeError","sqlite":null}']);
  await pair.sync();
  expect(pair.status()).toMatchObject({ failure: null, stuck: [] });
});
