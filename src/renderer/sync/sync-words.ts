import type { SyncProgress, SyncStatus } from '../../contract/sync.ts';

export const copyTitle = 'Copy on this computer';

/** "1 event", "5,012 events". */
function count(locale: string | undefined, amount: number, one: string): string {
  return `${amount.toLocaleString(locale)} ${amount === 1 ? one : `${one}s`}`;
}

/** "3 calendars · 5,012 events" */
export function countsWords(locale: string | undefined, { calendars = 0, events = 0 }: SyncStatus['counts']): string {
  return `${count(locale, calendars, 'calendar')} · ${count(locale, events, 'event')}`;
}

/** "12,500 events so far", and of which calendar: "Calendar 2 of 5 (Work)"; empty until the calendars are counted. */
export function progressWords(
  locale: string | undefined,
  progress: SyncProgress,
): { readonly soFar: string; readonly where: string } {
  const { done, total, list, items } = progress;
  const soFar = `${count(locale, items, 'event')} so far`;
  if (total === null || total === 0) return { soFar, where: '' };
  const current = Math.min(done + 1, total);
  const name = list === null ? '' : ` (${list})`;
  return {
    soFar,
    where: `Calendar ${current.toLocaleString(locale)} of ${total.toLocaleString(locale)}${name}`,
  };
}

/** Which calendars stand still while the others go on; null when none does. At most three are named. */
export function stuckWords(stuck: SyncStatus['stuck']): string | null {
  if (stuck.length === 0) return null;
  const names = stuck.flatMap(({ list }) => (list === null ? [] : [list]));
  if (names.length === 0) {
    return 'The list of your calendars could not be read. What it named before goes on; Mooring tries again by itself.';
  }
  const named = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `Google did not hand out ${named}${more}. What was copied of it stays, and everything else goes on; Mooring tries again by itself, or when you press “Sync now”.`;
}

/** When the next sync is due, or in words why there is no telling. */
export type NextSync =
  | { readonly at: number; readonly words: null }
  | { readonly at: null; readonly words: 'running now' | 'paused' | 'not planned' };

export function nextSync({ running, nextAt }: Pick<SyncStatus, 'running' | 'nextAt'>, paused: boolean): NextSync {
  if (running) return { at: null, words: 'running now' };
  if (paused) return { at: null, words: 'paused' };
  return nextAt === null ? { at: null, words: 'not planned' } : { at: nextAt, words: null };
}
