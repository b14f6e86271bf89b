import { day } from './when.ts';

/** Google's own series are days, weeks, months and years; more often than 24 times a day nobody meets. */
const daysOf = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 } as const;
const mostTimesADay = 24;
/** A year of days that are left out, and more rules, dates and values than a person would choose. */
const longestRecurrence = 10_000;
const longestRule = 500;
const mostRules = 4;
const mostValues = 100;

/** A recurrence rule as far as it says what expanding it costs: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 */
export interface Rule {
  readonly line: string;
  readonly frequency: keyof typeof daysOf;
  readonly interval: number;
  /** From one period to the next, in milliseconds, or a little more. */
  readonly period: number;
  readonly count: number | null;
  /** BYDAY without ordinals, and WKST; 0 is Monday. */
  readonly weekdays: { readonly days: readonly number[]; readonly weekStart: number } | null;
  /** Whether nothing but such weekdays narrows it down or multiplies it. */
  readonly plain: boolean;
  /** Whether a part of the rule may leave a period, or all of them, without an occurrence. */
  readonly limited: boolean;
  /** The work in one period, in steps of about ten microseconds. */
  readonly steps: number;
}

/**
 * The rules among the lines of a recurrence. Null where they are more, longer or denser than a calendar has any use for:
 * whoever can send an invitation can send such, and expanding one could take for ever.
 */
export function readRules(recurrence: readonly string[]): Rule[] | null {
  if (recurrence.reduce((length, line) => length + line.length + 1, 0) > longestRecurrence) return null;
  const lines = recurrence.filter((line) => /^RRULE[:;]/i.test(line));
  if (lines.length > mostRules) return null;
  const rules = lines.map(readRule);
  return rules.every((rule) => rule !== null) ? rules : null;
}

function readRule(line: string): Rule | null {
  if (line.length > longestRule || !/^RRULE:(?:[A-Z-]+=[A-Z0-9,+-]+(?:;|$))+$/i.test(line)) return null;
  const parts = new Map(
    line
      .slice('RRULE:'.length)
      .toUpperCase()
      .split(';')
      .map((part) => part.split('=') as [string, string]),
  );
  const frequency = parts.get('FREQ');
  const interval = readNumber(parts.get('INTERVAL') ?? '1', 4);
  const count = readNumber(parts.get('COUNT') ?? '0', 9);
  const values = (name: string) => parts.get(name)?.split(',').length ?? 0;
  const total = [...parts.keys()].filter((name) => name.startsWith('BY')).reduce((sum, name) => sum + values(name), 0);
  const times = ['BYHOUR', 'BYMINUTE', 'BYSECOND'].reduce((product, name) => product * Math.max(1, values(name)), 1);
  if (!isFrequency(frequency) || !interval || count === null || parts.has('RSCALE')) return null;
  if (total > mostValues || times > mostTimesADay) return null;
  // The RFC has them in years only; elsewhere the library may go through all periods since the start.
  if (frequency !== 'YEARLY' && (parts.has('BYWEEKNO') || parts.has('BYYEARDAY'))) return null;

  const period = interval * daysOf[frequency] * day;
  const days = daysInPeriod(frequency, values);
  const weekdays = readWeekdays(parts);
  // What BYSETPOS leaves is few, but of a day all times are gone through, and more than once.
  const chosen = frequency === 'DAILY' ? 2 * times : values('BYSETPOS');
  const found = parts.has('BYSETPOS') ? chosen : days * times;
  return {
    line,
    frequency,
    interval,
    period,
    count: parts.has('COUNT') ? count : null,
    weekdays,
    plain: ![...parts.keys()].some((name) => name.startsWith('BY') && !(name === 'BYDAY' && weekdays)),
    limited: isLimited(frequency, parts),
    steps: 1 + days + (days * times) / 8 + (times > 1 ? 4 * found : 0),
  };
}

const isFrequency = (text: string | undefined): text is Rule['frequency'] =>
  text !== undefined && Object.hasOwn(daysOf, text);

const readNumber = (text: string, digits: number): number | null =>
  /^\d+$/.test(text) && text.length <= digits ? Number(text) : null;

const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function readWeekdays(parts: ReadonlyMap<string, string>): Rule['weekdays'] {
  const days = parts
    .get('BYDAY')
    ?.split(',')
    .map((name) => weekdayNames.indexOf(name));
  const weekStart = weekdayNames.indexOf(parts.get('WKST') ?? 'MO');
  return days && !days.includes(-1) && weekStart !== -1 ? { days, weekStart } : null;
}

/** How many days of a period the rule may choose from, or a few more. */
function daysInPeriod(frequency: Rule['frequency'], values: (name: string) => number): number {
  const named = values('BYDAY') + values('BYMONTHDAY') + values('BYYEARDAY') + values('BYWEEKNO') * 7;
  const months = values('BYMONTH');
  switch (frequency) {
    case 'DAILY':
      return 1;
    case 'WEEKLY':
      return Math.min(Math.max(1, named), 7);
    case 'MONTHLY':
      return Math.min(Math.max(1, 5 * named), 31);
    case 'YEARLY':
      if (named === 0) return Math.max(1, months);
      return Math.min((months === 0 ? 53 : 5 * months) * named, 366);
  }
}

function isLimited(frequency: Rule['frequency'], parts: ReadonlyMap<string, string>): boolean {
  const limits = [...parts.keys()].filter((name) => name.startsWith('BY'));
  if (limits.length === 0) return false;
  if (limits.join() !== 'BYDAY') return true;
  if (frequency === 'WEEKLY') return false;
  // Every month has four of each weekday, and may lack a fifth.
  return frequency !== 'MONTHLY' || !/^(?:-?[1-4](?:MO|TU|WE|TH|FR|SA|SU)(?:,|$))+$/.test(parts.get('BYDAY') ?? '');
}
