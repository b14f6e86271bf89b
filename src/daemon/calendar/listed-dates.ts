import { type DateList, stampInZone } from './recurrence-lines.ts';
import { day, offsetAt, type When } from './when.ts';

/** The starts that RDATE adds to a series: https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.2 */
export function startsOf(list: DateList, first: When): number[] {
  return list.stamps.flatMap((stamp) => {
    if (first.kind === 'all-day') return [stamp.day];
    const local = new Date(first.start + offsetAt(first)).toISOString().slice(11, 19);
    // A bare day means the series' own time of that day.
    return [stampInZone(stamp.time === null ? { ...stamp, time: local } : stamp, list.zone ?? first.zone)];
  });
}

/** Which starts EXDATE takes out of a series: https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.1 */
export function exclusion(first: When, lists: readonly DateList[]): (start: number) => boolean {
  const days = new Set<number>();
  const moments = new Set<number>();
  for (const list of lists)
    for (const stamp of list.stamps)
      if (first.kind === 'all-day' || stamp.time === null) days.add(stamp.day);
      else moments.add(stampInZone(stamp, list.zone ?? first.zone));
  return (start) => moments.has(start) || (days.size > 0 && days.has(dayOf(start, first)));
}

function dayOf(start: number, first: When): number {
  const local = first.kind === 'all-day' ? start : start + offsetAt({ ...first, start });
  return Math.floor(local / day) * day;
}
