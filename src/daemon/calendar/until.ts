import { basicDay, basicUtc } from '../export/basic-format.ts';
import { daysInMonth } from './civil.ts';
import { momentOf } from './local-time.ts';
import { readStamp } from './recurrence-lines.ts';
import { day, type When } from './when.ts';

/**
 * The last moment at which an occurrence may start; null where what is written is none. Google writes UNTIL now as a day and
 * now as a moment, whatever the start is: of a day, all of it counts; of an all-day series, the day is what counts.
 */
export function readUntil(text: string, first: When): number | null {
  const stamp = readStamp(onCalendar(text));
  if (stamp === null) return null;
  if (first.kind === 'all-day') return stamp.day;
  const local = stamp.time === null ? stamp.day + day - 1_000 : stamp.day + stamp.time;
  return stamp.utc ? local : momentOf(local, first.zone);
}

/** 30 February is the end of February. */
function onCalendar(text: string): string {
  const [, year = '', month = '', date = '', time = ''] = /^(\d{4})(0[1-9]|1[0-2])(\d{2})(T.*)?$/i.exec(text) ?? [];
  const last = daysInMonth(Number(year), Number(month));
  return Number(date) > last && Number(date) <= 31 ? `${year}${month}${last}T235959` : `${year}${month}${date}${time}`;
}

/** A rule whose UNTIL is of the same kind as the start, as other programs want it. */
export function agreeingUntil(line: string, first: When): string {
  return line.replace(/(UNTIL=)([0-9TZ]+)/i, (whole, name: string, text: string) => {
    const at = readUntil(text, first);
    if (at === null || (first.kind === 'timed' && !/T/i.test(onCalendar(text)))) return whole;
    return name + (first.kind === 'all-day' ? basicDay(at) : basicUtc(at));
  });
}
