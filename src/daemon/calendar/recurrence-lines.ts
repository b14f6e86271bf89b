import { Temporal } from 'temporal-polyfill';
import { dayToUtc, isZone } from './when.ts';

/** A date of an RDATE or EXDATE line: the day as midnight UTC, and the time of day where there is one. */
export interface Stamp {
  readonly day: number;
  readonly time: string | null;
  readonly utc: boolean;
}

export interface DateList {
  /** What TZID says, where that is a zone. */
  readonly zone: string | null;
  readonly stamps: readonly Stamp[];
}

const dateTime = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?/i;

/**
 * The wanted dates of all RDATE or EXDATE lines. What is no date is left out. Of a period only the start counts.
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5
 */
export function readDateLists(
  name: 'RDATE' | 'EXDATE',
  recurrence: readonly string[],
  wanted: (stamp: Stamp) => boolean,
): DateList[] {
  return recurrence.flatMap((line) => {
    const [, found, parameters = '', values = ''] = /^(\w+)((?:;[^:]*)?):(.*)$/.exec(line) ?? [];
    if (found?.toUpperCase() !== name) return [];
    const zone = /;TZID="?([^;"]+)/i.exec(parameters)?.[1];
    const stamps = values.split(',').flatMap(readStamp).filter(wanted);
    return [{ zone: zone && isZone(zone) ? zone : null, stamps }];
  });
}

function readStamp(text: string): Stamp[] {
  const [, year, month, date, hour, minute, second, utc] = dateTime.exec(text.trim()) ?? [];
  const day = dayToUtc(`${year}-${month}-${date}`);
  if (day === null || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return [];
  return [{ day, time: hour ? `${hour}:${minute}:${second}` : null, utc: Boolean(utc) }];
}

/** The instant of a stamp, in epoch milliseconds; a stamp without a time is the midnight of its day. */
export function stampInZone(stamp: Stamp, zone: string): number {
  const text = `${new Date(stamp.day).toISOString().slice(0, 10)}T${stamp.time ?? '00:00:00'}`;
  return Temporal.PlainDateTime.from(text).toZonedDateTime(stamp.utc ? 'UTC' : zone).epochMilliseconds;
}
