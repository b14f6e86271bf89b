import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SearchRequest } from '../../src/contract/search.ts';
import { markText, markTitle } from '../../src/daemon/search/marks.ts';
import { readQuery } from '../../src/daemon/search/query.ts';
import { openMirror, services } from '../../src/daemon/services.ts';
import { GoogleTask } from '../../src/daemon/tasks/api.ts';
import { taskRow } from '../../src/daemon/tasks/rows.ts';
import type { CalendarControl } from '../google/calendar/control.ts';
import type { TaskControl } from '../google/tasks/control.ts';
import type { Task } from '../google/tasks/model.ts';
import { openHouse } from '../services/house.ts';
import { compareIndex } from '../services/index-truth.ts';
import { subject as calendar } from '../services/subjects/calendar.ts';
import { subject } from '../services/subjects/tasks.ts';
import { temporaryFolder } from './support/folder.ts';

// What the search makes of words; that it finds what every service holds is in `test/services/conformance.test.ts`.

/** A daemon that has mirrored these tasks of Ada's, and nothing else of hers. */
async function withTasks(tasks: readonly Task[]) {
  const house = await openHouse(subject);
  const control = house.control as unknown as TaskControl;
  control.seedTasks(house.ada, { lists: 1, tasks: 0, seed: 1 });
  const list = control.taskLists(house.ada)[0]?.id ?? '';
  for (const task of tasks) control.putTask(house.ada, list, task);
  const daemon = await house.synced();
  const find = async (text: string, more: Partial<SearchRequest> = {}) => {
    const answer = await daemon.search(text, { services: ['tasks'], ...more });
    return { ...answer, titles: answer.groups.flatMap(({ hits }) => hits.map(({ title }) => title.text)) };
  };
  const titles = async (text: string, more = {}) => (await find(text, more)).titles;
  return { house, control, list, daemon, find, titles };
}

const titled = (...titles: string[]): Task[] => titles.map((title) => ({ title }));

test.each<[string, string[], string[]]>([
  ['tide', ['Tide tables', 'Untidy', 'Tidewater'], ['Tide tables', 'Tidewater', 'Untidy'].slice(0, 2)],
  ['tide -tables ', ['Tide tables', 'Tidewater', 'Tide'], ['Tide', 'Tidewater']],
  ['TABLES tide', ['Tide tables', 'Tables'], ['Tide tables']],
  ['"tide tables"', ['Tide tables', 'Tables of tide'], ['Tide tables']],
  ['“tide tables”', ['Tide tables', 'Tables of tide'], ['Tide tables']],
  ['tables -tide', ['Tide tables', 'Tables'], ['Tables']],
  ['zurich', ['Zürich → Genève', 'Zug'], ['Zürich → Genève']],
  ['geneve', ['Zürich → Genève'], ['Zürich → Genève']],
  ['ürich', ['Zürich'], ['Zürich']],
  ['牛乳', ['Buy oats, rice & 牛乳', '牛'], ['Buy oats, rice & 牛乳']],
  ['会議', ['東京都会議室', '東京'], ['東京都会議室']],
  ['乳', ['牛乳'], ['牛乳']],
  ['موعد', ['حجز موعد الطبيب'], ['حجز موعد الطبيب']],
  ['grace@', ['Write to grace@example.com'], ['Write to grace@example.com']],
  ['example.com', ['Write to grace@example.com'], ['Write to grace@example.com']],
  ['-tide', ['Tide tables', 'Tables'], []],
  ['', ['Tide'], []],
  ['" * ( ) AND', ['And so on'], ['And so on']],
])('%j finds in %j: %j', async (text, held, found) => {
  const { titles } = await withTasks(titled(...held));
  expect((await titles(text)).toSorted()).toEqual(found.toSorted());
});

test('S39 whatever is typed is words, and never notation', async () => {
  const { find } = await withTasks(titled('title', 'NEAR', 'and'));
  const junk = [
    'title:x',
    'NEAR(a b)',
    'a AND',
    '^a',
    '{title}',
    '*',
    '"',
    '""',
    "'; DROP TABLE words",
    '\0a',
    '-',
    '--',
    '+',
  ];
  for (const text of junk) await expect(find(text), JSON.stringify(text)).resolves.toBeDefined();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
      await find(text);
    }),
    { numRuns: 200 },
  );
});

describe('what is best comes first', () => {
  test('what has it in its title, then what has it elsewhere, then pieces of words', async () => {
    const { titles } = await withTasks([
      { title: 'Unmooring', notes: 'nothing' },
      { title: 'Elsewhere', notes: 'about mooring lines' },
      { title: 'New mooring' },
    ]);
    expect(await titles('mooring')).toEqual(['New mooring', 'Elsewhere', 'Unmooring']);
  });

  test('and what begins with it, and what is nearest to now', async () => {
    const { titles, daemon } = await withTasks([
      { title: 'See the boat, long ago', due: '2020-01-01T00:00:00Z' },
      { title: 'See the boat, soon', due: '2026-11-05T00:00:00Z' },
      { title: 'See the boat, later', due: '2027-11-05T00:00:00Z' },
      { title: 'Boat', due: '2010-11-05T00:00:00Z' },
    ]);
    expect(new Date(daemon.clock.now()).getUTCFullYear()).toBe(2026);
    expect(await titles('boat')).toEqual([
      'Boat',
      'See the boat, soon',
      'See the boat, later',
      'See the boat, long ago',
    ]);
  });
});

test('page by page everything is told once, however it is divided', async () => {
  const held = Array.from({ length: 1_300 }, (_, at) => ({
    title: at % 3 === 0 ? `Boat ${at}` : `Ship ${at}`,
    notes: at % 3 === 1 ? 'of the boats' : 'boat',
    ...(at % 2 === 0 && { due: new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString() }),
  }));
  const { find } = await withTasks(held);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { groups, titles } = await find('boat', { limit: 97, after });
    seen.push(...titles);
    after = groups[0]?.next ?? null;
  } while (after !== null);
  expect(seen.toSorted()).toEqual(held.map(({ title }) => title).toSorted());
  expect(seen.slice(0, 434).every((title) => title.startsWith('Boat'))).toBe(true);
  for (const place of ['x', '{}', '{"tier":"title","below":{"x":1},"skip":0}']) {
    await expect(find('boat', { after: place })).rejects.toThrow();
  }
  await expect(find('boat', { after: '{}', services: null })).rejects.toThrow();
});

test('days narrow it down, and what has none is then left out', async () => {
  const { titles } = await withTasks([
    { title: 'Boat in May', due: '2026-05-04T00:00:00Z' },
    { title: 'Boat in June', due: '2026-06-04T00:00:00Z' },
    { title: 'Boat' },
  ]);
  const [from, to] = [Date.UTC(2026, 4, 1), Date.UTC(2026, 5, 1)];
  expect(await titles('boat', { from })).toEqual(['Boat in June', 'Boat in May']);
  expect(await titles('boat', { from, to })).toEqual(['Boat in May']);
});

describe('typing errors are forgiven where nothing else is found', () => {
  test.each([
    ['lighthuose', 'lighthouse'],
    ['lihgthouse', 'lighthouse'],
    ['ilghthouse', 'lighthouse'],
    ['lighthousee', 'lighthouse'],
    ['passprt ', 'passport'],
  ])('%s', async (text, meant) => {
    const { find } = await withTasks(titled('The lighthouse', 'Renew the passport', 'Light'));
    const { titles, forgiven, groups } = await find(text);
    expect(titles.map((title) => title.toLowerCase())).toEqual([expect.stringContaining(meant)]);
    expect(forgiven).toEqual([meant]);
    expect(groups[0]?.hits[0]?.title.marks).toHaveLength(1);
  });

  test('but not in short words, nor where something is found', async () => {
    const { find } = await withTasks(titled('The lighthouse', 'Lighthuose'));
    expect(await find('lighthuose')).toMatchObject({ titles: ['Lighthuose'], forgiven: null });
    expect(await find('teh')).toMatchObject({ titles: [], forgiven: null });
    expect(await find('“lighthoose”')).toMatchObject({ titles: [], forgiven: null });
  });
});

test('it says what is not copied, and what is still being copied', async () => {
  const { house, daemon, find } = await withTasks(titled('Boat'));
  await daemon.attach(house.ada, ['tasks']);
  const { missing, unfinished } = await find('boat', { services: null });
  // What was copied once can be found.
  expect({ missing, unfinished }).toEqual({ missing: [], unfinished: [] });
  await daemon.attach(house.grace, ['tasks']);
  const held = house.control.hold('taskLists' as never);
  const syncing = daemon.sync(house.grace);
  await held.arrived;
  const both = await find('boat', { services: null, accounts: [house.ada, house.grace] });
  expect(both.unfinished).toEqual([{ accountId: house.grace, service: 'tasks' }]);
  expect(both.missing).toEqual([{ accountId: house.grace, service: 'companions' }]);
  held.release();
  await syncing;
});

test('nothing is found of who is not attached, nor of an account that is gone', async () => {
  const { house, daemon, find } = await withTasks(titled('Boat'));
  expect((await find('boat', { accounts: [house.grace] })).titles).toEqual([]);
  await daemon.peer.request('detach', { accountId: house.ada, erase: false });
  expect((await find('boat')).titles).toEqual([]);
});

test('a search that is cancelled, or has been overtaken, says nothing', async () => {
  const { daemon, find } = await withTasks(titled('Boat'));
  const [overtaken, last] = await Promise.all([find('boat'), find('boat')]);
  expect([overtaken.cancelled, last.cancelled]).toEqual([true, false]);
  expect([overtaken.titles, last.titles]).toEqual([[], ['Boat']]);
  const [cancelled] = await Promise.all([find('boat'), daemon.peer.request('cancelSearch', { id: 'a' })]);
  expect(cancelled.cancelled).toBe(true);
});

test('a series is found once, with whatever exceptions it has', async () => {
  const house = await openHouse(calendar);
  const control = house.control as unknown as CalendarControl;
  const at = (day: string) => ({ dateTime: `${day}T09:00:00Z`, timeZone: 'UTC' });
  const series = control.insertEvent(house.ada, 'primary', {
    summary: 'Tide review',
    start: at('2026-03-02'),
    end: at('2026-03-02'),
    recurrence: ['RRULE:FREQ=DAILY'],
  });
  for (const day of ['2026-11-03', '2026-11-04']) {
    control.insertEvent(house.ada, 'primary', {
      summary: 'Tide review, moved',
      recurringEventId: series.id ?? null,
      originalStartTime: at(day),
      start: at(day),
      end: at(day),
    });
  }
  const daemon = await house.synced();
  const { groups } = await daemon.search('tide');
  expect(groups[0]?.hits).toHaveLength(1);
  const item = JSON.parse(groups[0]?.hits[0]?.item ?? '{}') as { calendarId: string };
  const { now } = daemon.clock;
  const params = { accountId: house.ada, calendarId: item.calendarId, eventId: series.id ?? '', now: now() };
  // The third and the fourth stand elsewhere; today's, at nine, is on.
  expect(await daemon.ask('occurrence', params)).toMatchObject({ when: { start: Date.parse('2026-11-02T09:00:00Z') } });
  expect(await daemon.ask('occurrence', { ...params, now: now() + 3_600_000 })).toMatchObject({
    when: { start: Date.parse('2026-11-05T09:00:00Z') },
  });
  expect(await daemon.ask('occurrence', { ...params, eventId: 'nobody' })).toBeNull();
});

test('what changes by the ten thousand is put in little by little, so that nothing waits for it', () => {
  const path = join(temporaryFolder(), 'mirror.sqlite');
  const store = openMirror(path);
  onTestFinished(() => store.close());
  const { taskLists, tasks } = store.mirrors.tasks;
  const put = (from: number, amount: number) =>
    store.write(() => {
      for (let at = from; at < from + amount; at += 1) {
        const body = JSON.stringify({ id: `task-${at}`, title: `Boat ${at}` });
        tasks.put('ada', 'list', taskRow({ item: GoogleTask.parse(JSON.parse(body)), body }), 1);
      }
    });
  store.write(() => {
    store.accounts.add('ada');
    taskLists.put('ada', { id: 'list', title: 'All', body: '{}' }, 1);
  });
  put(0, 10);
  expect(store.isBehind()).toBe(false);
  put(10, 10_001);
  expect(store.isBehind()).toBe(true);
  let slices = 1;
  while (store.catchUp()) slices += 1;
  expect(slices).toBeGreaterThan(10);
  const { held, due } = compareIndex(path, services.tasks.searchable);
  expect(held).toEqual(due);
  store.write(() => void tasks.sweep('ada', 'list', 2));
  while (store.catchUp());
  expect(compareIndex(path, services.tasks.searchable).held).toMatchObject({ documents: [], words: [], pieces: [] });
});

describe('marks', () => {
  const marked = (text: string, query: string) => {
    const { text: title, marks } = markTitle(text, readQuery(query));
    return marks.map(([from, to]) => title.slice(from, to));
  };
  test.each<[string, string, string[]]>([
    ['Tide tables of the tidewater', 'tide', ['Tide', 'tidewater']],
    ['Tide tables of the tidewater', 'tide ', ['Tide']],
    ['Zürich → Genève', 'geneve ', ['Genève']],
    ['Zürich → Genève', 'zurich gen', ['Zürich', 'Genève']],
    ['The tide, tables', '"tide tables"', ['tide, tables']],
    ['東京都会議室', '会議', ['会議']],
    ['Unmooring', 'mooring', ['mooring']],
    ['a.b(c)', '(c', ['c']],
    ['İstanbul', 'istanbul ', ['İstanbul']],
    ['ﬁne', 'fine -fine', []],
  ])('of %j by %j: %j', (text, query, found) => expect(marked(text, query)).toEqual(found));

  test('a long text is shown around its first match, whole words only', () => {
    const text = `${'before '.repeat(500)}needle ${'after '.repeat(500)}`;
    const shown = markText(text, readQuery('needle '));
    const [mark] = shown?.marks ?? [];
    expect(shown?.text.slice(...(mark ?? []))).toBe('needle');
    expect(shown?.text).toMatch(/^…before .* needle after .*…$/);
    expect(shown?.text.length).toBeLessThan(300);
    expect(markText(text, readQuery('nothing '))).toBeNull();
  });

  test('never lie outside the text, or on one another', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        (text, query) => {
          let last = -1;
          for (const [from, to] of markTitle(text, readQuery(query)).marks) {
            expect(from).toBeGreaterThan(last);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(text.length);
            last = to;
          }
        },
      ),
    );
  });
});
