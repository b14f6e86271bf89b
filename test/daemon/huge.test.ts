import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { Agenda, AgendaItem } from '../../src/contract/calendar.ts';
import { readAgenda } from '../../src/daemon/calendar/agenda.ts';
import { calendarService } from '../../src/daemon/calendar/index.ts';
import { openMirror } from '../../src/daemon/services.ts';
import { applicationId } from '../../src/daemon/store/migrations.ts';
import { syncTokenFeed } from '../../src/daemon/sync/feeds/sync-token.ts';
import { atOnce } from './support/at-once.ts';
import { temporaryFolder } from './support/folder.ts';
import { newMirror } from './support/mirror.ts';
import { newWorld } from './support/world.ts';

const million = 1_000_000;
/** How long the titles are that the mirror holds. */
function lengths(path: string): number[] {
  const db = new Database(path, { readonly: true });
  const found = db.prepare<[], number>("SELECT length(json_extract(body, '$.summary')) FROM events").pluck().all();
  db.close();
  return found;
}

const november = { from: '2026-11-01', to: '2026-12-01', timeZone: 'Europe/London', after: null, limit: 500 };

describe('S31 what is huge is kept whole and shown cut', { timeout: 120_000 }, () => {
  const when = { start: { dateTime: '2026-11-05T09:00:00Z' }, end: { dateTime: '2026-11-05T10:00:00Z' } };

  test('where a page has a hundred titles of 1 MB', async () => {
    const world = await newWorld({ events: 0, calendars: 1 });
    for (let n = 0; n < 100; n++)
      world.control.insertEvent(world.sub, world.primary, {
        summary: `${n} `.padEnd(million, 'a'),
        location: 'b'.repeat(1_001),
        ...when,
      });
    const pair = await world.synced();
    const answer = Agenda.parse(
      await pair.ask('ask', { service: 'calendar', name: 'agenda', accounts: [pair.accountId], params: november }),
    );
    expect(answer.items.map(({ title }) => title).sort()[0]).toBe(`${'0 '.padEnd(999, 'a')}…`);
    expect(answer.items).toHaveLength(100);
    expect(JSON.stringify(answer).length).toBeLessThan(300_000);
    expect(lengths(pair.path)).toEqual(Array(100).fill(million));
  });

  test('where one title has 50 MB', async () => {
    const world = await newWorld({ events: 0, calendars: 1 });
    world.control.insertEvent(world.sub, world.primary, { summary: 'c'.repeat(50 * million), ...when });
    const pair = await world.synced();
    const answer = Agenda.parse(
      await pair.ask('ask', { service: 'calendar', name: 'agenda', accounts: [pair.accountId], params: november }),
    );
    expect(answer.items.map(({ title }) => title)).toEqual([`${'c'.repeat(999)}…`]);
    expect(lengths(pair.path)).toEqual([50 * million]);
  });
});

test('S31 an agenda is read without looking into what Google sent', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const before = await pair.items();
  expect(before.length).toBeGreaterThan(0);
  const db = new Database(pair.path);
  db.prepare("UPDATE events SET body = 'nonsense'").run();
  db.close();
  expect(await pair.items()).toEqual(before);
});

test('S31 the name of a calendar is cut where it is shown, also while the calendar is read', async () => {
  const world = await newWorld({ events: 1, calendars: 1 });
  const name = `Work\u202e\n${'x'.repeat(2 * million)}`;
  world.control.updateCalendar(world.sub, world.primary, { summary: name, summaryOverride: name, selected: true });
  world.control.insertEvent(world.sub, world.primary, { summary: 'Tea', start: { date: '2026-11-05' } });
  const pair = world.start();
  const hold = world.control.hold('events');
  await pair.attach();
  await hold.arrived;
  pair.clock.advance(1_000);
  const shown = `Work ${'x'.repeat(994)}…`;
  expect((await pair.until(({ progress }) => progress?.list != null)).progress?.list).toBe(shown);
  hold.release();
  await pair.sync();
  const items = await pair.items();
  expect(items.find(({ title }) => title === 'Tea')?.calendarName).toBe(shown);
});

test('S31 an event with fields that are no date, no zone or no id costs nobody else their place', () => {
  const mirror = newMirror();
  const when = { start: { date: '2026-11-05' }, end: { date: '2026-11-06' } };
  mirror.event({ id: 'a', summary: 'Tea', ...when });
  mirror.event({ id: 'b', summary: 'Long date', start: { dateTime: '2026-11-05T09:00:00Z'.padEnd(million, '0') } });
  const zone = 'Europe/'.padEnd(million, 'x');
  mirror.event({ id: 'c', summary: 'Long zone', start: { dateTime: '2026-11-05T09:00:00', timeZone: zone } });
  mirror.event({ id: 'd', summary: 'More', ...when, start: { ...when.start, more: 'x'.repeat(million) } as object });
  const answer = mirror.agenda('2026-11-05', '2026-11-06');
  expect(answer.items.map(({ title }) => title)).toEqual(['Tea', 'More', 'Long zone']);
  expect(() => mirror.event({ id: 'e'.repeat(2_000), ...when })).toThrow();
  const kept = mirror.outlines();
  expect(Math.max(...kept.map(({ outline }) => outline.length))).toBeLessThan(1_000);
});

test('S31 an agenda with anything longer in it is refused where it arrives', () => {
  const mirror = newMirror();
  mirror.event({ id: 'a', summary: 'Tea', start: { date: '2026-11-05' } });
  const { items } = mirror.agenda('2026-11-05', '2026-11-06');
  const [item] = items;
  const fits = (change: object) => AgendaItem.safeParse({ ...item, ...change }).success;
  expect(fits({})).toBe(true);
  for (const field of ['title', 'location', 'calendarName']) {
    expect(fits({ [field]: 'x'.repeat(1_000) })).toBe(true);
    expect(fits({ [field]: 'x'.repeat(1_001) })).toBe(false);
  }
  for (const field of ['key', 'accountId', 'calendarId', 'color'])
    expect(fits({ [field]: 'x'.repeat(40_000) })).toBe(false);
  expect(Agenda.safeParse({ items: Array(1_001).fill(item), truncated: true }).success).toBe(false);
});

test('S31 a title of nothing that can be seen is a missing title', () => {
  const mirror = newMirror();
  mirror.event({ id: 'a', summary: '\u202e\u2066', start: { date: '2026-11-05' } });
  expect(mirror.lines('2026-11-05', '2026-11-06')).toEqual(['(No title): 2026-11-05 to 2026-11-06']);
});

test('S31 a file of the version before opens with all its rows, and asks nothing of Google for it', () => {
  const path = join(temporaryFolder(), 'mirror.sqlite');
  const before = new Database(path);
  // As a file was laid before each service had its own tables.
  before.exec(`
    CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
    INSERT INTO revision VALUES (1, 0);
    CREATE TABLE accounts (id TEXT PRIMARY KEY, last_success_at INTEGER) STRICT;
    CREATE TABLE cursors (account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE, collection TEXT NOT NULL,
      kind TEXT NOT NULL, generation INTEGER NOT NULL, sync_token TEXT, page_token TEXT, full_at INTEGER,
      PRIMARY KEY (account_id, collection)) STRICT;`);
  calendarService.migrations[0]!(before);
  before.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
  const name = 'w'.repeat(2_000);
  const tea = { id: 'tea', summary: 't'.repeat(2_000), location: 'Kitchen\u202e', start: { date: '2026-11-05' } };
  const daily = { id: 'daily', summary: 'Daily', start: { date: '2026-11-01' }, recurrence: ['RRULE:FREQ=DAILY'] };
  before.exec("INSERT INTO accounts VALUES ('ada', 7)");
  before.exec(`INSERT INTO cursors VALUES ('ada', 'events:work', 'current', 1, 'token', NULL, 5),
    ('ada', 'events:home', 'full', 2, NULL, 'page', NULL), ('ada', 'calendars', 'delta', 3, 'token', 'page', 6)`);
  before
    .prepare("INSERT INTO calendars VALUES ('ada', 'work', ?, '#16a765', 'Europe/Lisbon', 1, 1, ?, 1)")
    .run(name, JSON.stringify({ id: 'work', summary: name }));
  const row = before.prepare(
    "INSERT INTO events VALUES ('ada', 'work', ?, 'etag', ?, ?, ?, ?, unixepoch('2026-11-01') * 1000, ?, ?, 1)",
  );
  const endless = 8.64e15;
  row.run('tea', 0, 0, null, null, endless, JSON.stringify(tea));
  row.run('daily', 0, 1, null, null, endless, JSON.stringify(daily));
  row.run('gone', 1, 0, 'daily', Date.parse('2026-11-05'), null, JSON.stringify({ id: 'gone', status: 'cancelled' }));
  before.close();

  const store = openMirror(path);
  const { items } = Agenda.parse(
    atOnce(readAgenda(store.mirrors.calendar, ['ada'], { ...november, from: '2026-11-04', to: '2026-11-07' })),
  );
  expect(items.map(({ title, location, calendarName }) => [title, location, calendarName])).toEqual(
    [
      // When things are is read anew from what Google sent.
      ['Daily', null],
      [`${'t'.repeat(999)}…`, 'Kitchen'],
      ['Daily', null],
    ].map((texts) => [...texts, `${'w'.repeat(999)}…`]),
  );
  const mark = { contract: 'sync-token', token: 'token' };
  const { mark: schema } = syncTokenFeed({ read: () => Promise.reject(new Error()), rereadAfter: null });
  const cursor = (list: string) => store.of('calendar').cursors.read('ada', list, schema);
  expect(cursor('events:work')).toEqual({ kind: 'current', generation: 1, mark, fullAt: 5 });
  expect(cursor('events:home')).toEqual({ kind: 'full', generation: 2, page: 'page' });
  expect(cursor('calendars')).toEqual({ kind: 'delta', generation: 3, mark, page: 'page', fullAt: 6 });
  expect(store.of('calendar').holdings.read('ada').counts['events']).toBe(2);
  store.close();

  const after = new Database(path, { readonly: true });
  expect(after.prepare('SELECT id, body FROM events ORDER BY id').all()).toEqual([
    { id: 'daily', body: JSON.stringify(daily) },
    { id: 'gone', body: JSON.stringify({ id: 'gone', status: 'cancelled' }) },
    { id: 'tea', body: JSON.stringify(tea) },
  ]);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  after.close();
});
