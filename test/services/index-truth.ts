import Database from 'better-sqlite3';
import type { Searchable } from '../../src/daemon/search/searchable.ts';
import { spaced } from '../../src/daemon/search/spaced.ts';
import { migrations, shelfSize } from '../../src/daemon/search/tables.ts';

type Instance = { term: string; doc: number; col: string; offset: number };

/** What the search of a file has, and what it should have by the file's rows: documents, and every word of the index. */
export function compareIndex(path: string, searchable: readonly Searchable[]): { held: unknown; due: unknown } {
  const db = new Database(path, { readonly: true });
  const anew = new Database(':memory:');
  try {
    for (const step of migrations) step(anew);
    const addWords = anew.prepare('INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)');
    const addPieces = anew.prepare('INSERT INTO pieces (rowid, title) VALUES (?, ?)');
    const shelf = db.prepare('SELECT number FROM shelves WHERE account_id = ? AND source = ?').pluck();
    const due = searchable.flatMap(({ table, columns, find }) =>
      db
        .prepare<[], { row: number; account_id: string }>(
          `SELECT "row", account_id, ${columns.join(', ')} FROM ${table}`,
        )
        .all()
        .flatMap((each) => {
          const finding = find(each as never);
          if (finding === null) return [];
          return [{ id: Number(shelf.get(each.account_id, table)) * shelfSize + each.row, ...finding }];
        }),
    );
    due.sort((a, b) => a.id - b.id);
    for (const { id, title, text } of due) {
      addWords.run(id, spaced(title), spaced(text));
      addPieces.run(id, title);
    }
    const documents = db.prepare('SELECT id, item, title, text, starts, ends, family FROM documents ORDER BY id').all();
    return {
      held: { documents, words: instances(db, 'words'), pieces: instances(db, 'pieces') },
      due: { documents: due, words: instances(anew, 'words'), pieces: instances(anew, 'pieces') },
    };
  } finally {
    db.close();
    anew.close();
  }
}

/** Every occurrence of every word. */
function instances(db: Database.Database, index: string): string[] {
  db.exec(`CREATE VIRTUAL TABLE temp.all_${index} USING fts5vocab(main, ${index}, 'instance')`);
  return db
    .prepare<[], Instance>(`SELECT term, doc, col, "offset" FROM temp.all_${index}`)
    .all()
    .map(({ term, doc, col, offset }) => `${term} ${doc} ${col} ${offset}`)
    .sort();
}

/** Whether all that is held is in the index. */
export function isWhole(path: string): boolean {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare('SELECT 1 FROM unindexed').get() === undefined;
  } finally {
    db.close();
  }
}
