/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 */
export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';

export interface Weekday {
  /** 0 is Monday. */
  readonly day: number;
  /** Which of its month or year, from the end where it is negative; null for each. */
  readonly ordinal: number | null;
}

/** A recurrence rule. A list that is not there is null. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** As it is written: `20260403`, `20260403T090000` or `20260403T080000Z`. */
  readonly until: string | null;
  readonly weekStart: number;
  readonly months: readonly number[] | null;
  readonly weekNumbers: readonly number[] | null;
  readonly yearDays: readonly number[] | null;
  readonly monthDays: readonly number[] | null;
  readonly weekdays: readonly Weekday[] | null;
  readonly hours: readonly number[] | null;
  readonly minutes: readonly number[] | null;
  readonly seconds: readonly number[] | null;
  readonly positions: readonly number[] | null;
}

const frequencies: ReadonlySet<string> = new Set<Frequency>([
  'YEARLY',
  'MONTHLY',
  'WEEKLY',
  'DAILY',
  'HOURLY',
  'MINUTELY',
  'SECONDLY',
]);
const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The parts of a rule that are lists of numbers, with their greatest. */
const greatest = {
  BYMONTH: 12,
  BYWEEKNO: 53,
  BYYEARDAY: 366,
  BYMONTHDAY: 31,
  BYHOUR: 23,
  BYMINUTE: 59,
  BYSECOND: 60,
  BYSETPOS: 366,
} as const;

/** The rules of one name among the lines of a recurrence, each once; null for one that is no rule. */
export function readRules(name: 'RRULE' | 'EXRULE', recurrence: readonly string[]): (Rule | null)[] {
  const named = new RegExp(`^${name}(?:;[^:]*)?:`, 'i');
  const values = recurrence.filter((line) => named.test(line)).map((line) => line.replace(named, '').toUpperCase());
  return [...new Set(values)].map(readRule);
}

function readRule(text: string): Rule | null {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = ''] = part.trim().split('=');
    if (name !== '') parts.set(name, value);
  }
  const frequency = parts.get('FREQ');
  const interval = readNumber(parts.get('INTERVAL') ?? '1');
  const count = parts.has('COUNT') ? readNumber(parts.get('COUNT')) : null;
  const weekStart = weekdayNames.indexOf(parts.get('WKST') ?? 'MO');
  const weekdays = readList(parts.get('BYDAY'), readWeekday);
  const list = (name: keyof typeof greatest) => readList(parts.get(name), (value) => readValue(name, value));
  const read = {
    months: list('BYMONTH'),
    weekNumbers: list('BYWEEKNO'),
    yearDays: list('BYYEARDAY'),
    monthDays: list('BYMONTHDAY'),
    hours: list('BYHOUR'),
    minutes: list('BYMINUTE'),
    seconds: list('BYSECOND'),
    positions: list('BYSETPOS'),
  };
  // Another calendar's months are not told apart here.
  if (!isFrequency(frequency) || !interval || count === 0 || Number.isNaN(count) || parts.has('RSCALE')) return null;
  if (weekStart === -1 || weekdays === 'wrong') return null;
  const { months, weekNumbers, yearDays, monthDays, hours, minutes, seconds, positions } = read;
  if (months === 'wrong' || weekNumbers === 'wrong' || yearDays === 'wrong' || monthDays === 'wrong') return null;
  if (hours === 'wrong' || minutes === 'wrong' || seconds === 'wrong' || positions === 'wrong') return null;
  return {
    frequency,
    interval,
    count,
    until: parts.get('UNTIL') ?? null,
    weekStart,
    weekdays,
    ...{ months, weekNumbers, yearDays, monthDays, hours, minutes, seconds, positions },
  };
}

const isFrequency = (text: string | undefined): text is Frequency => text !== undefined && frequencies.has(text);

const readNumber = (text: string | undefined): number => (text && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN);

function readList<T>(text: string | undefined, read: (value: string) => T | null): readonly T[] | null | 'wrong' {
  if (text === undefined) return null;
  const values = [...new Set(text.split(','))].map((value) => read(value.trim()));
  return values.every((value) => value !== null) ? values : 'wrong';
}

function readWeekday(text: string): Weekday | null {
  const [, ordinal, name] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? [];
  const day = weekdayNames.indexOf(name ?? '');
  if (day === -1 || Math.abs(Number(ordinal ?? 1)) > 53 || Number(ordinal ?? 1) === 0) return null;
  return { day, ordinal: ordinal === undefined ? null : Number(ordinal) };
}

function readValue(name: keyof typeof greatest, text: string): number | null {
  const value = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  const signed = name === 'BYMONTHDAY' || name === 'BYYEARDAY' || name === 'BYWEEKNO' || name === 'BYSETPOS';
  const least = name === 'BYMONTH' || signed ? 1 : 0;
  const size = signed ? Math.abs(value) : value;
  if (!(size >= least && size <= greatest[name])) return null;
  // A minute with a second more is told by no clock here.
  return name === 'BYSECOND' ? Math.min(value, 59) : value;
}
