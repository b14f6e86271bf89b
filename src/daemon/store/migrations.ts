import type { Database } from 'better-sqlite3';
import { StorageError } from './problem.ts';

/** `Moor` in ASCII: how `file(1)` and this program know the file. */
export const applicationId = 0x4d6f6f72;

/** The form of the file itself: whose tables there are, and in which version, stands in `schema`. */
const form = 4;

/** The steps of each owner of tables: entry n brings them from version n to n + 1. Never edited once released. */
export type Steps = Readonly<Record<string, readonly ((db: Database) => void)[]>>;

const ownerTables = `
  -- Which version the tables of each owner have.
  CREATE TABLE schema (owner TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;

  -- How far each list of a service has been read: see sync/cursor.ts.
  CREATE TABLE cursors (
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    service TEXT NOT NULL,
    list TEXT NOT NULL,
    cursor TEXT NOT NULL, -- JSON
    PRIMARY KEY (account_id, service, list)
  ) STRICT;`;

const serviceTables = `
  -- What is held of each service of an account: see store/holdings.ts.
  CREATE TABLE holdings (
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    service TEXT NOT NULL,
    revision INTEGER NOT NULL, -- the value of revision at the last change
    last_success_at INTEGER,
    PRIMARY KEY (account_id, service)
  ) STRICT;

  -- How many rows of each kind: see store/counts.ts.
  CREATE TABLE counts (
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    service TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (account_id, service, kind)
  ) STRICT;`;

const firstTables = `
  -- Grows with every commit that changed what a view may show.
  CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
  INSERT INTO revision VALUES (1, 0);

  CREATE TABLE accounts (id TEXT PRIMARY KEY) STRICT;
  ${ownerTables}
  ${serviceTables}`;

/** Until `schema`, one service had all the tables there were, and its cursors stood in columns. */
const takeOverCursors = `
  INSERT INTO cursors SELECT account_id, ?, collection, CASE kind
    WHEN 'full' THEN json_object('kind', kind, 'generation', generation, 'page', page_token)
    WHEN 'current' THEN json_object('kind', kind, 'generation', generation, 'fullAt', full_at,
      'mark', json_object('contract', 'sync-token', 'token', sync_token))
    ELSE json_object('kind', kind, 'generation', generation, 'page', page_token, 'fullAt', full_at,
      'mark', json_object('contract', 'sync-token', 'token', sync_token)) END
  FROM cursors_before`;

/**
 * Brings the file to the newest form, and the tables of each owner to their newest version, each step in one transaction
 * with its version number. Tables of an owner that is not known here stay as they are. `firstOwner` is the service that a
 * file without owners belongs to. `settle` is called for an owner in the transaction that completes its tables.
 * @throws {StorageError} `not-ours` or `newer`, before anything is written.
 */
export function migrate(db: Database, steps: Steps, firstOwner: string, settle: (owner: string) => void): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  const owner = Number(db.pragma('application_id', { simple: true }));
  const empty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (owner !== applicationId && !(owner === 0 && found === 0 && empty)) throw new StorageError('not-ours');
  if (found > form) throw new StorageError('newer');
  const versions = found >= 3 ? readVersions(db) : null;
  for (const [name, { length }] of Object.entries(steps)) {
    if ((versions?.get(name) ?? 0) > length) throw new StorageError('newer');
  }

  if (found < form) {
    db.transaction(() => {
      makeForm(db, found, firstOwner);
      for (const [name, version] of readVersions(db)) if (steps[name]?.length === version) settle(name);
    }).immediate();
  }
  const own = readVersions(db);
  const put = db.prepare<[string, number]>('INSERT OR REPLACE INTO schema (owner, version) VALUES (?, ?)');
  for (const [name, all] of Object.entries(steps)) {
    for (const [at, step] of all.entries()) {
      if (at < (own.get(name) ?? 0)) continue;
      db.transaction(() => {
        step(db);
        put.run(name, at + 1);
        if (at + 1 === all.length) settle(name);
      }).immediate();
    }
  }
}

function makeForm(db: Database, found: number, firstOwner: string): void {
  if (found === 0) db.exec(firstTables);
  if (found === 1 || found === 2) {
    db.exec(`ALTER TABLE cursors RENAME TO cursors_before; ${ownerTables}`);
    db.prepare<[string]>(takeOverCursors).run(firstOwner);
    db.exec('DROP TABLE cursors_before');
    db.prepare<[string, number]>('INSERT INTO schema (owner, version) VALUES (?, ?)').run(firstOwner, found);
  }
  if (found > 0) {
    // Until here the file told of an account, not of a service, when it was synced last.
    db.exec(serviceTables);
    db.prepare<[string]>(
      'INSERT INTO holdings SELECT id, ?, (SELECT value FROM revision), last_success_at FROM accounts',
    ).run(firstOwner);
    db.exec('ALTER TABLE accounts DROP COLUMN last_success_at');
  }
  db.pragma(`application_id = ${applicationId}`);
  db.pragma(`user_version = ${form}`);
}

function readVersions(db: Database): Map<string, number> {
  const rows = db.prepare<[], { owner: string; version: number }>('SELECT owner, version FROM schema').all();
  return new Map(rows.map(({ owner, version }) => [owner, version]));
}
