import type { calendar_v3 } from '@googleapis/calendar';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { readPosition, writePosition } from '../../src/daemon/calendar/position.ts';
import { windowAround } from '../../src/daemon/calendar/window.ts';
import { seedEvents } from '../google/calendar/seed-events.ts';
import { type Mirror, newMirror } from './support/mirror.ts';
import { morning } from './support/morning.ts';
import { newWorld } from './support/world.ts';

type Event = calendar_v3.Schema$Event;
const day = 86_400_000;
const dayAt = (offset: number) => new Date(morning + offset * day).toISOString().slice(0, 10);
const zones = ['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Etc/GMT+12'] as const;

/** The same agenda from rows and by the rules of the series. */
function expectAgreement(inRows: Mirror, byRule: Mirror, offsets: readonly number[]): void {
  for (const offset of offsets)
    for (const zone of zones) {
      const stretch = [dayAt(offset), dayAt(offset + 14), zone] as const;
      expect(inRows.agenda(...stretch)).toEqual(byRule.agenda(...stretch));
    }
}

/** Around today, at the edges of what stands in rows, and beyond. */
const offsets = [-40, -30, -14, 0, 9, 60, 90, 100, 130, 300];

describe('occurrences in rows are those that the rules say', () => {
  test.each([1, 2, 3, 4])('of calendars like %i', (seed) => {
    const [inRows, byRule] = [newMirror(), newMirror()];
    for (const event of seedEvents(seed, 'rows', 400, morning))
      for (const mirror of [inRows, byRule]) mirror.event(event);
    inRows.spread(morning);
    expectAgreement(inRows, byRule, offsets);
  });

  test('also when the window has moved on by weeks, and when the clock was set back', () => {
    const [inRows, byRule] = [newMirror(), newMirror()];
    for (const event of seedEvents(5, 'rows', 300, morning)) for (const mirror of [inRows, byRule]) mirror.event(event);
    for (const weeks of [0, 3, 11, 2]) {
      inRows.spread(morning + weeks * 7 * day);
      expectAgreement(inRows, byRule, [0, weeks * 7, weeks * 7 + 80]);
    }
  });

  const at = (date: string, hour: number): calendar_v3.Schema$EventDateTime => ({
    dateTime: `${date}T${String(hour).padStart(2, '0')}:00:00Z`,
    timeZone: 'Europe/London',
  });
  const daily: Event = {
    id: 'daily',
    etag: '1',
    summary: 'Daily',
    start: at('2026-11-01', 9),
    end: at('2026-11-01', 10),
    recurrence: ['RRULE:FREQ=DAILY'],
  };
  const exception = (etag: string, more: Event): Event => ({
    id: 'daily_x',
    etag,
    recurringEventId: 'daily',
    originalStartTime: at('2026-11-04', 9),
    ...more,
  });

  test('through a life of exceptions: moved, moved again, cancelled, held again, and the rule changed', () => {
    const steps: Event[] = [
      daily,
      exception('2', { summary: 'Moved', start: at('2026-11-04', 15), end: at('2026-11-04', 16) }),
      exception('3', { summary: 'Moved far', start: at('2027-06-01', 15), end: at('2027-06-01', 16) }),
      exception('4', { status: 'cancelled' }),
      exception('5', { summary: 'Held', start: at('2026-11-04', 9), end: at('2026-11-04', 10) }),
      { ...daily, etag: '6', recurrence: ['RRULE:FREQ=DAILY;INTERVAL=2'] },
      { ...daily, etag: '7', recurrence: [] },
      { ...daily, etag: '8' },
      { id: 'daily', etag: '9', status: 'cancelled' },
    ];
    const mirror = newMirror();
    for (const [index, step] of steps.entries()) {
      mirror.event(step);
      mirror.settle();
      mirror.spread(morning);
      const fresh = newMirror();
      for (const each of steps.slice(0, index + 1)) {
        fresh.event(each);
        fresh.settle();
      }
      expect(mirror.lines('2026-11-01', '2026-11-15')).toEqual(fresh.lines('2026-11-01', '2026-11-15'));
      expect(mirror.lines('2027-06-01', '2027-06-02')).toEqual(fresh.lines('2027-06-01', '2027-06-02'));
    }
    expect(mirror.lines('2026-11-01', '2026-11-15')).toEqual([]);
  });

  test('a deletion that carries nothing but the id of a known exception cancels that occurrence', () => {
    const mirror = newMirror();
    mirror.event(daily);
    mirror.event(exception('2', { summary: 'Moved', start: at('2026-11-04', 15), end: at('2026-11-04', 16) }));
    mirror.event({ id: 'daily_x', etag: '3', status: 'cancelled' });
    for (const spread of [false, true]) {
      if (spread) mirror.spread(morning);
      expect(mirror.lines('2026-11-03', '2026-11-06')).toEqual([
        'Daily: 2026-11-03T09:00 for 60',
        'Daily: 2026-11-05T09:00 for 60',
      ]);
    }
  });

  test('a series stands again where an exception was that a reading from the beginning did not meet', () => {
    const mirror = newMirror();
    const { events } = mirror.store.mirrors.calendar;
    mirror.event(exception('2', { summary: 'Moved', start: at('2026-11-04', 15), end: at('2026-11-04', 16) }));
    mirror.event(daily);
    mirror.spread(morning);
    expect(mirror.lines('2026-11-04', '2026-11-05')).toEqual(['Moved: 2026-11-04T15:00 for 60']);
    mirror.event(daily, 'work', 'ada', 2);
    events.sweep('ada', 'work', 2);
    mirror.spread(morning);
    expect(mirror.lines('2026-11-04', '2026-11-05')).toEqual(['Daily: 2026-11-04T09:00 for 60']);
  });

  test('S33 one that has more of them than a window takes is expanded when it is asked for, and whole', () => {
    const mirror = newMirror();
    mirror.event({ ...daily, recurrence: ['RRULE:FREQ=DAILY;BYHOUR=0,2,4,6,8,10,12,14,16,18,20,22'] });
    mirror.spread(morning);
    const { items } = mirror.agenda('2026-11-02', '2026-11-09', 'Europe/London');
    expect(items).toHaveLength(7 * 12);
    expect(items.some(({ incomplete }) => incomplete)).toBe(false);
  });
});

test('a calendar that moves to another time zone is read anew', async () => {
  const world = await newWorld({ events: 0, calendars: 1 });
  const { control, sub, primary } = world;
  control.insertEvent(sub, primary, {
    summary: 'Floating',
    start: { dateTime: '2026-11-05T09:00:00' },
    end: { dateTime: '2026-11-05T10:00:00' },
  });
  const pair = await world.synced();
  const start = async () => (await pair.items()).map(({ when }) => when.start);
  expect(await start()).toEqual([Date.parse('2026-11-05T09:00:00Z')]);
  control.updateCalendar(sub, primary, { timeZone: 'Asia/Tokyo' });
  await pair.sync();
  expect(await start()).toEqual([Date.parse('2026-11-05T00:00:00Z')]);
});

describe('reading on', () => {
  const filled = () => {
    const mirror = newMirror();
    for (const event of seedEvents(9, 'pages', 500, morning)) mirror.event(event);
    mirror.spread(morning);
    return mirror;
  };

  test.each([1, 3, 50])('by %i at a time meets everything once, in order', (limit) => {
    const mirror = filled();
    for (const zone of zones) {
      const all = mirror.agenda(dayAt(0), dayAt(21), zone).items;
      expect(mirror.agenda(dayAt(0), dayAt(21), zone, limit).items).toEqual(all);
    }
  });

  test.each([0, 300])('%i days ahead, things that start together are each met once, one at a time', (offset) => {
    const mirror = newMirror();
    const start = { dateTime: '2026-11-01T09:00:00Z', timeZone: 'Europe/London' };
    const end = { dateTime: '2026-11-01T10:00:00Z', timeZone: 'Europe/London' };
    const days = { start: { date: '2026-11-01' }, end: { date: '2026-11-02' } };
    for (const id of ['a', 'b', 'c', 'd']) {
      const when = id < 'c' ? { start, end } : days;
      mirror.event({ id, etag: id, summary: id, ...when, recurrence: ['RRULE:FREQ=DAILY'] });
    }
    mirror.spread(morning);
    const { items } = mirror.agenda(dayAt(offset), dayAt(offset + 3), 'Europe/London', 1);
    expect(items.map(({ title }) => title).join('')).toBe('cdab'.repeat(3));
  });

  test('what comes and goes between two pages is neither met twice nor hides another', async () => {
    const world = await newWorld({ events: 300, calendars: 1 });
    const pair = await world.synced();
    const ask = async (after: string | null) =>
      (await pair.ask('ask', {
        service: 'calendar',
        name: 'agenda',
        accounts: [pair.accountId],
        params: { from: '2026-11-01', to: '2026-12-01', timeZone: 'Europe/London', after, limit: 10 },
      })) as { items: { key: string; title: string }[]; next: string | null };
    const first = await ask(null);
    const before = await pair.items();
    for (const date of ['2026-11-01', '2026-11-02'])
      world.control.insertEvent(world.sub, world.primary, { summary: `Late ${date}`, start: { date }, end: { date } });
    await pair.sync();
    const met = [...first.items];
    for (let page = await ask(first.next); ; page = await ask(page.next)) {
      met.push(...page.items);
      if (page.next === null) break;
    }
    expect(met.map(({ key }) => key)).toEqual([...new Set(met.map(({ key }) => key))]);
    const keys = new Set(met.map(({ key }) => key));
    for (const { key } of before) expect(keys.has(key)).toBe(true);
  });

  test('from a place that makes no sense is refused', () => {
    const position = { at: 1, kind: 'timed', row: 2, start: 3 } as const;
    expect(readPosition(writePosition(position))).toEqual(position);
    for (const text of ['', 'x', 'e30', Buffer.from('[1,2,3,4]').toString('base64url'), '💥'])
      expect(() => readPosition(text)).toThrow('makes no sense');
  });
});

test('the window lies around today, and moves by weeks', () => {
  for (let offset = 0; offset < 30; offset += 1) {
    const { from, to } = windowAround(morning + offset * day);
    expect(morning + offset * day - from).toBeGreaterThanOrEqual(28 * day);
    expect(to - morning - offset * day).toBeGreaterThanOrEqual(97 * day);
  }
  const starts = new Set(Array.from({ length: 28 }, (_, offset) => windowAround(morning + offset * day).from));
  expect(starts.size).toBeLessThanOrEqual(5);
});

test('50,000 events: walking a fortnight meets every occurrence there is', { timeout: 300_000 }, async () => {
  const world = await newWorld({ events: 50_000, calendars: 1 });
  const pair = await world.synced();
  const [from, to] = ['2026-11-02', '2026-11-16'];
  const met = (await pair.items({ from, to, timeZone: 'UTC' })).map(
    ({ eventId, when }) => `${eventId} ${when.kind === 'timed' ? new Date(when.start).toISOString() : when.start}`,
  );
  const there = occurrencesAt(world.control.events(world.sub, world.primary), from, to);
  expect(there.length).toBeGreaterThan(5_000);
  expect(met.toSorted()).toEqual(there.toSorted());
});

/** What Google has on during some days of UTC, found out with none of the app's own code. */
function occurrencesAt(events: readonly Event[], from: string, to: string): string[] {
  const [begin, end] = [from, to].map((date) => Date.parse(`${date}T00:00:00Z`)) as [number, number];
  const moment = (time: Event['start']) => Date.parse(time?.date ? `${time.date}T00:00:00Z` : (time?.dateTime ?? ''));
  const replaced = new Set(
    events.flatMap(({ recurringEventId: of, originalStartTime: start }) => (of ? [`${of} ${moment(start)}`] : [])),
  );
  return events.flatMap((event) => {
    if (event.status === 'cancelled' || !event.start || !event.id) return [];
    const { id, start, recurrence } = event;
    const length = moment(event.end) - moment(start);
    const touches = (at: number) => at < end && (at + length > begin || (length === 0 && at >= begin));
    const name = (at: number) =>
      `${id} ${start.date ? new Date(at).toISOString().slice(0, 10) : new Date(at).toISOString()}`;
    if (!recurrence) return touches(moment(start)) ? [name(moment(start))] : [];
    const zone = start.date ? 'UTC' : (start.timeZone ?? 'UTC');
    const dtstart = Temporal.Instant.fromEpochMilliseconds(moment(start)).toZonedDateTimeISO(zone);
    const [line = ''] = recurrence;
    const rule = start.date ? line.replace(/UNTIL=(\d{8})(?!T)/, 'UNTIL=$1T000000Z') : line;
    const excluded = recurrence.slice(1).flatMap((text) => exclusions(text, zone));
    return new RRuleTemporal({ rruleString: rule, dtstart })
      .between(new Date(begin - length), new Date(end), true)
      .map(({ epochMilliseconds }) => epochMilliseconds)
      .filter((at) => touches(at) && !excluded.includes(at) && !replaced.has(`${id} ${at}`))
      .map(name);
  });
}

function exclusions(line: string, zone: string): number[] {
  const value = line.split(':').at(-1) ?? '';
  const [, year, month, date, hour, minute] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?/.exec(value) ?? [];
  const local = Temporal.PlainDateTime.from(`${year}-${month}-${date}T${hour ?? '00'}:${minute ?? '00'}:00`);
  return [local.toZonedDateTime(zone).epochMilliseconds];
}
