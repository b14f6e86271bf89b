import type { Database } from 'better-sqlite3';
import type { Finding } from './searchable.ts';
import { spaced } from './spaced.ts';

export interface Documents {
  /** The number of a shelf; it is a new one where there was none. */
  shelfOf(accountId: string, source: string): number;
  /** Makes this the document of that id, or has there be none, and the index with it. */
  put(id: number, finding: Finding | null): void;
}

/** What can be found, and the index over it, which are changed together. */
export function documentsOf(db: Database): Documents {
  const findShelf = db
    .prepare<[string, string], number>('SELECT number FROM shelves WHERE account_id = ? AND source = ?')
    .pluck();
  const addShelf = db
    .prepare<[string, string], number>('INSERT INTO shelves (account_id, source) VALUES (?, ?) RETURNING number')
    .pluck();
  const find = db.prepare<[number], Finding>('SELECT * FROM documents WHERE id = ?');
  type Kept = [number | null, number | null, string | null, string, string, string];
  const insert = db.prepare<[...Kept, number]>(
    'INSERT INTO documents (starts, ends, family, title, item, text, id) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[...Kept, number]>(
    'UPDATE documents SET starts = ?, ends = ?, family = ?, title = ?, item = ?, text = ? WHERE id = ?',
  );
  const remove = db.prepare<[number]>('DELETE FROM documents WHERE id = ?');
  const addWords = db.prepare<[number, string, string]>('INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)');
  const addPieces = db.prepare<[number, string]>('INSERT INTO pieces (rowid, title) VALUES (?, ?)');
  // An index that keeps no texts has to be told which ones to forget.
  const dropWords = db.prepare<[number, string, string]>(
    "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
  );
  const dropPieces = db.prepare<[number, string]>("INSERT INTO pieces (pieces, rowid, title) VALUES ('delete', ?, ?)");

  return {
    shelfOf: (accountId, source) => findShelf.get(accountId, source) ?? addShelf.get(accountId, source) ?? 0,
    put(id, finding) {
      const stored = find.get(id) ?? null;
      const sameTitle = stored?.title === finding?.title;
      const sameWords = sameTitle && stored?.text === finding?.text;
      if (stored !== null && !sameWords) dropWords.run(id, spaced(stored.title), spaced(stored.text));
      if (stored !== null && !sameTitle) dropPieces.run(id, stored.title);
      if (finding === null) {
        if (stored !== null) remove.run(id);
        return;
      }
      const { starts, ends, family, title, item, text } = finding;
      (stored === null ? insert : update).run(starts, ends, family, title, item, text, id);
      if (!sameWords) addWords.run(id, spaced(title), spaced(text));
      if (!sameTitle) addPieces.run(id, title);
    },
  };
}
