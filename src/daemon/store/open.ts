import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { documentIndex } from '../search/document-index.ts';
import { type Search, searchIn } from '../search/search.ts';
import { markStale, migrations as searchTables } from '../search/tables.ts';
import { type Budget, budgetOf, migrations as budgetTables } from '../sync/budget.ts';
import { type CursorRows, cursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { type AccountRows, accountRows } from './accounts.ts';
import { type CountedOf, countAnew, keepCounts } from './counts.ts';
import { type Holdings, holdingRows } from './holdings.ts';
import { migrate, type Steps } from './migrations.ts';
import { asStorageError, StorageError } from './problem.ts';

type Mirrors = Readonly<Record<string, Mirror>>;

/** The services whose mirrors these are. */
export type ServicesOf<M extends Mirrors> = { readonly [N in keyof M]: Service<M[N]> };

/** One service in the open file. */
export interface Kept {
  readonly mirror: Mirror;
  readonly cursors: CursorRows;
  readonly holdings: Holdings;
  readonly budget: Budget;
}

/** The mirror on disk. Its functions throw what `asStorageError` recognises when the disk or the file fails. */
export interface Store<M = Mirrors> {
  readonly accounts: AccountRows;
  /** What each service holds, for who knows which it is. */
  readonly mirrors: M;
  /** The same for who does not. */
  of(service: string): Kept;
  /** The highest revision that anything has. */
  revision(): number;
  /** Lets a new file count on from an older one, so that no view takes the one for the other. */
  raiseRevision(atLeast: number): void;
  /** Runs `work` as one transaction, and brings the index up in it. Where the index is garbled, both are done once more. */
  write(work: () => void): void;
  readonly search: Search;
  /** Puts some of what the index lacks into it; answers whether there is more. */
  catchUp(): boolean;
  /** Whether something is held that the index does not have yet. */
  isBehind(): boolean;
  /** Removes an account, or one service of it, and the bytes of that from the file. */
  erase(accountId: string, service: string | null): void;
  /** Folds the write-ahead log into the file and closes it. */
  close(): void;
}

/**
 * Opens the mirror, creating it when there is none. `first` is the service that a file from before there were several
 * belongs to.
 * @throws {StorageError} The file is then left exactly as it was.
 */
export function openStore<M extends Mirrors>(path: string, services: ServicesOf<M>, first: string): Store<M> {
  let db: Database.Database | null = null;
  try {
    createPrivately(path);
    db = new Database(path, { timeout: 5_000 });
    // Before anything else is written: a foreign or newer file has to stay as it is. Migrations run in the journal mode the
    // file was left in.
    migrateAll(db, services, first);
    chmodSync(path, 0o600);
    // Power loss may cost the last commits, never consistency: rows and cursor are lost, or kept, together.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('journal_size_limit = 16777216');
    // What is deleted is overwritten, so that erasing an account leaves none of it behind.
    db.pragma('secure_delete = ON');
    return storeOnOwn(db, services);
  } catch (error) {
    db?.close();
    throw asStorageError(error) ?? error;
  }
}

const namesOf = <M extends Mirrors>(services: ServicesOf<M>) => Object.keys(services) as (keyof M & string)[];

function migrateAll<M extends Mirrors>(db: Database.Database, services: ServicesOf<M>, first: string): void {
  const steps: Steps = {
    budgets: budgetTables,
    search: searchTables,
    ...Object.fromEntries(namesOf(services).map((name) => [name, services[name].migrations])),
  };
  migrate(db, steps, first, (owner) => {
    countAnew(db, owner, countedOf(services)[owner] ?? {});
    markStale(db);
  });
}

const countedOf = <M extends Mirrors>(services: ServicesOf<M>): CountedOf =>
  Object.fromEntries(namesOf(services).map((name) => [name, services[name].counts]));

/** SQLite would create the file readable by everyone; its companions inherit the mode set here. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

/** A file of our mark and version in which that version's tables are missing is damaged, if not by the disk. */
function storeOnOwn<M extends Mirrors>(db: Database.Database, services: ServicesOf<M>): Store<M> {
  try {
    return storeOn(db, services);
  } catch (error) {
    throw error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR'
      ? new StorageError('damaged', error)
      : error;
  }
}

function storeOn<M extends Mirrors>(db: Database.Database, services: ServicesOf<M>): Store<M> {
  const readRevision = db.prepare<[], number>('SELECT value FROM revision').pluck();
  const raiseRevision = db.prepare<[number]>('UPDATE revision SET value = max(value, ?)');
  const accounts = accountRows(db);
  const opened = new Map<string, Kept>();
  keepCounts(db, countedOf(services));
  const index = documentIndex(
    db,
    namesOf(services).flatMap((name) => services[name].searchable),
  );
  const open = <N extends keyof M & string>(name: N): M[N] => {
    const cursors = cursorRows(db, name);
    const mirror = services[name].open(db, cursors);
    const holdings = holdingRows(db, name, Object.keys(services[name].counts));
    opened.set(name, { mirror, cursors, holdings, budget: budgetOf(db, name) });
    return mirror;
  };
  const mirrors = Object.fromEntries(namesOf(services).map((name) => [name, open(name)])) as unknown as M;

  function of(service: string): Kept {
    const found = opened.get(service);
    if (found === undefined) throw new Error(`There is no service ${JSON.stringify(service)}.`);
    return found;
  }

  /** Only the index is garbled, and all that is in it stands in the rows. */
  function mending<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isGarbledIndex(error)) throw error;
      db.transaction(index.empty).immediate();
      return work();
    }
  }

  const write = (work: () => void) =>
    speaking(() =>
      mending(() =>
        db
          .transaction(() => {
            work();
            index.bringUp();
          })
          .immediate(),
      ),
    );
  // A file from before there was an index, or whose tables have just been changed.
  write(() => {});
  const search = searchIn(db);

  function remove(accountId: string, service: string | null): void {
    if (service === null) {
      accounts.remove(accountId);
      return;
    }
    const { mirror, holdings } = of(service);
    mirror.erase(accountId);
    holdings.forget(accountId);
  }

  return {
    accounts,
    mirrors,
    of,
    revision: () => speaking(() => readRevision.get() ?? 0),
    raiseRevision: (atLeast) => void speaking(() => raiseRevision.run(atLeast)),
    write,
    search: {
      find: (...wish) =>
        search.find(...wish).catch((error: unknown) => {
          if (!isGarbledIndex(error)) throw error;
          db.transaction(index.empty).immediate();
          return search.find(...wish);
        }),
    },
    catchUp: () => speaking(() => mending(() => db.transaction(index.catchUp).immediate())),
    isBehind: () => speaking(index.isBehind),
    erase(accountId, service) {
      write(() => {
        remove(accountId, service);
        // What FTS5 deletes stays in its segments for a while; what is emptied does not.
        index.empty();
        // What is gone has no revision of its own any more; a view must see that it is gone.
        raiseRevision.run((readRevision.get() ?? 0) + 1);
      });
      speaking(() => {
        db.exec('VACUUM');
        db.pragma('wal_checkpoint(TRUNCATE)');
      });
    },
    close() {
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // The log is folded in at the next opening instead.
      }
      db.close();
    },
  };
}

/** FTS5 found its own tables changed by somebody else: https://www.sqlite.org/rescode.html#corrupt_vtab */
const isGarbledIndex = (error: unknown): boolean =>
  error instanceof Database.SqliteError &&
  (error.code === 'SQLITE_CORRUPT_VTAB' || error.message.startsWith('vtable constructor failed'));

/** Lets what SQLite throws speak the daemon's language. */
function speaking<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStorageError(error) ?? error;
  }
}
