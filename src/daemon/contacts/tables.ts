import type { Database } from 'better-sqlite3';

/** The tables of contacts, step by step. */
export const migrations: readonly ((db: Database) => void)[] = [
  (db) =>
    db.exec(`
    CREATE TABLE contact_groups (
      row INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      own INTEGER NOT NULL, -- 0: one that every account has
      seen INTEGER NOT NULL, -- generation of the last pass that delivered it
      body TEXT NOT NULL, -- as Google sent it
      UNIQUE (account_id, id)
    ) STRICT;

    CREATE TABLE people (
      row INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
      id TEXT NOT NULL,
      other INTEGER NOT NULL, -- 1: noted by Google, not by the person
      name TEXT NOT NULL,
      place TEXT NOT NULL, -- by which people are ordered: see contacts/rows.ts
      detail TEXT,
      photo_url TEXT,
      seen INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (account_id, id)
    ) STRICT;
    CREATE INDEX people_by_name ON people (account_id, other, place, row);

    CREATE TABLE memberships (
      account_id TEXT NOT NULL,
      group_id TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
      PRIMARY KEY (account_id, group_id, person)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX memberships_of_person ON memberships (person);

    -- A photo that could not be had is noted too, so that it is not asked for each time.
    CREATE TABLE contact_photos (
      person INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE,
      account_id TEXT NOT NULL,
      url TEXT NOT NULL,
      tried_at INTEGER NOT NULL, -- epoch ms
      type TEXT,
      bytes BLOB
    ) STRICT;
    `),
];
