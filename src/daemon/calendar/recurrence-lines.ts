import { momentsOf } from './local-time.ts';
import { day, dayToUtc } from './when.ts';
import { zoneNamed } from './zone-names.ts';

/** A date of an RDATE or EXDATE line: the day as midnight UTC, and the time of day where there is one. */
export interface Stamp {
  readonly day: number;
  /** Milliseconds from midnight. */
  readonly time: number | null;
  readonly utc: boolean;
  /** The end, or how long it lasts, of a period; null for a date. */
  readonly lasts: Stamp | number | null;
}

export interface DateList {
  /** What TZID says, where that is a zone. */
  readonly zone: string | null;
  readonly stamps: readonly Stamp[];
}

const dateTime = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i;
/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.6 */
const duration = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/i;

/**
 * The wanted dates of all RDATE or EXDATE lines. What is no date is left out.
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5
 */
export function readDateLists(
  name: 'RDATE' | 'EXDATE',
  recurrence: readonly string[],
  wanted: (stamp: Stamp) => boolean,
): DateList[] {
  return recurrence.flatMap((line) => {
    if (!line.toUpperCase().startsWith(name)) return [];
    // A value in quotes may hold a colon: https://www.rfc-editor.org/rfc/rfc5545#section-3.2
    const [, found, parameters = '', values = ''] = /^(\w+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(line) ?? [];
    if (found?.toUpperCase() !== name) return [];
    const [, quoted, plain] = /;TZID=(?:"([^"]*)"|([^;"]+))/i.exec(parameters) ?? [];
    const stamps = values.split(',').flatMap(readValue).filter(wanted);
    return [{ zone: zoneNamed(quoted ?? plain), stamps }];
  });
}

function readValue(text: string): Stamp[] {
  const [begin = '', end] = text.trim().split('/');
  const stamp = readStamp(begin);
  if (stamp === null) return [];
  return [{ ...stamp, lasts: end === undefined ? null : (readDuration(end) ?? readStamp(end)) }];
}

/** A date, or a date and a time; null for what is on no calendar and no clock. */
export function readStamp(text: string): Stamp | null {
  const [, year, month, date, hour, minute, second, utc] = dateTime.exec(text) ?? [];
  const at = dayToUtc(`${year}-${month}-${date}`);
  const [h, m, s] = [hour, minute, second].map((part) => Number(part ?? 0)) as [number, number, number];
  const endOfDay = h === 24 && m === 0 && s === 0;
  if (at === null || (h > 23 && !endOfDay) || m > 59 || s > 60) return null;
  const time = hour === undefined ? null : ((h * 60 + m) * 60 + Math.min(s, 59)) * 1_000;
  return { day: at, time, utc: Boolean(utc), lasts: null };
}

function readDuration(text: string): number | null {
  const parts = duration.exec(text);
  if (parts === null) return null;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as number[];
  const time = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return ((weeks ?? 0) * 7 + (days ?? 0)) * day + time * 1_000;
}

/** The moments of a stamp, mostly one; a stamp without a time is the midnight of its day. */
export function stampInZone({ day: at, time, utc }: Stamp, zone: string): readonly [number, ...number[]] {
  const local = at + (time ?? 0);
  const [first = local, ...others] = utc ? [local] : momentsOf(local, zone);
  return [first, ...others];
}
