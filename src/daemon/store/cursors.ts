import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Cursor, firstCursor } from '../calendar/cursor.ts';
import { StorageError } from './problem.ts';

/** The collection of an account's calendars; each calendar's events are one more. */
export const calendarListCollection = 'calendars';
export const eventsCollection = (calendarId: string): string => `events:${calendarId}`;

export interface CursorRows {
  /** Where the collection is to be read from; its beginning when it never was. */
  read(accountId: string, collection: string): Cursor;
  save(accountId: string, collection: string, cursor: Cursor): void;
}

const Row = z.object({
  kind: z.string(),
  generation: z.number(),
  sync_token: z.string().nullable(),
  page_token: z.string().nullable(),
  full_at: z.number().nullable(),
});

export function cursorRows(db: Database): CursorRows {
  const select = db.prepare<[string, string]>('SELECT * FROM cursors WHERE account_id = ? AND collection = ?');
  const upsert = db.prepare<[string, string, string, number, string | null, string | null, number | null]>(
    'INSERT OR REPLACE INTO cursors (account_id, collection, kind, generation, sync_token, page_token, full_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );

  return {
    read(accountId, collection) {
      const found = select.get(accountId, collection);
      if (found === undefined) return firstCursor;
      return readCursor(found);
    },
    save(accountId, collection, cursor) {
      upsert.run(
        accountId,
        collection,
        cursor.kind,
        cursor.generation,
        cursor.kind === 'full' ? null : cursor.syncToken,
        cursor.kind === 'current' ? null : cursor.pageToken,
        cursor.kind === 'full' ? null : cursor.fullAt,
      );
    },
  };
}

/** Only what parsed was ever written: what no longer does was damaged since, in a place that SQLite does not check. */
function readCursor(found: unknown): Cursor {
  try {
    const row = Row.parse(found);
    return Cursor.parse({
      kind: row.kind,
      generation: row.generation,
      syncToken: row.sync_token,
      pageToken: row.page_token,
      fullAt: row.full_at,
    });
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}
