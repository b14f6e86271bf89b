import Database from 'better-sqlite3';
import { asStorageError } from '../store/problem.ts';
import { cursorRows } from '../sync/cursor-rows.ts';
import type { ExportedFile, Service } from '../sync/service.ts';

/** All that is mirrored at one moment, whatever is written meanwhile. While it is open, what is erased is not gone for good. */
export interface Snapshot {
  exported(accountId: string, service: string): Iterable<ExportedFile>;
  close(): void;
}

/**
 * Opens the mirror a second time, to be read only. https://www.sqlite.org/isolation.html
 * @throws {StorageError}
 */
export function openSnapshot(path: string, services: Readonly<Record<string, Service>>): Snapshot {
  let db: Database.Database | null = null;
  try {
    const opened = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
    db = opened;
    opened.exec('BEGIN');
    // The transaction sees what there is at its first reading.
    opened.prepare('SELECT count(*) FROM accounts').get();
    return {
      exported: (accountId, service) =>
        services[service]?.open(opened, cursorRows(opened, service)).exported(accountId) ?? [],
      close: () => void opened.close(),
    };
  } catch (error) {
    db?.close();
    throw asStorageError(error) ?? error;
  }
}
