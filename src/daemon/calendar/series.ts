import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { type DateList, readDateLists, stampInZone } from './recurrence-lines.ts';
import { day, type When } from './when.ts';

/** The end of a series that has none; the last moment a Date can hold. */
export const endless = 8_640_000_000_000_000;

/** Google allows no more occurrences than this in a COUNT; larger ones are not worth counting out. */
const countable = 1_000;

/**
 * The starts of the occurrences in [from, to), ascending, at most `limit`, in the terms of {@link When}. Exceptions are
 * not considered. A series whose rule cannot be understood occurs once, at its own start.
 */
export function occurrences(
  first: When,
  recurrence: readonly string[],
  from: number,
  to: number,
  limit: number,
): number[] {
  const starts = new Set<number>();
  try {
    const rules = readRules(first, recurrence);
    const added = readDateLists('RDATE', recurrence);
    for (const rule of rules) for (const start of walk(rule, from, to, limit)) starts.add(start);
    for (const start of added.flatMap((list) => startsOf(list, first))) starts.add(start);
    if (rules.length === 0) starts.add(first.start);
  } catch {
    starts.clear();
    starts.add(first.start);
  }
  const excluded = exclusion(first, readDateLists('EXDATE', recurrence));
  return [...starts]
    .filter((start) => start >= from && start < to && !excluded(start))
    .sort((a, b) => a - b)
    .slice(0, limit);
}

/** The end of the last occurrence, or a little later; {@link endless} when there is none. Never too early. */
export function endOfSeries(first: When, recurrence: readonly string[]): number {
  const length = first.end - first.start;
  try {
    const rules = readRules(first, recurrence);
    const added = readDateLists('RDATE', recurrence).flatMap((list) => startsOf(list, first));
    const last = Math.max(first.start, ...added, ...rules.map(lastStart));
    return Math.min(last + length, endless);
  } catch {
    return first.end;
  }
}

function lastStart(rule: RRuleTemporal): number {
  const { until, count } = rule.options();
  if (until) return until.epochMilliseconds;
  if (count === undefined || count > countable) return endless;
  return rule.previous(new Date(endless))?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
}

function* walk(rule: RRuleTemporal, from: number, to: number, limit: number): Generator<number> {
  let next = rule.next(new Date(from), true);
  for (let n = 0; n < limit && next && next.epochMilliseconds < to; n++) {
    yield next.epochMilliseconds;
    next = rule.next(next, false);
  }
}

function readRules(first: When, recurrence: readonly string[]): RRuleTemporal[] {
  const dtstart =
    first.kind === 'all-day'
      ? `DTSTART;VALUE=DATE:${compactDay(first.start)}`
      : `DTSTART;TZID=${first.zone}:${compactLocal(first.start, first.zone)}`;
  return recurrence
    .filter((line) => /^RRULE[:;]/i.test(line))
    .map((line) => new RRuleTemporal({ rruleString: `${dtstart}\n${agreeingUntil(line, first)}` }));
}

/** Google writes UNTIL now as a day and now as a moment; the library wants it of the same kind as the start. */
function agreeingUntil(line: string, first: When): string {
  return line.replace(
    /(UNTIL=)(\d{8})(T\d{6})?(Z?)/i,
    (whole, name: string, date: string, time?: string, utc?: string) => {
      if (first.kind === 'all-day') return name + date;
      if (!time || utc) return whole;
      const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}${time}`;
      const at = Temporal.PlainDateTime.from(iso).toZonedDateTime(first.zone).epochMilliseconds;
      return `${name}${compactLocal(at, 'UTC')}Z`;
    },
  );
}

function startsOf(list: DateList, first: When): number[] {
  return list.stamps.flatMap((stamp) => {
    if (first.kind === 'all-day') return [stamp.day];
    const local = new Date(first.start + offsetAt(first)).toISOString().slice(11, 19);
    // A bare day means the series' own time of that day.
    return [stampInZone(stamp.time === null ? { ...stamp, time: local } : stamp, list.zone ?? first.zone)];
  });
}

function exclusion(first: When, lists: readonly DateList[]): (start: number) => boolean {
  const days = new Set<number>();
  const moments = new Set<number>();
  for (const list of lists)
    for (const stamp of list.stamps)
      if (first.kind === 'all-day' || stamp.time === null) days.add(stamp.day);
      else moments.add(stampInZone(stamp, list.zone ?? first.zone));
  return (start) => moments.has(start) || days.has(dayOf(start, first));
}

function dayOf(start: number, first: When): number {
  const local = first.kind === 'all-day' ? start : start + offsetAt({ ...first, start });
  return Math.floor(local / day) * day;
}

function offsetAt(at: Extract<When, { kind: 'timed' }>): number {
  return Temporal.Instant.fromEpochMilliseconds(at.start).toZonedDateTimeISO(at.zone).offsetNanoseconds / 1e6;
}

const compactDay = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

function compactLocal(at: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
}
