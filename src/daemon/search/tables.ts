import type { Database } from 'better-sqlite3';

/** Rows that a shelf has room for: more than SQLite has given numbers to, in any table of ours, in a lifetime. */
export const shelfSize = 2 ** 32;

/**
 * What is found by words and their beginnings, and what by pieces of titles. Neither keeps the texts, which stand in
 * `documents` already, nor how long they are, because nothing is ranked by that.
 */
const indexes = `
  CREATE VIRTUAL TABLE words USING fts5(title, text, content = '', columnsize = 0, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 2");
  -- What a transaction of a first sync puts in is written once, and merged less often: a quarter faster.
  INSERT INTO words (words, rank) VALUES ('hashsize', 8388608), ('automerge', 8);
  CREATE VIRTUAL TABLE pieces USING fts5(title, content = '', columnsize = 0,
    tokenize = "trigram remove_diacritics 1");
  CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');`;

/** The tables of the search, step by step. */
export const migrations: readonly ((db: Database) => void)[] = [
  (db) =>
    db.exec(`
    -- The rows of one table that belong to one account. The id of a document is the number of its shelf, times 2^32, plus
    -- that of its row: so the documents of a shelf are a range, in the index too.
    CREATE TABLE shelves (
      number INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL,
      source TEXT NOT NULL, -- the table
      UNIQUE (account_id, source)
    ) STRICT;

    -- What can be found, as it stands in the index: see search/searchable.ts.
    CREATE TABLE documents (
      id INTEGER PRIMARY KEY,
      starts INTEGER,
      ends INTEGER,
      family TEXT,
      title TEXT NOT NULL,
      item TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT;

    -- Rows that are older than the index and not in it yet: those after one number, up to another.
    CREATE TABLE unindexed (source TEXT PRIMARY KEY, after INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;

    -- 1: what is in the index may be of other rows than there are.
    CREATE TABLE index_state (id INTEGER PRIMARY KEY CHECK (id = 1), stale INTEGER NOT NULL) STRICT;
    INSERT INTO index_state VALUES (1, 1);
    ${indexes}`),
];

/** Says, in the transaction that changes tables, that the index no longer knows their rows; a new one knows none anyway. */
export function markStale(db: Database): void {
  const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'index_state'").get() !== undefined;
  if (made) db.exec('UPDATE index_state SET stale = 1');
}

/** Empties the index, whatever state it is in. What is in these tables now is to be put in again. */
export function emptyIndex(db: Database, tables: readonly string[]): void {
  db.exec(`
    DROP TABLE IF EXISTS vocabulary;
    DROP TABLE IF EXISTS words;
    DROP TABLE IF EXISTS pieces;
    DELETE FROM documents;
    DELETE FROM shelves;
    DELETE FROM unindexed;
    ${indexes}`);
  for (const table of tables) {
    db.prepare(
      `INSERT INTO unindexed SELECT '${table}', 0, max("row") FROM ${table} WHERE true HAVING max("row") IS NOT NULL`,
    ).run();
  }
  db.exec('UPDATE index_state SET stale = 0');
}
