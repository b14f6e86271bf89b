import type { Rule } from './recurrence-rule.ts';
import { day, offsetAt, type When } from './when.ts';

/** Daylight saving leaves out times of the night only: https://www.iana.org/time-zones */
const morning = 4 * 3_600_000;

/**
 * A moment between the last occurrence of a rule with COUNT and the one that would follow, where that can be told
 * without going through them: days, and weekdays of weeks. Null elsewhere.
 */
export function endByCount({ frequency, interval, count, weekdays, plain }: Rule, first: When): number | null {
  const local = first.kind === 'all-day' ? first.start : first.start + offsetAt(first);
  if (count === null || !plain || (first.kind === 'timed' && local - midnightOf(local) < morning)) return null;
  if (frequency === 'DAILY' && weekdays === null) return afterDays(first, (count - 1) * interval);
  if (frequency !== 'WEEKLY') return null;

  // 1 January 1970 was a Thursday.
  const start = (midnightOf(local) / day + 3) % 7;
  const inWeek = (weekday: number) => (weekday - (weekdays?.weekStart ?? start) + 14) % 7;
  const days = [...new Set(weekdays?.days.map(inWeek) ?? [0])].sort((a, b) => a - b);
  const inFirst = days.filter((each) => each >= inWeek(start));
  const rest = count - 1 - inFirst.length;
  const last =
    rest < 0
      ? (inFirst[count - 1] ?? inWeek(start) - 1)
      : (1 + Math.floor(rest / days.length)) * 7 * interval + (days[rest % days.length] ?? 0);
  return afterDays(first, last - inWeek(start));
}

const midnightOf = (local: number): number => Math.floor(local / day) * day;

/** Half a day behind the same time so many days later. */
const afterDays = (first: When, days: number): number => first.start + days * day + day / 2;
