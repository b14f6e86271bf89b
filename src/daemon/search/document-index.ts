import type { Database } from 'better-sqlite3';
import { type ChangedRow, noteChanges } from './changes.ts';
import { documentsOf } from './documents.ts';
import type { Finding, Searchable } from './searchable.ts';
import { emptyIndex, shelfSize } from './tables.ts';

/** The index over everything that can be found. Its functions run inside a transaction of whoever calls. */
export interface DocumentIndex {
  /** Puts in what this transaction has changed, as its last act. */
  bringUp(): void;
  /** Puts in some of the rows that are older than the index; answers whether there are more of them. */
  catchUp(): boolean;
  /** Whether there are rows that are older than the index and not in it. */
  isBehind(): boolean;
  /** Empties it, so that nothing is left in it of what ever was; {@link DocumentIndex.catchUp} fills it again. */
  empty(): void;
}

/** More than any page has: a calendar that is gone takes all its events along. Putting in more at once would take seconds. */
const most = 10_000;

/** So many rows are put in at a time: some tens of milliseconds. */
const slice = 500;

/**
 * Rows are noted as they change, and put in once, in the order of their documents: FTS5 writes out what it has in memory at
 * each statement of a trigger, and wherever a document comes before the one put in last. `node test/bench/search.ts` measures it.
 */
export function documentIndex(db: Database, searchable: readonly Searchable[]): DocumentIndex {
  const changes = noteChanges(db, searchable);
  const tables = searchable.map(({ table }) => table);
  const sources = new Map(searchable.map((each) => [each.table, sourceOf(db, each)]));
  const behind = db.prepare<[], { source: string; after: number; last: number }>('SELECT * FROM unindexed LIMIT 1');
  const reached = db.prepare<[number, string]>('UPDATE unindexed SET after = ? WHERE source = ?');
  const done = db.prepare<[string]>('DELETE FROM unindexed WHERE source = ?');
  const stale = db.prepare<[], number>('SELECT stale FROM index_state').pluck();
  const documents = documentsOf(db);
  /** Found out anew in each transaction: one that was rolled back made none. */
  let shelves = new Map<string, number>();

  function idOf({ source, account_id: accountId, row }: ChangedRow): number {
    const key = `${source} ${accountId}`;
    const shelf = shelves.get(key) ?? documents.shelfOf(accountId, source);
    shelves.set(key, shelf);
    return shelf * shelfSize + row;
  }

  function putAll(rows: readonly ChangedRow[]): void {
    const ordered = rows.map((each) => ({ ...each, id: idOf(each) })).sort((a, b) => a.id - b.id);
    for (const each of ordered) documents.put(each.id, sources.get(each.source)?.find(each) ?? null);
  }

  function empty(): void {
    emptyIndex(db, tables);
    changes.forget();
    shelves = new Map();
  }

  return {
    bringUp() {
      if (stale.get() === 1) return empty();
      const changed = changes.all();
      if (changed.length === 0) return;
      if (changed.length > most) return empty();
      shelves = new Map();
      putAll(changed);
      changes.forget();
    },
    catchUp() {
      const next = behind.get();
      if (next === undefined) return false;
      const { source, after, last } = next;
      const rows = sources.get(source)?.rows(after, last) ?? [];
      const end = rows.at(-1)?.row ?? last;
      shelves = new Map();
      putAll(rows.map((each) => ({ ...each, source })));
      if (rows.length < slice || end >= last) done.run(source);
      else reached.run(end, source);
      return behind.get() !== undefined;
    },
    isBehind: () => behind.get() !== undefined,
    empty,
  };
}

/** A table, as the index reads it. */
function sourceOf(db: Database, { table, columns, find }: Searchable) {
  const one = db.prepare<[number, string], unknown>(
    `SELECT "row", account_id, ${columns.join(', ')} FROM ${table} WHERE "row" = ? AND account_id = ?`,
  );
  const some = db.prepare<[number, number, number], { account_id: string; row: number }>(
    `SELECT account_id, "row" FROM ${table} WHERE "row" > ? AND "row" <= ? ORDER BY "row" LIMIT ?`,
  );
  return {
    /** What is to be found in a row; null where it has gone. */
    find({ row, account_id: accountId }: ChangedRow): Finding | null {
      const found = one.get(row, accountId);
      return found === undefined ? null : find(found as never);
    },
    rows: (after: number, last: number) => some.all(after, last, slice),
  };
}
