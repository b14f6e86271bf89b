import type { Database } from 'better-sqlite3';
import { firstWritable, lastWritable } from '../export/basic-format.ts';
import { isLong } from './spread.ts';

/** An event, a series, or an exception to one, as the mirror keeps it; `body` is what Google sent. Times in epoch ms. */
export interface EventRow {
  readonly id: string;
  readonly etag: string | null;
  readonly cancelled: boolean;
  readonly series: boolean;
  readonly recurringEventId: string | null;
  readonly originalAt: number | null;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly allDay: boolean;
  /** See calendar/outline.ts. */
  readonly outline: string;
  readonly body: string;
}

export interface EventRows {
  /** Keeps, or by a cancelled row removes, an event. Answers whether that changed anything but the generation. */
  put(accountId: string, calendarId: string, row: EventRow, generation: number): boolean;
  /** How many rows a calendar has, and how many the generation did not meet. */
  met(accountId: string, calendarId: string, generation: number): { all: number; unmet: number };
  /** Removes the calendar's events that the generation did not meet. */
  sweep(accountId: string, calendarId: string, generation: number): boolean;
  /** Ends a reading. Removes tombstones of series that are not there, which stand for nothing; answers whether any were. */
  settle(accountId: string, calendarId: string): boolean;
  /** The occurrences of a series that have a row of their own, live or cancelled. */
  exceptionsOf(accountId: string, calendarId: string, seriesId: string): number[];
  /** The starts of a series that were called off. */
  cancelledOf(accountId: string, calendarId: string, seriesId: string): number[];
  /** How many rows a calendar has. */
  count(accountId: string, calendarId: string): number;
  /** How many of them take place, and are known when. */
  countDated(accountId: string, calendarId: string): number;
  /** What Google sent of all that a calendar has, a series before its exceptions, called off or not. */
  bodies(accountId: string, calendarId: string): Iterable<{ readonly body: string; readonly cancelled: number }>;
  /** What Google sent of an event; null where there is none. */
  bodyOf(accountId: string, calendarId: string, id: string): string | null;
}

type Stored = {
  etag: string | null;
  body: string;
  seen: number;
  reading: number;
  recurring_event_id: string | null;
  original_at: number | null;
};
type Key = [string, string, string];
type Written = [
  ...Key,
  string | null,
  number,
  number,
  string | null,
  number | null,
  number | null,
  number | null,
  number,
  number,
  number,
  string,
  string,
];

export function eventRows(db: Database): EventRows {
  const find = db.prepare<Key, Stored>(
    'SELECT etag, body, seen, reading, recurring_event_id, original_at FROM events WHERE account_id = ? AND calendar_id = ? AND id = ?',
  );
  const touch = db.prepare<[number, number, ...Key]>(
    'UPDATE events SET seen = ?, reading = ? WHERE account_id = ? AND calendar_id = ? AND id = ?',
  );
  // Not REPLACE, which fires no trigger for the row that it removes, and gives it another number. What is spread of a series
  // is to be found out anew.
  const upsert = db
    .prepare<Written, number>(`
      INSERT INTO events (account_id, calendar_id, id, etag, cancelled, series, recurring_event_id,
        original_at, start_at, end_at, all_day, seen, reading, outline, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (account_id, calendar_id, id) DO UPDATE SET etag = excluded.etag, cancelled = excluded.cancelled,
        series = excluded.series, recurring_event_id = excluded.recurring_event_id, original_at = excluded.original_at,
        start_at = excluded.start_at, end_at = excluded.end_at, all_day = excluded.all_day, spread_from = 0, spread_to = 0,
        seen = excluded.seen, reading = excluded.reading, outline = excluded.outline, body = excluded.body
      RETURNING row`)
    .pluck();
  const unspread = db.prepare<Key>(
    'UPDATE events SET spread_from = 0, spread_to = 0 WHERE account_id = ? AND calendar_id = ? AND id = ? AND series = 1',
  );
  const displace = db.prepare<[number]>('DELETE FROM occurrences WHERE event = ?');
  const place = db.prepare<[number, string, number, number, number, number]>(
    'INSERT INTO occurrences (event, account_id, all_day, long, start_at, end_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const readingOf = db
    .prepare<[string, string], number>('SELECT reading FROM calendars WHERE account_id = ? AND id = ?')
    .pluck();
  const nextReading = db.prepare<[string, string]>(
    'UPDATE calendars SET reading = reading + 1 WHERE account_id = ? AND id = ?',
  );
  const remove = db.prepare<Key>('DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND id = ?');
  const removeExceptions = db.prepare<[...Key, number]>(
    `DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND recurring_event_id = ?
      AND (cancelled = 1 OR reading <> ?)`,
  );
  const met = db.prepare<[number, string, string], { allRows: number; unmet: number }>(`
    SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM events
    WHERE account_id = ? AND calendar_id = ?`);
  const unspreadUnmet = db.prepare<[string, string, number]>(`
    UPDATE events SET spread_from = 0, spread_to = 0 WHERE series = 1 AND row IN (
      SELECT m.row FROM events x JOIN events m ON m.account_id = x.account_id AND m.calendar_id = x.calendar_id
        AND m.id = x.recurring_event_id
      WHERE x.account_id = ? AND x.calendar_id = ? AND x.seen <> ? AND x.recurring_event_id IS NOT NULL)`);
  const body = db
    .prepare<Key, string>('SELECT body FROM events WHERE account_id = ? AND calendar_id = ? AND id = ?')
    .pluck();
  const sweep = db.prepare<[string, string, number]>(
    'DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND seen <> ?',
  );
  const prune = db.prepare<[string, string]>(`
    DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND cancelled = 1 AND recurring_event_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM events m WHERE m.account_id = events.account_id
        AND m.calendar_id = events.calendar_id AND m.id = events.recurring_event_id)`);
  const exceptions = db
    .prepare<Key, number>(
      'SELECT original_at FROM events WHERE account_id = ? AND calendar_id = ? AND recurring_event_id = ? AND original_at IS NOT NULL',
    )
    .pluck();
  const called = db
    .prepare<Key, number>(`SELECT original_at FROM events WHERE account_id = ? AND calendar_id = ?
      AND recurring_event_id = ? AND original_at IS NOT NULL AND cancelled = 1`)
    .pluck();
  const count = db
    .prepare<[string, string], number>('SELECT count(*) FROM events WHERE account_id = ? AND calendar_id = ?')
    .pluck();
  const countDated = db
    .prepare<[string, string, number, number], number>(`SELECT count(*) FROM events
      WHERE account_id = ? AND calendar_id = ? AND cancelled = 0 AND start_at BETWEEN ? AND ?`)
    .pluck();
  // The id of an exception is that of its series, and more behind it.
  const bodies = db.prepare<[string, string], { body: string; cancelled: number }>(
    'SELECT body, cancelled FROM events WHERE account_id = ? AND calendar_id = ? ORDER BY id',
  );

  return {
    put(accountId, calendarId, row, generation) {
      const key: Key = [accountId, calendarId, row.id];
      const reading = readingOf.get(accountId, calendarId) ?? 0;
      const stored = find.get(...key);
      // A deletion may carry nothing but the id, so what it was an exception to is taken from what is known.
      const recurringEventId = row.recurringEventId ?? (row.cancelled ? stored?.recurring_event_id : null) ?? null;
      const originalAt = row.originalAt ?? (row.cancelled ? stored?.original_at : null) ?? null;

      if (row.cancelled && recurringEventId === null) {
        // What the same reading says to take place stays, in whatever order it says so: a person may have been invited to
        // single occurrences of a series, or they were kept when it was called off.
        const exceptionsGone = removeExceptions.run(...key, reading).changes;
        return remove.run(...key).changes + exceptionsGone > 0;
      }
      if (stored && (row.etag === null ? stored.body === row.body : stored.etag === row.etag)) {
        if (stored.seen !== generation || stored.reading !== reading) touch.run(generation, reading, ...key);
        return false;
      }
      const { etag, cancelled, series, startAt, endAt, allDay, outline, body: text } = row;
      const times = [originalAt, startAt, endAt, +allDay] as const;
      const kept = [
        ...key,
        etag,
        +cancelled,
        +series,
        recurringEventId,
        ...times,
        generation,
        reading,
        outline,
        text,
      ] as const;
      const number = upsert.get(...kept) ?? 0;
      displace.run(number);
      if (!cancelled && !series && startAt !== null && endAt !== null) {
        place.run(number, accountId, +allDay, +isLong(startAt, endAt), startAt, endAt);
      }
      // The series stands where its exception does not, and again where it no longer does.
      for (const id of new Set([recurringEventId, stored?.recurring_event_id ?? null])) {
        if (id !== null) unspread.run(accountId, calendarId, id);
      }
      return true;
    },
    met(accountId, calendarId, generation) {
      const { allRows: all = 0, unmet = 0 } = met.get(generation, accountId, calendarId) ?? {};
      return { all, unmet };
    },
    sweep(accountId, calendarId, generation) {
      unspreadUnmet.run(accountId, calendarId, generation);
      return sweep.run(accountId, calendarId, generation).changes > 0;
    },
    settle(accountId, calendarId) {
      nextReading.run(accountId, calendarId);
      return prune.run(accountId, calendarId).changes > 0;
    },
    exceptionsOf: (accountId, calendarId, seriesId) => exceptions.all(accountId, calendarId, seriesId),
    cancelledOf: (accountId, calendarId, seriesId) => called.all(accountId, calendarId, seriesId),
    count: (accountId, calendarId) => count.get(accountId, calendarId) ?? 0,
    countDated: (accountId, calendarId) => countDated.get(accountId, calendarId, firstWritable, lastWritable) ?? 0,
    bodies: (accountId, calendarId) => bodies.iterate(accountId, calendarId),
    bodyOf: (accountId, calendarId, id) => body.get(accountId, calendarId, id) ?? null,
  };
}
