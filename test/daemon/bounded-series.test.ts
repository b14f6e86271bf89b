import type { calendar_v3 } from '@googleapis/calendar';
import { describe, expect, test } from 'vitest';
import { readAgenda } from '../../src/daemon/calendar/agenda.ts';
import { endOfSeries, mostOfOne, occurrences } from '../../src/daemon/calendar/series.ts';
import { stepsUpTo } from '../../src/daemon/calendar/steps.ts';
import type { When } from '../../src/daemon/calendar/when.ts';
import { newMirror } from './support/mirror.ts';

const from = Date.parse('2026-11-01T00:00:00Z');
const to = Date.parse('2026-11-15T00:00:00Z');
const hour = 3_600_000;
const at = (start: string, zone = 'Europe/Lisbon'): When => ({
  kind: 'timed',
  start: Date.parse(start),
  end: Date.parse(start) + hour,
  zone,
});
const one = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
const until = (n: number) => Array.from({ length: n }, (_, index) => index);
const hours = `BYHOUR=${until(24)}`;
const week = 'BYDAY=MO,TU,WE,TH,FR,SA,SU';
const dates = (n: number) => until(n).map((each) => `202611${10 + (each % 20)}T${10 + (each % 14)}0000`);

/** What is no rule of this calendar, or longer than any that it has a use for. */
const unfit: Record<string, string[]> = {
  'an interval of nothing': ['RRULE:FREQ=DAILY;INTERVAL=0'],
  'no occurrence at all': ['RRULE:FREQ=DAILY;COUNT=0'],
  'another calendar': ['RRULE:FREQ=YEARLY;RSCALE=CHINESE;SKIP=FORWARD;BYMONTH=5L'],
  'a month that there is not': ['RRULE:FREQ=YEARLY;BYMONTH=13'],
  'a line of 1 MB': ['RRULE:FREQ=DAILY', 'X'.repeat(1_000_000)],
  'thousands of rules': Array(10_000).fill('RRULE:FREQ=DAILY'),
  'dates of 1 MB': ['RRULE:FREQ=DAILY', `EXDATE:${dates(62_500)}`],
  'a rule with a line break': ['RRULE:FREQ=DAILY\nRDATE:20261105T090000Z'],
};

/** What could be a calendar's, and could take seconds or for ever to go through. */
const costly: Record<string, string[]> = {
  'every second, written out': [`RRULE:FREQ=DAILY;${hours};BYMINUTE=${until(60)};BYSECOND=${until(60)}`],
  'every second': ['RRULE:FREQ=SECONDLY'],
  'every second of a day that there is not': ['RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'],
  'every minute, counted': ['RRULE:FREQ=MINUTELY;COUNT=500000000'],
  'hours of a day that there is not': ['RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30'],
  'an interval of ages': ['RRULE:FREQ=YEARLY;INTERVAL=99999999999'],
  'weeks of the year in months': [`RRULE:FREQ=MONTHLY;BYWEEKNO=${one(53)};${week}`],
  'days of the year in days': ['RRULE:FREQ=DAILY;BYYEARDAY=366;COUNT=1000'],
  'many values': [`RRULE:FREQ=YEARLY;BYMONTHDAY=${one(31)};BYYEARDAY=${one(80)}`],
  'a rule of 90 kB': [`RRULE:FREQ=DAILY;BYDAY=${Array(30_000).fill('MO')}`],
  'thousands of different rules': one(3_000).map((n) => `RRULE:FREQ=DAILY;INTERVAL=${n}`),
  'every hundred years': ['RRULE:FREQ=YEARLY;COUNT=1000;INTERVAL=100;BYDAY=1TU'],
  'every day, with an end in ages': ['RRULE:FREQ=DAILY;COUNT=999999999'],
  'every hour of every day': [`RRULE:FREQ=DAILY;${hours};COUNT=999999999`],
  'no hour of any day': [`RRULE:FREQ=DAILY;${hours};BYSETPOS=100;COUNT=1000`],
  'every hour of the week': [`RRULE:FREQ=WEEKLY;${week};${hours}`],
  'every hour of the month': [`RRULE:FREQ=MONTHLY;${week};${hours}`],
  'every hour of the year': [`RRULE:FREQ=YEARLY;${week};${hours}`],
  'every day of the year, by month': [`RRULE:FREQ=YEARLY;BYMONTH=${one(12)};BYMONTHDAY=${one(31)}`],
  'every day of every week of the year': [`RRULE:FREQ=YEARLY;BYWEEKNO=${one(53)};${week};COUNT=1000`],
  'the last hour of the year': [`RRULE:FREQ=YEARLY;${week};BYHOUR=1,2;BYSETPOS=-1;COUNT=1000`],
  '30 February, of days': ['RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9'],
  '30 February, of weeks': ['RRULE:FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9'],
  '31 February, of months': ['RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31;COUNT=9'],
  '30 February, of years': ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
  'the wrong day of the week': ['RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO,TH;COUNT=9'],
  'four rules': one(4).map((n) => `RRULE:FREQ=DAILY;${hours};COUNT=${1_000 + n}`),
  'hundreds of dates': [`RRULE:FREQ=DAILY;${hours}`, `RDATE:${dates(500)}`],
  'hundreds of exceptions': [`RRULE:FREQ=DAILY;${hours}`, `EXDATE:${dates(500)}`],
  'exceptions every second': ['RRULE:FREQ=DAILY', 'EXRULE:FREQ=SECONDLY;INTERVAL=7'],
};

const begun = ['2026-11-02T09:00:00Z', '2026-03-20T02:30:00Z', '1900-01-31T09:00:00Z', '0001-01-01T00:00:00Z'];

/** What is found of a series, and what it took. */
function look(first: When, recurrence: readonly string[], span = { from, to }, limit = 400) {
  const steps = stepsUpTo(mostOfOne);
  const { occurrences: found, complete } = occurrences(first, recurrence, span, {
    limit,
    exceptions: new Set(),
    steps,
  });
  return { starts: found.map(({ start }) => start), complete, spent: steps.spent() };
}
const endOf = (first: When, recurrence: readonly string[]) => endOfSeries(first, recurrence, stepsUpTo(mostOfOne));

describe('S33 a series', () => {
  test.each(Object.entries(unfit))('of %s takes no step, and is shown at its start', (_name, recurrence) => {
    const first = at('2026-11-02T09:00:00Z');
    expect(look(first, recurrence)).toEqual({ starts: [first.start], complete: false, spent: 0 });
    expect(endOf(first, recurrence)).toBe(first.end);
  });

  test.each(Object.entries(costly))('of %s takes a bounded number of steps', (_name, recurrence) => {
    for (const start of begun)
      for (const zone of ['Europe/Lisbon', 'UTC', 'Pacific/Apia']) {
        const first = at(start, zone);
        const { starts, spent } = look(first, recurrence);
        expect(spent).toBeLessThanOrEqual(mostOfOne);
        expect(starts.length).toBeLessThanOrEqual(400);
        expect(starts.every((each) => each + hour > from && each < to)).toBe(true);
        expect(endOf(first, recurrence)).toBeGreaterThanOrEqual(first.end);
      }
  });

  test.each([
    ['FREQ=YEARLY;COUNT=1000;INTERVAL=100;BYDAY=1TU', 5_000],
    ['FREQ=DAILY;COUNT=999999999', 5_000],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=600', 20_000],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 5_000],
  ])('of %s is found out whole in %i steps', (rule, most) => {
    const { complete, spent } = look(at('1990-01-02T09:00:00Z'), [`RRULE:${rule}`]);
    expect({ complete, few: spent < most }).toEqual({ complete: true, few: true });
  });

  test('beyond its bound shows what was found, and is marked incomplete', () => {
    const first = at('2026-11-02T09:00:00Z');
    const { starts, complete } = look(first, ['RRULE:FREQ=SECONDLY']);
    expect({ first: starts[0], second: starts[1], length: starts.length, complete }).toEqual({
      first: first.start,
      second: first.start + 1_000,
      length: 400,
      complete: false,
    });
  });

  test.each(['FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31', 'FREQ=DAILY;INTERVAL=7;BYDAY=TU'])(
    'whose rule never comes about (%s) is its start, and that is all',
    (rule) => {
      const first = at('2026-11-02T09:00:00Z');
      expect(look(first, [`RRULE:${rule}`])).toMatchObject({ starts: [first.start], complete: true });
    },
  );

  test('that ended before it began is not shown', () => {
    const first = at('2026-11-02T09:00:00Z');
    const rule = ['RRULE:FREQ=DAILY;BYMONTHDAY=2,3;UNTIL=20200101T000000Z'];
    expect(look(first, rule)).toMatchObject({ starts: [], complete: true });
  });
});

describe('S33 the end of a series by COUNT', () => {
  const rules = [
    'FREQ=DAILY;COUNT=40',
    'FREQ=DAILY;INTERVAL=3;COUNT=40',
    'FREQ=DAILY;BYMONTH=12;BYMONTHDAY=25;COUNT=9',
    'FREQ=WEEKLY;COUNT=9',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;COUNT=9',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;WKST=SU;COUNT=9',
    'FREQ=WEEKLY;BYDAY=TU;COUNT=1',
    'FREQ=MONTHLY;COUNT=9',
    'FREQ=MONTHLY;BYDAY=-1FR;COUNT=9',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=9',
    'FREQ=MONTHLY;BYMONTHDAY=-31;COUNT=9',
    'FREQ=YEARLY;COUNT=3',
    'FREQ=YEARLY;BYDAY=-1MO;COUNT=3',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2',
    'FREQ=HOURLY;INTERVAL=5;COUNT=40',
  ];
  const starts = ['2026-03-20T09:00:00Z', '2026-01-31T02:30:00Z', '2026-10-04T23:30:00Z'];

  test.each(rules)('is not too early, and nothing comes behind it (%s)', (rule) => {
    for (const start of starts)
      for (const zone of ['Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'UTC']) {
        const first = at(start, zone);
        const count = Number(/COUNT=(\d+)/.exec(rule)?.[1]);
        const all = look(first, [`RRULE:${rule}`], { from: first.start, to: first.start + 4_000 * 24 * hour });
        // A start beside its rule comes on top.
        expect([count, count + 1]).toContain(all.starts.length);
        expect(all.complete).toBe(true);
        expect(endOf(first, [`RRULE:${rule}`])).toBe(all.starts.at(-1)! + hour);
        // Read piece by piece it is the same series.
        const pieces = until(30).flatMap((n) => {
          const begin = first.start + n * 14 * 24 * hour;
          return look(first, [`RRULE:${rule}`], { from: begin, to: begin + 14 * 24 * hour }).starts;
        });
        expect(new Set(pieces)).toEqual(new Set(all.starts.filter((each) => each < first.start + 30 * 14 * 24 * hour)));
      }
  });
});

describe('S33 in one agenda', () => {
  const event = (id: string, start: string, recurrence?: string[]): calendar_v3.Schema$Event => ({
    id,
    summary: id,
    start: { dateTime: start, timeZone: 'Europe/Lisbon' },
    end: { dateTime: start, timeZone: 'Europe/Lisbon' },
    ...(recurrence && { recurrence }),
  });
  const fortnight = ['2026-11-01', '2026-11-15'] as const;

  test('one series cannot take the place of the others', () => {
    const mirror = newMirror();
    for (let n = 0; n < 4; n++)
      mirror.event(event(`Dense ${n}`, '2026-10-01T00:00:00Z', [`RRULE:FREQ=DAILY;${hours}`]));
    mirror.event(event('Medicine', '2026-01-01T08:00:00Z', ['RRULE:FREQ=DAILY;BYHOUR=8,12,16,20']));
    for (let n = 10; n < 15; n++) mirror.event(event(`Tea ${n}`, `2026-11-${n}T16:00:00Z`));
    const { items, skipped } = mirror.agenda(...fortnight);
    // Nothing that can be found out is cut, however much there is of it.
    expect({ length: items.length > 1_000, skipped }).toEqual({ length: true, skipped: 0 });
    const count = (title: string) => items.filter((item) => item.title.startsWith(title)).length;
    expect(count('Medicine')).toBe(4 * 14);
    expect(count('Tea')).toBe(5);
    expect(items.filter(({ title }) => title === 'Medicine').some(({ incomplete }) => incomplete)).toBe(false);
  });

  test('what is not understood shows its start and says that there may be more', () => {
    const mirror = newMirror();
    mirror.event(event('Moons', '2026-11-02T09:00:00Z', ['RRULE:FREQ=MOONLY']));
    mirror.event(event('Daily', '2026-11-02T10:00:00Z', ['RRULE:FREQ=DAILY;COUNT=2']));
    const { items, skipped } = mirror.agenda(...fortnight);
    expect(skipped).toBe(0);
    expect(items.map(({ title, recurring, incomplete }) => ({ title, recurring, incomplete }))).toEqual([
      { title: 'Moons', recurring: true, incomplete: true },
      { title: 'Daily', recurring: true, incomplete: false },
      { title: 'Daily', recurring: true, incomplete: false },
    ]);
    // What is not going to be read is not kept where agendas read.
    mirror.event(event('Long', '2026-11-02T09:00:00Z', ['RRULE:FREQ=DAILY', 'X'.repeat(1_000_000)]));
    const long = mirror.outlines().find(({ id }) => id === 'Long')!;
    expect(long.outline.length).toBeLessThan(1_000);
  });

  test('dates that there are not, and days beyond the last, keep nobody from reading it', () => {
    const mirror = newMirror();
    const odd = ['RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:20261105T996699Z,20261106T246060', 'RDATE:20261107T250000Z'];
    mirror.event(event('Odd', '2026-11-05T09:00:00Z', odd));
    mirror.event({
      id: 'Ages',
      summary: 'Ages',
      start: { date: '2026-11-05' },
      end: { date: '9999-12-31' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=2'],
    });
    const { items } = mirror.agenda(...fortnight);
    expect(items.map(({ title }) => title)).toEqual(['Ages', 'Odd', 'Ages', 'Odd']);
  });

  test('thousands of hostile series leave honest events where they are', () => {
    const mirror = newMirror();
    const all = [...Object.values(unfit), ...Object.values(costly)].filter((lines) => lines.join().length < 20_000);
    const starts = ['2026-11-01T01:00:00Z', '2026-01-30T02:30:00Z'];
    mirror.store.write(() => {
      for (let n = 0; n < 3_000; n++) mirror.event(event(`Hostile ${n}`, starts[n % 2]!, all[n % all.length]));
      return true;
    });
    for (let n = 1; n < 15; n++) mirror.event(event(`Tea ${n}`, `2026-11-${String(n).padStart(2, '0')}T16:00:00Z`));
    mirror.event(event('Stand-up', '2026-01-05T09:00:00Z', ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=730']));
    const { items, skipped } = mirror.agenda(...fortnight);
    expect(skipped).toBeGreaterThan(0);
    expect(items.filter(({ title }) => title.startsWith('Tea'))).toHaveLength(14);
    const standUps = items.filter(({ title }) => title === 'Stand-up');
    expect(standUps.length).toBeGreaterThan(0);
    expect(standUps.every(({ incomplete }) => !incomplete)).toBe(true);
  });

  test('others have their turn while hostile series are looked into, every few thousand steps', () => {
    const mirror = newMirror();
    const all = Object.values(costly).filter((lines) => lines.join().length < 20_000);
    mirror.store.write(() => {
      for (let n = 0; n < 300; n++) mirror.event(event(`${n}`, begun[n % 2] ?? '', all[n % all.length]));
      return true;
    });
    const { calendar } = mirror.store.mirrors;
    const days = { from: '2026-11-01', to: '2026-11-15', timeZone: 'Europe/Lisbon', after: null, limit: 100 };
    const turns = [...readAgenda(calendar, ['ada'], days)].length;
    expect(turns).toBeGreaterThan(100);
    // What has been found out is not found out again, page by page, until a row changes.
    const again = () => [...readAgenda(calendar, ['ada'], days)].length;
    expect(again()).toBe(0);
    mirror.event(event('Tea', '2026-11-10T16:00:00Z'));
    expect(again()).toBeGreaterThan(100);
  });

  test('a series that is not looked into far enough to show anything is told of', () => {
    const mirror = newMirror();
    mirror.event(event('Minutes', '2020-01-01T00:00:00Z', ['RRULE:FREQ=MINUTELY;BYHOUR=9;COUNT=500000000']));
    expect(mirror.agenda(...fortnight)).toEqual({ items: [], skipped: 1 });
  });

  test('the cheap series are read first when all of them are too many', () => {
    const mirror = newMirror();
    const never = ['RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'];
    mirror.store.write(() => {
      for (let n = 0; n < 1_000; n++) mirror.event(event(`Never ${n}`, '2026-03-01T01:30:00Z', never));
      return true;
    });
    // The last that the mirror would come to.
    mirror.event(event('Stand-up', '2026-09-01T09:00:00Z', ['RRULE:FREQ=DAILY']));
    const { items, skipped } = mirror.agenda(...fortnight);
    expect(items.map(({ title, incomplete }) => `${title} ${incomplete}`)).toEqual(Array(14).fill('Stand-up false'));
    // Some of the others were not looked at, and that is told.
    expect(skipped).toBeGreaterThan(0);
  });
});
