import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openMirror } from '../../src/daemon/services.ts';
import { applicationId, migrate } from '../../src/daemon/store/migrations.ts';
import { temporaryFolder } from './support/folder.ts';
import { startPair } from './support/main.ts';
import { newWorld } from './support/world.ts';

const newPath = () => join(temporaryFolder(), 'deep', 'mirror.sqlite');

function codeOf(open: () => unknown): unknown {
  try {
    open();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return null;
}

describe('a new file', () => {
  test('is brought to the newest version, bears our mark, and is private', () => {
    const path = newPath();
    openMirror(path).close();
    const db = new Database(path);
    expect(db.pragma('user_version', { simple: true })).toBe(4);
    expect(db.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('opens again with what was in it', () => {
    const path = newPath();
    const first = openMirror(path);
    first.write(() => first.accounts.add('ada'));
    first.close();
    const second = openMirror(path);
    expect(second.accounts.add('ada')).toBe(false);
    second.close();
  });
});

describe('each owner’s tables', () => {
  const create =
    (...names: string[]) =>
    (db: Database.Database) =>
      void db.exec(names.map((name) => `CREATE TABLE ${name} (x);`).join(' '));
  const settled: string[] = [];
  const settle = (owner: string) => void settled.push(owner);
  const versions = (db: Database.Database) =>
    db.prepare('SELECT owner, version FROM schema ORDER BY owner').raw().all();

  test('are brought to their own version, whatever the others have', () => {
    const db = new Database(':memory:');
    migrate(db, { tea: [create('leaves')] }, 'tea', settle);
    migrate(db, { tea: [create('leaves'), create('pots')], cake: [create('crumbs')] }, 'tea', settle);
    expect(versions(db)).toEqual([
      ['cake', 1],
      ['tea', 2],
    ]);
    // Who is not known here has tables that stay as they are.
    migrate(db, { tea: [create('leaves'), create('pots')] }, 'tea', settle);
    expect(versions(db)).toHaveLength(2);
    expect(() => migrate(db, { tea: [create('leaves')] }, 'tea', settle)).toThrow(
      expect.objectContaining({ code: 'newer' }),
    );
    db.close();
  });

  test('keep the version before, whole, where a step fails', () => {
    const db = new Database(':memory:');
    migrate(db, { tea: [create('leaves')] }, 'tea', settle);
    expect(() => migrate(db, { tea: [create('leaves'), create('pots', 'leaves')] }, 'tea', settle)).toThrow();
    expect(versions(db)).toEqual([['tea', 1]]);
    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'pots'").get()).toBeUndefined();
    migrate(db, { tea: [create('leaves'), create('pots')] }, 'tea', settle);
    expect(versions(db)).toEqual([['tea', 2]]);
    db.close();
  });
});

describe('a file that is not ours to use is left as it is, and is a status', () => {
  const cases: [string, string, (path: string) => void][] = [
    [
      'of another program',
      'not-ours',
      (path) => void new Database(path).exec('CREATE TABLE notes (x); PRAGMA application_id = 7'),
    ],
    ['of a program without a mark', 'not-ours', (path) => void new Database(path).exec('CREATE TABLE notes (x)')],
    [
      'of a newer version',
      'newer',
      (path) => {
        openMirror(path).close();
        new Database(path).exec(`PRAGMA user_version = 5`).close();
      },
    ],
    [
      'that is no database',
      'damaged',
      (path) => writeFileSync(path, 'These are not the bytes you are looking for. '.repeat(99)),
    ],
  ];

  test.each(cases)('%s', async (_name, code, make) => {
    const path = join(temporaryFolder(), 'mirror.sqlite');
    make(path);
    const before = readFileSync(path);
    expect(codeOf(() => openMirror(path))).toBe(code);

    const pair = startPair({ apiRoot: 'http://127.0.0.1:1', path });
    await pair.attach();
    await pair.sync();
    const rebuild = code === 'damaged';
    expect(pair.status()).toMatchObject({ running: false, failure: { kind: 'storage', code, rebuild } });
    await expect(pair.agenda()).rejects.toThrow(/mirror/);
    await expect(pair.ask('detach', { accountId: 'ada', erase: true })).rejects.toThrow(/mirror/);
    await pair.ask('stop', null);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('with a damaged page somewhere inside', async () => {
    const world = await newWorld({ events: 400, calendars: 1 });
    const pair = await world.synced();
    await pair.ask('stop', null);
    const bytes = readFileSync(pair.path);
    bytes.fill(0xaa, 8 * 4096);
    writeFileSync(pair.path, bytes);

    const again = world.start({ path: pair.path });
    await again.attach();
    await again.sync();
    expect(again.status().failure).toMatchObject({ kind: 'storage', code: 'damaged' });
    await expect(again.agenda()).rejects.toThrow(/damaged/);
    expect(statSync(pair.path).size).toBe(bytes.length);
  });
});

test('a mirror that could not be opened is opened as soon as it can be', async () => {
  const world = await newWorld();
  const path = join(temporaryFolder(), 'mirror.sqlite');
  writeFileSync(path, 'nonsense '.repeat(999));
  const pair = world.start({ path });
  await pair.attach();
  await pair.sync();
  expect(pair.status().failure).toMatchObject({ kind: 'storage' });
  writeFileSync(path, '');
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
});

test('erasing an account leaves neither its rows nor its bytes, and the others alone', async () => {
  const world = await newWorld();
  const word = 'Xylophonquartett';
  world.control.insertEvent(world.sub, world.primary, { summary: word, start: { date: '2026-11-05' } });
  const pair = await world.synced();
  const store = openMirror(pair.path);
  store.write(() => store.accounts.add('somebody else'));
  store.close();
  const bytes = () => Buffer.concat([readFileSync(pair.path), readFileSync(`${pair.path}-wal`)]);
  expect(bytes().includes(word)).toBe(true);
  const { revision } = pair.status();

  await pair.ask('detach', { accountId: world.sub, erase: true });
  expect(bytes().includes(word)).toBe(false);
  pair.clock.advance(1_000);
  expect(await pair.until((status) => status.revision > revision)).toMatchObject({
    counts: { calendars: 0, events: 0 },
    running: false,
    nextAt: null,
  });
  expect(await pair.agenda()).toEqual([]);
  const db = new Database(pair.path, { readonly: true });
  for (const table of ['calendars', 'events', 'cursors', 'holdings', 'counts'])
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  expect(db.prepare('SELECT id FROM accounts').pluck().all()).toEqual(['somebody else']);
  db.close();
});

test('detaching in the middle of a sync stops it, and erases what came of it', async () => {
  const world = await newWorld();
  const pair = world.start();
  const hold = world.control.hold('events');
  await pair.attach();
  await hold.arrived;
  await pair.ask('detach', { accountId: world.sub, erase: true });
  hold.release();
  expect(world.compare(pair).mirror).toEqual({});

  await pair.attach();
  await pair.sync();
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
  expect(pair.log).toEqual([]);
  // One loop is left, not two.
  expect(pair.clock.waiting().filter((wait) => wait === 60_000)).toHaveLength(1);
});
