import type { Database } from 'better-sqlite3';

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
  /** See calendar/outline.ts. */
  readonly outline: string;
  readonly body: string;
}

/** What an agenda is made from. */
export interface AgendaRow {
  readonly id: string;
  readonly calendar_id: string;
  readonly calendar_name: string;
  readonly color: string;
  readonly time_zone: string | null;
  readonly series: number;
  readonly recurring_event_id: string | null;
  readonly outline: string;
}

export interface EventRows {
  /** Keeps, or by a cancelled row removes, an event. Answers whether that changed anything but the generation. */
  put(accountId: string, calendarId: string, row: EventRow, generation: number): boolean;
  /** How many rows a calendar has, and how many the generation did not meet. */
  met(accountId: string, calendarId: string, generation: number): { all: number; unmet: number };
  /** Removes the calendar's events that the generation did not meet. */
  sweep(accountId: string, calendarId: string, generation: number): boolean;
  /** Removes tombstones of series that are not there: they stand for nothing. */
  prune(accountId: string, calendarId: string): boolean;
  /** Live events of shown calendars that may touch the stretch. */
  between(accountId: string, from: number, to: number): AgendaRow[];
  /** The occurrences of a series that have a row of their own, live or cancelled. */
  exceptionsOf(accountId: string, calendarId: string, seriesId: string): number[];
}

type Stored = {
  etag: string | null;
  body: string;
  seen: number;
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
  string,
  string,
];

export function eventRows(db: Database): EventRows {
  const find = db.prepare<Key, Stored>(
    'SELECT etag, body, seen, recurring_event_id, original_at FROM events WHERE account_id = ? AND calendar_id = ? AND id = ?',
  );
  const touch = db.prepare<[number, ...Key]>(
    'UPDATE events SET seen = ? WHERE account_id = ? AND calendar_id = ? AND id = ?',
  );
  // Not REPLACE, which fires no trigger for the row that it removes.
  const upsert = db.prepare<Written>(`
    INSERT INTO events (account_id, calendar_id, id, etag, cancelled, series, recurring_event_id,
      original_at, start_at, end_at, seen, outline, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account_id, calendar_id, id) DO UPDATE SET etag = excluded.etag, cancelled = excluded.cancelled,
      series = excluded.series, recurring_event_id = excluded.recurring_event_id, original_at = excluded.original_at,
      start_at = excluded.start_at, end_at = excluded.end_at, seen = excluded.seen, outline = excluded.outline,
      body = excluded.body`);
  const remove = db.prepare<Key>('DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND id = ?');
  const removeExceptions = db.prepare<Key>(
    'DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND recurring_event_id = ?',
  );
  const met = db.prepare<[number, string, string], { allRows: number; unmet: number }>(`
    SELECT count(*) AS allRows, count(*) FILTER (WHERE seen <> ?) AS unmet FROM events
    WHERE account_id = ? AND calendar_id = ?`);
  const sweep = db.prepare<[string, string, number]>(
    'DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND seen <> ?',
  );
  const prune = db.prepare<[string, string]>(`
    DELETE FROM events WHERE account_id = ? AND calendar_id = ? AND cancelled = 1 AND recurring_event_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM events m WHERE m.account_id = events.account_id
        AND m.calendar_id = events.calendar_id AND m.id = events.recurring_event_id)`);
  const between = db.prepare<[string, number, number], AgendaRow>(`
    SELECT e.id, e.calendar_id, c.name AS calendar_name, c.color, c.time_zone, e.series, e.recurring_event_id, e.outline
    FROM events e JOIN calendars c ON c.account_id = e.account_id AND c.id = e.calendar_id
    WHERE e.account_id = ? AND e.cancelled = 0 AND e.end_at >= ? AND e.start_at < ? AND c.shown = 1`);
  const exceptions = db
    .prepare<Key, number>(
      'SELECT original_at FROM events WHERE account_id = ? AND calendar_id = ? AND recurring_event_id = ? AND original_at IS NOT NULL',
    )
    .pluck();

  return {
    put(accountId, calendarId, row, generation) {
      const key: Key = [accountId, calendarId, row.id];
      const stored = find.get(...key);
      // A deletion may carry nothing but the id, so what it was an exception to is taken from what is known.
      const recurringEventId = row.recurringEventId ?? (row.cancelled ? stored?.recurring_event_id : null) ?? null;
      const originalAt = row.originalAt ?? (row.cancelled ? stored?.original_at : null) ?? null;

      if (row.cancelled && recurringEventId === null) {
        const exceptionsGone = removeExceptions.run(...key).changes;
        return remove.run(...key).changes + exceptionsGone > 0;
      }
      if (stored && (row.etag === null ? stored.body === row.body : stored.etag === row.etag)) {
        if (stored.seen !== generation) touch.run(generation, ...key);
        return false;
      }
      const { etag, cancelled, series, startAt, endAt, outline, body } = row;
      const times = [originalAt, startAt, endAt] as const;
      upsert.run(...key, etag, +cancelled, +series, recurringEventId, ...times, generation, outline, body);
      return true;
    },
    met(accountId, calendarId, generation) {
      const { allRows: all = 0, unmet = 0 } = met.get(generation, accountId, calendarId) ?? {};
      return { all, unmet };
    },
    sweep: (accountId, calendarId, generation) => sweep.run(accountId, calendarId, generation).changes > 0,
    prune: (accountId, calendarId) => prune.run(accountId, calendarId).changes > 0,
    between: (accountId, from, to) => between.all(accountId, from, to),
    exceptionsOf: (accountId, calendarId, seriesId) => exceptions.all(accountId, calendarId, seriesId),
  };
}
