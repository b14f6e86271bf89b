import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { StorageError } from '../store/problem.ts';
import { type Cursor, cursorSchema, firstCursor, fromTheBeginning } from './cursor.ts';

/** How far the lists of a service have been read, for each account. */
export interface CursorRows {
  /** Where the list is to be read from; its beginning when it never was, or was read by another contract. */
  read<M>(accountId: string, list: string, mark: z.ZodType<M>): Cursor<M>;
  save<M>(accountId: string, list: string, cursor: Cursor<M>): void;
  forget(accountId: string, list: string): void;
}

/** `service` keeps the lists of several services apart. */
export function cursorRows(db: Database, service: string): CursorRows {
  const select = db
    .prepare<[string, string, string], string>(
      'SELECT cursor FROM cursors WHERE account_id = ? AND service = ? AND list = ?',
    )
    .pluck();
  const upsert = db.prepare<[string, string, string, string]>(
    'INSERT OR REPLACE INTO cursors (account_id, service, list, cursor) VALUES (?, ?, ?, ?)',
  );
  const remove = db.prepare<[string, string, string]>(
    'DELETE FROM cursors WHERE account_id = ? AND service = ? AND list = ?',
  );

  return {
    read(accountId, list, mark) {
      const found = select.get(accountId, service, list);
      if (found === undefined) return firstCursor;
      const kept = parse(found);
      const cursor = cursorSchema(mark).safeParse(kept);
      if (cursor.success) return cursor.data;
      // Only what parsed was ever written: what says not even its generation was damaged since.
      const { generation } = (kept ?? {}) as { generation?: unknown };
      if (typeof generation !== 'number') throw new StorageError('damaged', cursor.error);
      return fromTheBeginning({ generation });
    },
    save: (accountId, list, cursor) => void upsert.run(accountId, service, list, JSON.stringify(cursor)),
    forget: (accountId, list) => void remove.run(accountId, service, list),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}
