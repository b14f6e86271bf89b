import type { Database } from 'better-sqlite3';

/** The tables of task lists and tasks, step by step. */
export const migrations: readonly ((db: Database) => void)[] = [
  (db) =>
    db.exec(`
    CREATE TABLE task_lists (
      row INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
      id TEXT NOT NULL,
      title TEXT NOT NULL,
      body TEXT NOT NULL, -- as Google sent it
      seen INTEGER NOT NULL, -- generation of the last pass that delivered it
      UNIQUE (account_id, id)
    ) STRICT;

    CREATE TABLE tasks (
      row INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL,
      list_id TEXT NOT NULL,
      id TEXT NOT NULL,
      parent TEXT, -- the task that it belongs to
      position TEXT NOT NULL, -- among those of the same parent, compared as text
      title TEXT NOT NULL,
      due TEXT, -- a day, YYYY-MM-DD
      done INTEGER NOT NULL,
      seen INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (account_id, list_id, id),
      FOREIGN KEY (account_id, list_id) REFERENCES task_lists (account_id, id) ON DELETE CASCADE
    ) STRICT;
    `),
];
