import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type CursorRows, cursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { type AccountRows, accountRows } from './accounts.ts';
import { migrate, type Steps } from './migrations.ts';
import { asStorageError, StorageError } from './problem.ts';

type Mirrors = Readonly<Record<string, Mirror>>;

/** The services whose mirrors these are. The first is the one that a file from before there were several belongs to. */
export type ServicesOf<M extends Mirrors> = { readonly [N in keyof M]: Service<M[N]> };

const namesOf = <M extends Mirrors>(services: ServicesOf<M>) => Object.keys(services) as (keyof M & string)[];

const firstOwner = <M extends Mirrors>(services: ServicesOf<M>): string => namesOf(services)[0] ?? '';

const stepsOf = <M extends Mirrors>(services: ServicesOf<M>): Steps =>
  Object.fromEntries(namesOf(services).map((name) => [name, services[name].migrations]));

/** The mirror on disk. Its functions throw what `asStorageError` recognises when the disk or the file fails. */
export interface Store<M = Readonly<Record<string, Mirror>>> {
  readonly accounts: AccountRows;
  /** What each service holds, for who knows which it is. */
  readonly mirrors: M;
  /** The same for who does not. */
  of(service: string): { readonly mirror: Mirror; readonly cursors: CursorRows };
  revision(): number;
  /** Lets a new file count on from an older one, so that no view takes the one for the other. */
  raiseRevision(atLeast: number): void;
  /** Runs `work` as one transaction; the revision grows when it answers that it changed rows. */
  write(work: () => boolean): void;
  /** Removes an account, and its bytes from the file. */
  erase(accountId: string): void;
  /** Folds the write-ahead log into the file and closes it. */
  close(): void;
}

/**
 * Opens the mirror, creating it when there is none.
 * @throws {StorageError} The file is then left exactly as it was.
 */
export function openStore<M extends Mirrors>(path: string, services: ServicesOf<M>): Store<M> {
  let db: Database.Database | null = null;
  try {
    createPrivately(path);
    db = new Database(path, { timeout: 5_000 });
    // Before anything else is written: a foreign or newer file has to stay as it is. Migrations run in the journal mode the
    // file was left in.
    migrate(db, stepsOf(services), firstOwner(services));
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
  const growRevision = db.prepare('UPDATE revision SET value = value + 1');
  const raiseRevision = db.prepare<[number]>('UPDATE revision SET value = max(value, ?)');
  const accounts = accountRows(db);
  const opened = new Map<string, { mirror: Mirror; cursors: CursorRows }>();
  const open = <N extends keyof M & string>(name: N): M[N] => {
    const cursors = cursorRows(db, name);
    const mirror = services[name].open(db, cursors);
    opened.set(name, { mirror, cursors });
    return mirror;
  };
  const mirrors = Object.fromEntries(namesOf(services).map((name) => [name, open(name)])) as unknown as M;

  const write = (work: () => boolean) =>
    speaking(() =>
      db
        .transaction(() => {
          if (work()) growRevision.run();
        })
        .immediate(),
    );

  return {
    accounts,
    mirrors,
    of(service) {
      const found = opened.get(service);
      if (found === undefined) throw new Error(`There is no service ${JSON.stringify(service)}.`);
      return found;
    },
    revision: () => speaking(() => readRevision.get() ?? 0),
    raiseRevision: (atLeast) => void speaking(() => raiseRevision.run(atLeast)),
    write,
    erase(accountId) {
      write(() => accounts.remove(accountId));
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

/** Lets what SQLite throws speak the daemon's language. */
function speaking<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStorageError(error) ?? error;
  }
}
