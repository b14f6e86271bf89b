import { dayOf } from './civil.ts';
import { localOf } from './local-time.ts';
import { type DateList, type Stamp, stampInZone } from './recurrence-lines.ts';
import { day, type When } from './when.ts';

/** When an occurrence is, in the terms of {@link When}. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
}

/** What RDATE adds to a series; a period has a length of its own: https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.2 */
export function occurrencesOf(list: DateList, first: When): Occurrence[] {
  const own = first.end - first.start;
  if (first.kind === 'all-day') {
    return list.stamps.map(({ day: start, lasts }) => {
      const length = lasts === null ? own : typeof lasts === 'number' ? lasts : lasts.day - start;
      return { start, end: start + Math.max(day, Math.ceil(length / day) * day) };
    });
  }
  const local = localOf(first.start, first.zone);
  const zone = list.zone ?? first.zone;
  // A bare day means the series' own time of that day.
  const timed = (stamp: Stamp): Stamp => (stamp.time === null ? { ...stamp, time: local - dayOf(local) * day } : stamp);
  return list.stamps.map((stamp) => {
    const [start] = stampInZone(timed(stamp), zone);
    const { lasts } = stamp;
    if (lasts === null) return { start, end: start + own };
    const end = typeof lasts === 'number' ? start + lasts : stampInZone(lasts, zone)[0];
    return { start, end: Math.max(start, end) };
  });
}

/** Which starts EXDATE takes out of a series: https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.1 */
export function exclusion(first: When, lists: readonly DateList[]): (start: number) => boolean {
  const days = new Set<number>();
  const moments = new Set<number>();
  for (const list of lists)
    for (const stamp of list.stamps)
      if (first.kind === 'all-day' || stamp.time === null) days.add(stamp.day / day);
      else for (const moment of stampInZone(stamp, list.zone ?? first.zone)) moments.add(moment);
  const local = (start: number) => (first.kind === 'all-day' ? start : localOf(start, first.zone));
  return (start) => moments.has(start) || (days.size > 0 && days.has(dayOf(local(start))));
}
