import { Temporal } from 'temporal-polyfill';
import type { EventTime } from '../../contract/calendar.ts';
import type { GoogleEvent, GoogleMoment } from './api.ts';
import { knownZone } from './zone-names.ts';

/**
 * When an event is. Times are epoch milliseconds, ends are exclusive. An all-day event has no zone: its days are counted
 * as if the world were on UTC, so that they compare as numbers too.
 */
export type When =
  | { readonly kind: 'timed'; readonly start: number; readonly end: number; readonly zone: string }
  | { readonly kind: 'all-day'; readonly start: number; readonly end: number };

export const day = 86_400_000;

/** Midnight UTC of a `YYYY-MM-DD`; null when there is no such day. */
export function dayToUtc(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 30 February is read as 2 March.
  return Number.isNaN(at) || utcToDay(at) !== text ? null : at;
}

/** The `YYYY-MM-DD` that {@link dayToUtc} came from. */
export const utcToDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last day that can be written so. */
export const lastDay = Date.UTC(9999, 11, 31);

/** A point of an event in epoch milliseconds; null when it cannot be read. */
export function readMoment(moment: GoogleMoment, calendarZone: string | null): number | null {
  if (moment?.date) return dayToUtc(moment.date);
  if (!moment?.dateTime) return null;
  // The end of a day is the beginning of the next: https://www.rfc-editor.org/rfc/rfc3339 has it no more, ISO 8601 had.
  const endOfDay = /T24:00(:00(\.0+)?)?(?=Z|[+-]|$)/i;
  const text = moment.dateTime.replace(endOfDay, 'T00:00:00');
  const later = text === moment.dateTime ? 0 : 1;
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return Temporal.Instant.from(text).epochMilliseconds + later * day;
    const zone = knownZone(moment.timeZone, calendarZone);
    return Temporal.PlainDateTime.from(text).add({ days: later }).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}

/** When the event, or the first occurrence of the series, is; null when Google's answer does not say. */
export function readWhen(event: Pick<GoogleEvent, 'start' | 'end'>, calendarZone: string | null): When | null {
  const start = readMoment(event.start, calendarZone);
  if (start === null) return null;
  const end = readMoment(event.end, calendarZone);
  if (event.start?.date) return { kind: 'all-day', start, end: Math.max(end ?? 0, start + day) };
  const zone = knownZone(event.start?.timeZone, calendarZone);
  return { kind: 'timed', start, end: Math.max(end ?? 0, start), zone };
}

/** The same as the contract has it. */
export function timeOf({ kind, start, end }: Pick<When, 'kind' | 'start' | 'end'>): EventTime {
  if (kind === 'timed') return { kind, start, end };
  return { kind, start: utcToDay(Math.min(start, lastDay)), end: utcToDay(Math.min(end, lastDay)) };
}
