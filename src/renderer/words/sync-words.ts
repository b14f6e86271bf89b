import type { SyncProgress, SyncStatus } from '../../contract/sync.ts';

/** "1 event", "5,012 events". */
function count(locale: string | undefined, amount: number, one: string): string {
  return `${amount.toLocaleString(locale)} ${amount === 1 ? one : `${one}s`}`;
}

/** "3 calendars · 5,012 events" */
export function countsWords(locale: string | undefined, { calendars, events }: SyncStatus['counts']): string {
  return `${count(locale, calendars, 'calendar')} · ${count(locale, events, 'event')}`;
}

/** "12,500 events so far · calendar 2 of 5 (Work)" */
export function progressWords(locale: string | undefined, progress: SyncProgress): string {
  const { calendarsDone, calendarsTotal, calendarName, events } = progress;
  const soFar = `${count(locale, events, 'event')} so far`;
  if (calendarsTotal === 0) return soFar;
  const current = Math.min(calendarsDone + 1, calendarsTotal);
  const name = calendarName === null ? '' : ` (${calendarName})`;
  return `${soFar} · calendar ${current.toLocaleString(locale)} of ${calendarsTotal.toLocaleString(locale)}${name}`;
}
