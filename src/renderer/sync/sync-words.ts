import type { Connection } from '../../contract/connection.ts';
import type { SyncProgress, SyncStatus } from '../../contract/sync.ts';
import type { ServiceWords } from '../common/faces.ts';

export const copyTitle = 'Copy on this computer';

/** "12,500 events so far", and of which list: "Calendar 2 of 5 (Work)"; empty until the lists are counted. */
export function progressWords(
  locale: string | undefined,
  progress: SyncProgress,
  words: ServiceWords,
): { readonly soFar: string; readonly where: string } {
  const { done, total, list, items } = progress;
  const soFar = `${words.items(locale, items)} so far`;
  if (total === null || total === 0) return { soFar, where: '' };
  const current = Math.min(done + 1, total);
  const name = list === null ? '' : ` (${list})`;
  return {
    soFar,
    where: `${words.list} ${current.toLocaleString(locale)} of ${total.toLocaleString(locale)}${name}`,
  };
}

/** When the next sync is due, or in words why there is no telling. */
export type NextSync =
  | { readonly at: number; readonly words: null }
  | { readonly at: null; readonly words: 'running now' | 'paused' | 'waits for you' | 'not planned' };

/** The daemon goes on planning while a reconnect is needed, but gets no access token before there has been one. */
export function nextSync(
  { running, nextAt }: Pick<SyncStatus, 'running' | 'nextAt'>,
  paused: boolean,
  connection: Connection['kind'],
): NextSync {
  if (running) return { at: null, words: 'running now' };
  if (paused) return { at: null, words: 'paused' };
  if (connection === 'needs-reconnect') return { at: null, words: 'waits for you' };
  return nextAt === null ? { at: null, words: 'not planned' } : { at: nextAt, words: null };
}
