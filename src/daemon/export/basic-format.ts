import { Temporal } from 'temporal-polyfill';

// How iCalendar and vCard write days and moments: ISO 8601 without its dashes and colons.

/** `20260302`, of its midnight UTC. */
export const basicDay = (at: number): string => basicLocal(at, 'UTC').slice(0, 8);

/** `20260302T090000Z` */
export const basicUtc = (at: number): string => `${basicLocal(at, 'UTC')}Z`;

/** `20260302T100000`, by the clocks of a zone. */
export function basicLocal(at: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
}

/** The moment of a text such as `2026-03-02T09:00:00.000Z`; null where it is none that can be written so. */
export function basicMoment(text: string | null | undefined): string | null {
  const at = Date.parse(text ?? '');
  return isWritable(at) ? basicUtc(at) : null;
}

/** Whether four digits are enough for its year. */
export const isWritable = (at: number): boolean => at >= firstWritable && at <= lastWritable;

export const firstWritable = Date.UTC(1000, 0, 1);
export const lastWritable = Date.UTC(9999, 11, 31);
