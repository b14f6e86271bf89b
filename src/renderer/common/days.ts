/**
 * Calendar days as `YYYY-MM-DD`. Their arithmetic is done in UTC, where every day has 24 hours; a zone matters only for
 * the question which day a moment falls on.
 */
const dayLength = 86_400_000;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: string, count: number): string =>
  new Date(utc(day) + count * dayLength).toISOString().slice(0, 10);

/** The days from `from` up to but not including `to`. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Says on which day of `timeZone` a moment falls. */
export function dayTeller(timeZone: string): (moment: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (moment) => {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    return `${parts['year']}-${parts['month']}-${parts['day']}`;
  };
}

export interface DayWords {
  /** "Monday, 12 May 2025" */
  readonly full: (day: string) => string;
  /** "Mon" */
  readonly weekday: (day: string) => string;
  /** "12" */
  readonly date: (day: string) => string;
  /** "May" */
  readonly month: (day: string) => string;
  /** "12 – 25 May 2025", months shortened; `to` is exclusive. */
  readonly range: (from: string, to: string) => string;
}

export function dayWords(locale: string | undefined): DayWords {
  const formatter = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const full = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = formatter({ weekday: 'short' });
  const date = formatter({ day: 'numeric' });
  const month = formatter({ month: 'short' });
  const range = formatter({ day: 'numeric', month: 'short', year: 'numeric' });
  return {
    full: (day) => full.format(utc(day)),
    weekday: (day) => weekday.format(utc(day)),
    date: (day) => date.format(utc(day)),
    month: (day) => month.format(utc(day)),
    range: (from, to) => range.formatRange(utc(from), utc(addDays(to, -1))),
  };
}
