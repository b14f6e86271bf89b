import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { occurrences } from '../../src/daemon/calendar/series.ts';
import { stepsUpTo } from '../../src/daemon/calendar/steps.ts';
import type { When } from '../../src/daemon/calendar/when.ts';

// Rules as Google writes them, expanded here and by ical.js, which shares no code with it.

const day = 86_400_000;
const hour = 3_600_000;
const zones = ['Europe/Lisbon', 'America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kolkata'];
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

interface Case {
  readonly first: When;
  readonly local: Temporal.PlainDateTime;
  readonly rule: string;
}

/** mulberry32 */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function caseOf(seed: number): Case {
  const random = randomFrom(seed);
  const one = <T>(of: readonly T[]): T => of[random(of.length)]!;
  const some = <T>(of: readonly T[]): T[] => of.filter(() => random(3) === 0);
  const local = Temporal.PlainDateTime.from('2023-01-01T00:00:00').add({
    days: random(1_200),
    hours: random(24),
    minutes: 30 * random(2),
  });
  const allDay = random(4) === 0;
  const zone = one(zones);
  const start = allDay ? local.with({ hour: 0, minute: 0 }) : local;
  const at = start.toZonedDateTime(allDay ? 'UTC' : zone).epochMilliseconds;
  const first: When = allDay
    ? { kind: 'all-day', start: at, end: at + day }
    : { kind: 'timed', start: at, end: at + hour, zone };
  const own = weekdays[start.dayOfWeek - 1]!;
  const ordinal = Math.ceil(start.day / 7);
  const days = [...new Set([...some(weekdays), random(5) === 0 ? one(weekdays) : own])];
  const [frequency, ...parts] = one([
    ['DAILY'],
    ['WEEKLY'],
    ['WEEKLY', `BYDAY=${days}`],
    ['WEEKLY', `BYDAY=${days}`, `WKST=${one(['SU', 'MO', 'SA'])}`],
    ['MONTHLY'],
    ['MONTHLY', `BYMONTHDAY=${start.day}`],
    ['MONTHLY', 'BYMONTHDAY=-1'],
    ['MONTHLY', `BYDAY=${ordinal}${own}`],
    ['MONTHLY', `BYDAY=-1${own}`],
    ['MONTHLY', 'BYDAY=MO,TU,WE,TH,FR', `BYSETPOS=${one([1, -1, 2])}`],
    ['YEARLY'],
    ['YEARLY', `BYMONTH=${start.month}`, `BYDAY=${one([ordinal, -1])}${own}`],
    ['YEARLY', `BYMONTH=${start.month}`, `BYMONTHDAY=${start.day}`],
    ['DAILY', 'BYDAY=MO,TU,WE,TH,FR'],
  ]);
  const interval = random(2) === 0 ? [] : [`INTERVAL=${1 + random(4)}`];
  const until = start
    .add({ days: random(900) })
    .toString({ smallestUnit: 'second' })
    .replaceAll(/[-:]/g, '');
  const untilText = allDay ? until.slice(0, 8) : until;
  const end = one([[], [`COUNT=${1 + random(30)}`], [`UNTIL=${untilText}`]]);
  return { first, local: start, rule: [`FREQ=${frequency}`, ...parts, ...interval, ...end].join(';') };
}

const placed = (local: Temporal.PlainDateTime, first: When): number =>
  local.toZonedDateTime(first.kind === 'all-day' ? 'UTC' : first.zone).epochMilliseconds;

/** By ical.js, in local time, from the start up to a day. */
function byIcal({ local, rule }: Case, until: Temporal.PlainDateTime): Temporal.PlainDateTime[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(
    ICAL.Time.fromDateTimeString(local.toString({ smallestUnit: 'second' })),
  );
  const found: Temporal.PlainDateTime[] = [];
  for (let next = iterator.next(); next; next = iterator.next()) {
    const at = Temporal.PlainDateTime.from(next.toString());
    if (Temporal.PlainDateTime.compare(at, until) >= 0) break;
    found.push(at);
  }
  return found;
}

interface Difference {
  readonly who: string;
  readonly seeds: readonly number[];
  /** What is right, made of ical.js's answer. */
  right(each: Case, until: Temporal.PlainDateTime): Temporal.PlainDateTime[];
}

const oneMore = ({ rule, ...each }: Case): Case => ({
  ...each,
  rule: rule.replace(/COUNT=(\d+)/, (_whole, count) => `COUNT=${Number(count) + 1}`),
});

/** Where the two differ in these rules, and who is right. */
const differences: readonly Difference[] = [
  {
    who: 'We are: Google shows a start beside its rule and counts without it. ical.js counts it where it has it at all.',
    seeds: [8, 279, 322, 393, 839, 968],
    right: (each, until) => byIcal(oneMore(each), until),
  },
  {
    who: 'We are: BYSETPOS is a place in all of the month. In the first one ical.js has the start beside the rule move it.',
    seeds: [843],
    right: (each, until) => [
      each.local,
      ...byIcal(oneMore(each), until).filter((at) => at.toPlainDate().toString() !== '2024-06-03'),
    ],
  },
];

const find = (first: When, recurrence: string[], span: { from: number; to: number }) => {
  const steps = stepsUpTo(1_000_000);
  const found = occurrences(first, recurrence, span, { limit: 10_000, exceptions: new Set(), steps });
  return { starts: found.occurrences.map(({ start }) => start), complete: found.complete };
};

describe('1,000 rules as Google writes them are expanded as ical.js does', () => {
  test.each(Array.from({ length: 10 }, (_, part) => part))('part %i', (part) => {
    for (let seed = part * 100; seed < part * 100 + 100; seed += 1) {
      const each = caseOf(seed);
      const { first, local, rule } = each;
      const horizon = local.add({ years: 4 });
      const difference = differences.find(({ seeds }) => seeds.includes(seed));
      const moments = (times: Temporal.PlainDateTime[]) => [
        // ical.js leaves out most starts that are beside their rule; Google shows them.
        ...new Set([first.start, ...times.map((at) => placed(at, first))]),
      ];
      const there = moments(byIcal(each, horizon));
      const right = difference ? moments(difference.right(each, horizon)) : there;
      if (difference) expect(right).not.toEqual(there);
      const what = `${seed}: ${local} ${first.kind} ${rule}`;
      const whole = find(first, [`RRULE:${rule}`], { from: first.start, to: placed(horizon, first) });
      expect({ what, ...whole }).toEqual({ what, starts: right, complete: true });
      // A month within it, looked at by itself.
      const month = { from: first.start + 370 * day, to: first.start + 400 * day };
      const length = first.end - first.start;
      expect({ what, ...find(first, [`RRULE:${rule}`], month) }).toEqual({
        what,
        starts: right.filter((at) => at + length > month.from && at < month.to),
        complete: true,
      });
    }
  });
});

test('ordinals in a year: ical.js takes BYDAY=20TU for every Tuesday; RFC 5545 3.3.10 means the twentieth', () => {
  const local = Temporal.PlainDateTime.from('2024-05-14T00:00:00');
  const start = placed(local, { kind: 'all-day', start: 0, end: 0 });
  const first: When = { kind: 'all-day', start, end: start + day };
  const rule = 'FREQ=YEARLY;BYDAY=20TU;COUNT=3';
  expect(find(first, [`RRULE:${rule}`], { from: start, to: start + 2_000 * day }).starts.map(dayOf)).toEqual([
    '2024-05-14',
    '2025-05-20',
    '2026-05-19',
  ]);
  const there = byIcal({ first, local, rule }, local.add({ years: 4 }));
  expect(there.map((at) => at.toPlainDate().toString())).not.toContain('2026-05-19');
});

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
