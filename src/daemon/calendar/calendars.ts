import type { Database } from 'better-sqlite3';
import type { CursorRows } from '../sync/cursor-rows.ts';
import { eventsKey, labelsKey } from './collections.ts';

/** A calendar as the mirror keeps it; `body` is what Google sent. */
export interface CalendarRow {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly timeZone: string | null;
  readonly primary: boolean;
  readonly shown: boolean;
  /** Whether no more may be seen than when somebody is busy. */
  readonly busyOnly: boolean;
  readonly body: string;
}

/** What of a calendar its events are shown with. */
export interface CalendarLook {
  readonly name: string;
  readonly color: string;
  readonly time_zone: string | null;
  readonly busy_only: number;
  /** JSON: the colours of its labels, by their ids. */
  readonly labels: string;
}

export interface CalendarRows {
  lookOf(accountId: string, calendarId: string): CalendarLook | null;
  /** Those of the account, the primary one first. */
  list(accountId: string): { id: string; name: string; timeZone: string | null }[];
  /** What Google sent of each, in the same order. */
  bodies(accountId: string): string[];
  count(accountId: string): number;
  /** Answers whether that changed anything but the generation. */
  put(accountId: string, row: CalendarRow, generation: number): boolean;
  /** Keeps the colours of a calendar's labels; answers whether they are others than before. */
  putLabels(accountId: string, calendarId: string, labels: string): boolean;
  /** Removes all of the account, with their events. */
  removeAll(accountId: string): void;
  /** Removes a calendar, its events and how far they were read. */
  remove(accountId: string, calendarId: string): boolean;
  /** How many there are, and how many the generation did not meet. */
  met(accountId: string, generation: number): { all: number; unmet: number };
  /** Removes the calendars that the generation did not meet. */
  sweep(accountId: string, generation: number): boolean;
}

type Listed = { id: string; name: string; time_zone: string | null };
type Stored = { body: string; seen: number; time_zone: string | null };
type Written = [string, string, string, string, string | null, number, number, number, string, number];

export function calendarRows(db: Database, cursors: CursorRows): CalendarRows {
  const list = db.prepare<[string], Listed>(
    'SELECT id, name, time_zone FROM calendars WHERE account_id = ? ORDER BY is_primary DESC, rowid',
  );
  const bodies = db
    .prepare<[string], string>('SELECT body FROM calendars WHERE account_id = ? ORDER BY is_primary DESC, rowid')
    .pluck();
  const count = db.prepare<[string], number>('SELECT count(*) FROM calendars WHERE account_id = ?').pluck();
  const find = db.prepare<[string, string], Stored>(
    'SELECT body, seen, time_zone FROM calendars WHERE account_id = ? AND id = ?',
  );
  const touch = db.prepare<[number, string, string]>('UPDATE calendars SET seen = ? WHERE account_id = ? AND id = ?');
  // Not REPLACE: that would delete the row first, and the events with it.
  const upsert = db.prepare<Written>(`
    INSERT INTO calendars (account_id, id, name, color, time_zone, is_primary, shown, busy_only, body, seen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, color = excluded.color,
      time_zone = excluded.time_zone, is_primary = excluded.is_primary, shown = excluded.shown,
      busy_only = excluded.busy_only, body = excluded.body, seen = excluded.seen`);
  const remove = db.prepare<[string, string]>('DELETE FROM calendars WHERE account_id = ? AND id = ?');
  const forgetEtags = db.prepare<[string, string]>(
    'UPDATE events SET etag = NULL WHERE account_id = ? AND calendar_id = ?',
  );
  const putLabels = db.prepare<[string, string, string, string]>(
    'UPDATE calendars SET labels = ? WHERE account_id = ? AND id = ? AND labels <> ?',
  );
  const removeAll = db.prepare<[string]>('DELETE FROM calendars WHERE account_id = ?');
  const met = db.prepare<[number, string], { allRows: number; unmet: number }>(
    'SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM calendars WHERE account_id = ?',
  );
  const unseen = db
    .prepare<[string, number], string>('SELECT id FROM calendars WHERE account_id = ? AND seen <> ?')
    .pluck();

  /** What has no zone of its own lies elsewhere now, so all of it is derived anew from what Google sends. */
  function readAnew(accountId: string, calendarId: string): void {
    cursors.forget(accountId, eventsKey(calendarId));
    forgetEtags.run(accountId, calendarId);
  }

  function removeOne(accountId: string, calendarId: string): boolean {
    cursors.forget(accountId, eventsKey(calendarId));
    cursors.forget(accountId, labelsKey(calendarId));
    return remove.run(accountId, calendarId).changes > 0;
  }

  const look = db.prepare<[string, string], CalendarLook>(
    'SELECT name, color, time_zone, busy_only, labels FROM calendars WHERE account_id = ? AND id = ?',
  );

  return {
    lookOf: (accountId, calendarId) => look.get(accountId, calendarId) ?? null,
    list: (accountId) => list.all(accountId).map(({ id, name, time_zone }) => ({ id, name, timeZone: time_zone })),
    bodies: (accountId) => bodies.all(accountId),
    count: (accountId) => count.get(accountId) ?? 0,
    put(accountId, row, generation) {
      const stored = find.get(accountId, row.id);
      if (stored?.body === row.body) {
        if (stored.seen !== generation) touch.run(generation, accountId, row.id);
        return false;
      }
      const { id, name, color, timeZone, primary, shown, busyOnly, body } = row;
      if (stored && stored.time_zone !== timeZone) readAnew(accountId, id);
      upsert.run(accountId, id, name, color, timeZone, +primary, +shown, +busyOnly, body, generation);
      return true;
    },
    met(accountId, generation) {
      const { allRows: all = 0, unmet = 0 } = met.get(generation, accountId) ?? {};
      return { all, unmet };
    },
    putLabels: (accountId, calendarId, labels) => putLabels.run(labels, accountId, calendarId, labels).changes > 0,
    removeAll: (accountId) => void removeAll.run(accountId),
    remove: removeOne,
    sweep: (accountId, generation) =>
      unseen.all(accountId, generation).filter((id) => removeOne(accountId, id)).length > 0,
  };
}
