import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { GoogleCalendar, GoogleEvent } from './api.ts';
import { outlineOf } from './outline.ts';
import { calendarName, eventRow } from './rows.ts';
import { stepsUpTo } from './steps.ts';

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
  (db) => {
    provideFunctions(db);
    db.exec(`
    -- Only that somebody is busy may be seen in it.
    ALTER TABLE calendars ADD COLUMN busy_only INTEGER NOT NULL DEFAULT 0;
    UPDATE calendars SET busy_only = calendar_busy_only(body);
    -- JSON: the colours of its labels, by their ids.
    ALTER TABLE calendars ADD COLUMN labels TEXT NOT NULL DEFAULT '{}';

    ALTER TABLE events RENAME TO events_before;
    CREATE TABLE events (
      row INTEGER PRIMARY KEY, -- what occurrences refer to
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
      all_day INTEGER NOT NULL,
      spread_from INTEGER NOT NULL DEFAULT 0, -- of a series: the stretch whose occurrences are rows,
      spread_to INTEGER NOT NULL DEFAULT 0, -- see calendar/spread.ts
      seen INTEGER NOT NULL,
      outline TEXT NOT NULL, -- what an agenda is made of: see calendar/outline.ts
      body TEXT NOT NULL, -- as Google sent it
      UNIQUE (account_id, calendar_id, id),
      FOREIGN KEY (account_id, calendar_id) REFERENCES calendars ON DELETE CASCADE
    ) STRICT;
    INSERT INTO events (account_id, calendar_id, id, etag, cancelled, series, recurring_event_id, original_at, start_at,
        end_at, all_day, seen, outline, body)
      SELECT account_id, calendar_id, id, etag, cancelled, series, recurring_event_id, original_at, start_at,
        end_at, event_all_day(body), seen, event_outline(body), body FROM events_before;
    DROP TABLE events_before;
    CREATE INDEX events_by_series ON events (account_id, calendar_id, recurring_event_id, original_at)
      WHERE recurring_event_id IS NOT NULL;
    CREATE INDEX events_to_spread ON events (account_id, calendar_id, spread_to) WHERE series = 1 AND cancelled = 0;
    CREATE INDEX events_spread_to ON events (account_id, spread_to, end_at, start_at) WHERE series = 1 AND cancelled = 0;
    CREATE INDEX events_spread_from ON events (account_id, spread_from, end_at, start_at)
      WHERE series = 1 AND cancelled = 0;

    -- When something is: single events and exceptions always, series in a stretch around today.
    CREATE TABLE occurrences (
      event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
      account_id TEXT NOT NULL,
      all_day INTEGER NOT NULL,
      long INTEGER NOT NULL, -- 1: lasts more than a day
      start_at INTEGER NOT NULL,
      end_at INTEGER NOT NULL,
      PRIMARY KEY (event, start_at)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO occurrences SELECT row, account_id, all_day, end_at - start_at > 93600000, start_at, end_at FROM events
      WHERE cancelled = 0 AND series = 0 AND start_at IS NOT NULL AND end_at IS NOT NULL;
    CREATE INDEX occurrences_by_start ON occurrences (account_id, all_day, start_at, event);
    CREATE INDEX occurrences_long ON occurrences (account_id, all_day, start_at, event, end_at) WHERE long = 1;
    `);
  },
  (db) => {
    provideFunctions(db);
    db.exec(`
    -- Which reading of the calendar's changes told of an event last; a reading goes over several pages.
    ALTER TABLE calendars ADD COLUMN reading INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE events ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;

    -- Zones, moments and the ends of series are read otherwise than before.
    UPDATE events SET outline = event_outline(body), original_at = coalesce(event_original(body, zone), original_at),
      start_at = event_start(body, zone), end_at = event_end(body, zone), spread_from = 0, spread_to = 0
      FROM (SELECT account_id AS of_account, id AS of_calendar, time_zone AS zone FROM calendars)
      WHERE of_account = account_id AND of_calendar = calendar_id;
    DELETE FROM occurrences;
    INSERT INTO occurrences SELECT row, account_id, all_day, end_at - start_at > 93600000, start_at, end_at FROM events
      WHERE cancelled = 0 AND series = 0 AND start_at IS NOT NULL AND end_at IS NOT NULL;
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
  const rowOf = (body: unknown, zone: unknown) => {
    const event = readBody(GoogleEvent, body);
    const purse = stepsUpTo(Number.POSITIVE_INFINITY);
    return event && eventRow({ item: event, body: String(body) }, typeof zone === 'string' ? zone : null, purse);
  };
  db.function('event_original', { deterministic }, (body, zone) => rowOf(body, zone)?.originalAt ?? null);
  db.function('event_start', { deterministic }, (body, zone) => rowOf(body, zone)?.startAt ?? null);
  db.function('event_end', { deterministic }, (body, zone) => rowOf(body, zone)?.endAt ?? null);
  db.function('event_all_day', { deterministic }, (body) => Number(Boolean(readBody(GoogleEvent, body)?.start?.date)));
  db.function('calendar_busy_only', { deterministic }, (body) =>
    Number(readBody(GoogleCalendar, body)?.accessRole === 'freeBusyReader'),
  );
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
