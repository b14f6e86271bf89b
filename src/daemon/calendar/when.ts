import { Temporal } from 'temporal-polyfill';
import type { EventTime } from '../../contract/calendar.ts';
import type { GoogleEvent, GoogleMoment } from './api.ts';

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
  return Number.isNaN(at) ? null : at;
}

/** The `YYYY-MM-DD` that {@link dayToUtc} came from. */
export const utcToDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last day that can be written so. */
export const lastDay = Date.UTC(9999, 11, 31);

/** Strangers may name what is no zone, each time another. */
const mostZones = 1_000;
const zones = new Map<string, boolean>();

/** The first of the names that is a time zone here; UTC when none is. */
export function knownZone(...names: readonly (string | null | undefined)[]): string {
  for (const name of names) if (name && isZone(name)) return name;
  return 'UTC';
}

export function isZone(name: string): boolean {
  let known = zones.get(name);
  if (known === undefined) {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
      known = true;
    } catch {
      known = false;
    }
    if (zones.size >= mostZones) zones.clear();
    zones.set(name, known);
  }
  return known;
}

/** A point of an event in epoch milliseconds; null when it cannot be read. */
export function readMoment(moment: GoogleMoment, calendarZone: string | null): number | null {
  if (moment?.date) return dayToUtc(moment.date);
  if (!moment?.dateTime) return null;
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(moment.dateTime)) return Temporal.Instant.from(moment.dateTime).epochMilliseconds;
    const zone = knownZone(moment.timeZone, calendarZone);
    return Temporal.PlainDateTime.from(moment.dateTime).toZonedDateTime(zone).epochMilliseconds;
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

/** What a zone's clock is ahead of UTC at the start, in milliseconds. */
export function offsetAt(at: Extract<When, { kind: 'timed' }>): number {
  return Temporal.Instant.fromEpochMilliseconds(at.start).toZonedDateTimeISO(at.zone).offsetNanoseconds / 1e6;
}
