import type { Clock } from '../../contract/clock.ts';
import { notAPage, type Page, type Position, type Received } from '../google/calendar.ts';
import { GoogleError } from '../google/http.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/open.ts';
import { afterPage, afterRejection, type Cursor, fromTheBeginning, positionOf } from './cursor.ts';

/** A list at Google and the rows that mirror it. All but `fetch` run inside the transaction of a page. */
export interface Collection<T> {
  readonly name: string;
  fetch(position: Position, signal: AbortSignal): Promise<Page<T>>;
  /** Answers whether rows changed. */
  put(items: readonly Received<T>[], generation: number): boolean;
  /** Removes the rows which a reading from the beginning did not meet; answers whether there were any. */
  sweep(generation: number): boolean;
  /** Tidies up behind the last page of any reading; answers whether rows changed. */
  settle(): boolean;
  /** Called after every committed page. */
  committed(items: number, cursor: Cursor): void;
}

export interface PassContext {
  readonly store: Store;
  readonly accountId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Reads a collection from where it was left to its end. The rows of a page and the cursor behind it are one commit, so
 * being killed at any moment costs at most one page asked for twice.
 * @throws what `fetch` throws, {@link StorageError}, or the signal's reason when stopped between pages.
 */
export async function runPass<T>(
  collection: Collection<T>,
  context: PassContext,
  rereadAfter = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { store, accountId, clock, signal, log } = context;
  const { name } = collection;
  let cursor = store.cursors.read(accountId, name);
  if (cursor.kind === 'current' && clock.now() - cursor.fullAt >= rereadAfter) cursor = fromTheBeginning(cursor);
  let restarted = false;

  for (;;) {
    signal.throwIfAborted();
    let page: Page<T>;
    try {
      page = await collection.fetch(positionOf(cursor), signal);
    } catch (error) {
      const fresh = error instanceof GoogleError ? afterRejection(cursor, error.observation) : null;
      // A second rejected page in a row is no expired token; starting over for ever would help nobody.
      if (fresh === null || (cursor.kind === 'full' && restarted)) throw error;
      restarted ||= cursor.kind === 'full';
      log('token-rejected', { from: cursor.kind, to: fresh.kind });
      // Not saved: the cursor is only ever written along with the rows it speaks for.
      cursor = fresh;
      continue;
    }
    signal.throwIfAborted();
    if (page.dropped > 0) log('items-without-id', { count: page.dropped });

    const next = afterPage(cursor, page, clock.now());
    if (next === null) throw notAPage();
    const ended = next.kind === 'current';
    const full = cursor.kind === 'full';
    store.write(() => {
      const put = collection.put(page.items, next.generation);
      const swept = ended && full && collection.sweep(next.generation);
      const settled = ended && collection.settle();
      store.cursors.save(accountId, name, next);
      return put || swept || settled;
    });
    cursor = next;
    collection.committed(page.items.length, cursor);
    if (ended) return;
  }
}
