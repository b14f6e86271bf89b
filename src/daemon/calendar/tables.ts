import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { GoogleCalendar, GoogleEvent } from './api.ts';
import { outlineOf } from './outline.ts';
import { calendarName } from './rows.ts';

/**
 * The tables of calendars and events, step by step. A step that changes what is derived from an event's body, or the
 * parameters of a list request, has to delete the cursors and empty the etags too.
 */
export const migrations: readonly ((db: Database) => void)[] = [
  (db) =>
    db.exec(`
    CREATE TABLE calendars (
      account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      color TEXT NOT NULL,
      time_zone TEXT,
      is_primary INTEGER NOT NULL,
      shown INTEGER NOT NULL,
      body TEXT NOT NULL, -- as Google sent it
      seen INTEGER NOT NULL, -- generation of the last pass that delivered it
      PRIMARY KEY (account_id, id)
    ) STRICT;

    CREATE TABLE events (
      account_id TEXT NOT NULL,
      calendar_id TEXT NOT NULL,
      id TEXT NOT NULL,
      etag TEXT,
      cancelled INTEGER NOT NULL, -- 1: tombstone of one occurrence of a series
      series INTEGER NOT NULL, -- 1: has a recurrence
      recurring_event_id TEXT, -- the series this one is an exception of
      original_at INTEGER, -- the occurrence it stands in for
      start_at INTEGER, -- epoch ms; an all-day event counts in UTC days
      end_at INTEGER, -- of a series: of its last occurrence
      body TEXT NOT NULL, -- as Google sent it
      seen INTEGER NOT NULL,
      PRIMARY KEY (account_id, calendar_id, id),
      FOREIGN KEY (account_id, calendar_id) REFERENCES calendars ON DELETE CASCADE
    ) STRICT;

    -- By end, because most of a calendar lies in the past and is skipped at once.
    CREATE INDEX events_by_time ON events (account_id, end_at, start_at) WHERE cancelled = 0;
    CREATE INDEX events_by_series ON events (account_id, calendar_id, recurring_event_id, original_at)
      WHERE recurring_event_id IS NOT NULL;
    `),
  (db) => {
    provideFunctions(db);
    db.exec(`
    -- An agenda reads the outline, never the body. The body goes last: SQLite has to pass through all of a long value to
    -- reach the columns behind it, see https://www.sqlite.org/fileformat.html#cell_payload_overflow_pages
    ALTER TABLE events RENAME TO events_before;
    CREATE TABLE events (
      account_id TEXT NOT NULL,
      calendar_id TEXT NOT NULL,
      id TEXT NOT NULL,
      etag TEXT,
      cancelled INTEGER NOT NULL, -- 1: tombstone of one occurrence of a series
      series INTEGER NOT NULL, -- 1: has a recurrence
      recurring_event_id TEXT, -- the series this one is an exception of
      original_at INTEGER, -- the occurrence it stands in for
      start_at INTEGER, -- epoch ms; an all-day event counts in UTC days
      end_at INTEGER, -- of a series: of its last occurrence, or later
      seen INTEGER NOT NULL,
      outline TEXT NOT NULL, -- what an agenda is made of: see calendar/outline.ts
      body TEXT NOT NULL, -- as Google sent it
      PRIMARY KEY (account_id, calendar_id, id),
      FOREIGN KEY (account_id, calendar_id) REFERENCES calendars ON DELETE CASCADE
    ) STRICT;
    INSERT INTO events SELECT account_id, calendar_id, id, etag, cancelled, series, recurring_event_id, original_at,
      start_at, end_at, seen, event_outline(body), body FROM events_before;
    DROP TABLE events_before;
    CREATE INDEX events_by_time ON events (account_id, end_at, start_at) WHERE cancelled = 0;
    CREATE INDEX events_by_series ON events (account_id, calendar_id, recurring_event_id, original_at)
      WHERE recurring_event_id IS NOT NULL;

    UPDATE calendars SET name = coalesce(calendar_name(body), name);
    `);
  },
];

/** What a step may call: it derives from a body what is kept beside it, without asking Google again. */
function provideFunctions(db: Database): void {
  const deterministic = true;
  // A body that does not parse was damaged; an outline that does not either says so when the agenda is read.
  db.function('event_outline', { deterministic }, (body) => {
    const event = readBody(GoogleEvent, body);
    return event ? outlineOf(event) : '';
  });
  db.function('calendar_name', { deterministic }, (body) => {
    const calendar = readBody(GoogleCalendar, body);
    return calendar ? calendarName(calendar) : null;
  });
}

function readBody<T>(schema: z.ZodType<T>, body: unknown): T | null {
  try {
    return schema.parse(JSON.parse(String(body)));
  } catch {
    return null;
  }
}
