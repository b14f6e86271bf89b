import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type AccountRows, accountRows } from './accounts.ts';
import { type CalendarRows, calendarRows } from './calendars.ts';
import { type CursorRows, cursorRows } from './cursors.ts';
import { type EventRows, eventRows } from './events.ts';
import { migrate } from './migrations.ts';
import { asStorageError, StorageError } from './problem.ts';

/** The mirror on disk. Its functions throw what `asStorageError` recognises when the disk or the file fails. */
export interface Store {
  readonly accounts: AccountRows;
  readonly calendars: CalendarRows;
  readonly events: EventRows;
  readonly cursors: CursorRows;
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
export function openStore(path: string): Store {
  let db: Database.Database | null = null;
  try {
    createPrivately(path);
    db = new Database(path, { timeout: 5_000 });
    // Before anything else is written: a foreign or newer file has to stay as it is. Migrations run in the journal mode the
    // file was left in.
    migrate(db);
    chmodSync(path, 0o600);
    // Power loss may cost the last commits, never consistency: rows and cursor are lost, or kept, together.
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('journal_size_limit = 16777216');
    // What is deleted is overwritten, so that erasing an account leaves none of it behind.
    db.pragma('secure_delete = ON');
    return storeOnOwn(db);
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
function storeOnOwn(db: Database.Database): Store {
  try {
    return storeOn(db);
  } catch (error) {
    throw error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR'
      ? new StorageError('damaged', error)
      : error;
  }
}

function storeOn(db: Database.Database): Store {
  const readRevision = db.prepare<[], number>('SELECT value FROM revision').pluck();
  const growRevision = db.prepare('UPDATE revision SET value = value + 1');
  const raiseRevision = db.prepare<[number]>('UPDATE revision SET value = max(value, ?)');
  const accounts = accountRows(db);

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
    calendars: calendarRows(db),
    events: eventRows(db),
    cursors: cursorRows(db),
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
