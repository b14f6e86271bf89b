import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../contract/clock.ts';
import { GoogleError } from '../google/google-error.ts';
import { notAPage } from '../google/page.ts';
import type { Log } from '../log.ts';
import { afterForgetting, afterPage, beginning, type Cursor, fromTheBeginning } from './cursor.ts';
import type { CursorRows } from './cursor-rows.ts';
import type { Page } from './feed.ts';
import type { Collection } from './service.ts';
import { isTooMuch } from './sweep.ts';

export interface PassContext {
  readonly accountId: string;
  readonly cursors: CursorRows;
  /** Runs `work` as one transaction; it answers whether it changed rows. */
  readonly write: (work: () => boolean) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Called at the beginning, and after every committed page with the number of its items. */
  readonly onPage: (items: number, full: boolean) => void;
}

/** Whether anything was asked: a list that tells no changes may rest. */
export type PassEnd = 'read' | 'rested';

/** More pages than any list has. */
const mostPages = 50_000;

/**
 * Reads a list from where it was left to its end. The rows of a page and the cursor behind it are one commit, so being
 * killed at any moment costs at most one page asked for twice. The next page is asked for while the one before is stored.
 * @throws what the feed throws, {@link StorageError}, or the signal's reason when stopped between pages.
 */
export async function runPass<T, M>(collection: Collection<T, M>, context: PassContext): Promise<PassEnd> {
  const { accountId, cursors, write, clock, signal, log, onPage } = context;
  const { key, feed } = collection;
  const begun = beginning(
    cursors.read(accountId, key, feed.mark),
    { rereadAfter: feed.rereadAfter, tellsChanges: feed.changes !== undefined },
    clock.now(),
  );
  if (begun === null) return 'rested';
  let cursor: Cursor<M> = begun;
  let restarted = false;
  let taken: M | null = null;
  const seen = new Set<string>();
  const ahead = new AbortController();

  function ask(at: Cursor<M>): Promise<Page<T, M>> {
    const coming = read(at, AbortSignal.any([signal, ahead.signal]));
    // Nobody may be waiting any more when it fails.
    coming.catch(() => {});
    return coming;
  }

  async function read(at: Cursor<M>, until: AbortSignal): Promise<Page<T, M>> {
    const kept = at.kind === 'current' ? undefined : at.begun;
    // A reading that starts over takes another mark, or what changed before it would be asked for again and again.
    const starts = at.kind === 'current' || (at.kind === 'full' && at.page === null);
    taken = starts ? ((await feed.begin?.(until)) ?? null) : (kept ?? null);
    if (at.kind === 'full' || at.mark === null || !feed.changes)
      return feed.full(at.kind === 'full' ? at.page : null, until);
    return feed.changes(at.mark, at.kind === 'delta' ? at.page : null, until);
  }

  try {
    onPage(0, cursor.kind === 'full');
    let coming = ask(cursor);
    for (;;) {
      let page: Page<T, M>;
      try {
        signal.throwIfAborted();
        page = await coming;
      } catch (error) {
        const what = error instanceof GoogleError ? feed.forgotten(error.observation) : null;
        const fresh = what === null ? null : afterForgetting(cursor, what);
        // A second rejected page in a row is no expired token; starting over for ever would help nobody.
        if (fresh === null || (cursor.kind === 'full' && restarted)) throw error;
        restarted ||= cursor.kind === 'full';
        log('token-rejected', { from: cursor.kind, to: fresh.kind });
        // Not saved: the cursor is only ever written along with the rows it speaks for.
        cursor = fresh;
        coming = ask(cursor);
        continue;
      }
      signal.throwIfAborted();
      if (page.dropped > 0) log('items-without-id', { count: page.dropped });

      if ('page' in page.next && (seen.has(page.next.page) || seen.size >= mostPages)) {
        log('pages-in-a-circle', { pages: seen.size });
        const anew = fromTheBeginning(cursor);
        write(() => {
          cursors.save(accountId, key, anew);
          return false;
        });
        throw notAPage();
      }
      if ('page' in page.next) seen.add(page.next.page);
      const next = afterPage(cursor, page.next, taken, clock.now());
      const ended = next.kind === 'current';
      if (!ended) {
        coming = ask(next);
        // Storing holds everything up, so the request has to be on its way by then.
        await setImmediate();
      }
      const full = cursor.kind === 'full';
      const doubted = commit(next, page, ended && full);
      onPage(page.items.length, full);
      if (doubted !== null) {
        cursor = doubted;
        seen.clear();
        coming = ask(cursor);
        continue;
      }
      if (ended) return 'read';
      cursor = next;
    }
  } finally {
    ahead.abort();
  }

  /** Stores a page; answers with another reading from the beginning, where too much would go by the word of one. */
  function commit(next: Cursor<M>, page: Page<T, M>, readWhole: boolean): Cursor<M> | null {
    let again: Cursor<M> | null = null;
    write(() => {
      const put = collection.put(page.items, next.generation);
      const doubts = cursor.kind === 'full' ? cursor.doubts : undefined;
      const counted = readWhole ? collection.count(next.generation) : null;
      if (counted !== null && isTooMuch(counted, doubts ?? null)) {
        log('sweep-doubted', { rows: counted.all, unmet: counted.unmet });
        again = { ...fromTheBeginning(cursor), doubts: counted.unmet };
        cursors.save(accountId, key, again);
        return put;
      }
      const swept = readWhole && collection.sweep(next.generation);
      const settled = next.kind === 'current' && (collection.settle?.() ?? false);
      cursors.save(accountId, key, next);
      return put || swept || settled;
    });
    return again;
  }
}
