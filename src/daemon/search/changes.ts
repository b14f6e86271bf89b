import type { Database } from 'better-sqlite3';
import type { Searchable } from './searchable.ts';

/** A row that may have changed, or gone, since the index was brought up. */
export interface ChangedRow {
  readonly source: string;
  readonly account_id: string;
  readonly row: number;
}

export interface Changes {
  /** Those of this transaction, by shelf and row. */
  all(): ChangedRow[];
  forget(): void;
}

/**
 * Has triggers note which rows change. They belong to this connection, which is the only one that writes, and see what
 * cascades too, but not what REPLACE removes: https://www.sqlite.org/lang_conflict.html
 */
export function noteChanges(db: Database, searchable: readonly Searchable[]): Changes {
  db.exec('CREATE TEMP TABLE changed_rows (source TEXT, account_id TEXT, "row" INTEGER)');
  for (const { table, columns } of searchable) {
    const note = (which: string) =>
      `BEGIN INSERT INTO changed_rows VALUES ('${table}', ${which}.account_id, ${which}."row"); END`;
    db.exec(`
      CREATE TEMP TRIGGER "search ${table} in" AFTER INSERT ON main.${table} ${note('NEW')};
      CREATE TEMP TRIGGER "search ${table} on" AFTER UPDATE OF ${columns.join(', ')} ON main.${table} ${note('NEW')};
      CREATE TEMP TRIGGER "search ${table} out" AFTER DELETE ON main.${table} ${note('OLD')};`);
  }
  const all = db.prepare<[], ChangedRow>(
    'SELECT DISTINCT source, account_id, "row" FROM temp.changed_rows ORDER BY source, account_id, "row"',
  );
  const forget = db.prepare('DELETE FROM temp.changed_rows');
  return { all: () => all.all(), forget: () => void forget.run() };
}
