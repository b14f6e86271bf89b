import type { Database } from 'better-sqlite3';
import { readOutline } from './outline.ts';
import { occurrences } from './series.ts';
import { type Steps, stepsUpTo } from './steps.ts';
import { readWhen } from './when.ts';
import { type Span, windowAround } from './window.ts';

/** What one transaction may spend on finding out when series are and writing it down, in steps: some hundredths of a second. */
const mostSteps = 50_000;
/** What one series may spend; one that needs more is found out when an agenda is asked for. */
const mostOfSeries = 20_000;
/** What reading a series costs, and a row of an occurrence. */
const reading = 200;
const writing = 50;

/** Of one series in the window; what has more is found out when an agenda is asked for. */
const mostOccurrences = 400;

/** Lasts longer than a day with a shift to summer time in it. */
const long = 26 * 3_600_000;

export const isLong = (start: number, end: number): boolean => end - start > long;

/** Marks a series whose occurrences are no rows: it is not understood, or has too many of them. */
const neverSpread = -1;

interface Pending {
  readonly row: number;
  readonly id: string;
  readonly outline: string;
  readonly time_zone: string | null;
}

/** The occurrences of series as rows, for the stretch around today. */
export interface Spreading {
  /**
   * Renews the series of a calendar whose occurrences are not there as they should be, as far as one transaction may take.
   * Answers whether rows changed. `now` in epoch milliseconds.
   */
  renew(accountId: string, calendarId: string, now: number): boolean;
}

export function spreading(db: Database): Spreading {
  const pending = db.prepare<[string, string, number], Pending>(`
    SELECT e.row, e.id, e.outline, c.time_zone
    FROM events e JOIN calendars c ON c.account_id = e.account_id AND c.id = e.calendar_id
    WHERE e.account_id = ? AND e.calendar_id = ? AND e.series = 1 AND e.cancelled = 0
      AND e.spread_to >= 0 AND e.spread_to < ? ORDER BY e.spread_to LIMIT 500`);
  const replaced = db
    .prepare<[string, string, string], number>(
      'SELECT original_at FROM events WHERE account_id = ? AND calendar_id = ? AND recurring_event_id = ? AND original_at IS NOT NULL',
    )
    .pluck();
  const clear = db.prepare<[number]>('DELETE FROM occurrences WHERE event = ?');
  const insert = db.prepare<[number, string, number, number, number, number]>(
    'INSERT INTO occurrences (event, account_id, all_day, long, start_at, end_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const mark = db.prepare<[number, number, number]>('UPDATE events SET spread_from = ?, spread_to = ? WHERE row = ?');

  function spread(
    series: Pending,
    exceptions: ReadonlySet<number>,
    accountId: string,
    window: Span,
    steps: Steps,
  ): void {
    const { row, outline: text, time_zone: zone } = series;
    clear.run(row);
    const outline = readOutline(text);
    const first = readWhen(outline, zone);
    if (first === null || outline.recurrence === null) return void mark.run(neverSpread, neverSpread, row);
    const found = occurrences(first, outline.recurrence, window, { limit: mostOccurrences, exceptions, steps });
    if (!found.complete) return void mark.run(neverSpread, neverSpread, row);
    const allDay = Number(first.kind === 'all-day');
    for (const { start, end } of found.occurrences) {
      insert.run(row, accountId, allDay, Number(isLong(start, end)), start, end);
    }
    steps.take(found.occurrences.length * writing);
    mark.run(window.from, window.to, row);
  }

  return {
    renew(accountId, calendarId, now) {
      const window = windowAround(now);
      let spent = 0;
      let changed = false;
      for (;;) {
        const found = pending.all(accountId, calendarId, window.to);
        for (const series of found) {
          // What is left is found out when it is asked for, and spread by the next transaction.
          if (spent > mostSteps) return changed;
          const steps = stepsUpTo(mostOfSeries);
          spread(series, new Set(replaced.all(accountId, calendarId, series.id)), accountId, window, steps);
          spent += reading + steps.spent();
          changed = true;
        }
        if (found.length === 0) return changed;
      }
    },
  };
}
