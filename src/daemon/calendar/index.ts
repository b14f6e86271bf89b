import type { Database } from 'better-sqlite3';
import { type AgendaRequest, calendar } from '../../contract/calendar.ts';
import type { CursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { agenda } from './agenda.ts';
import { type CalendarRows, calendarRows } from './calendars.ts';
import { calendarLists } from './collections.ts';
import { type EventRows, eventRows } from './events.ts';
import { migrations } from './tables.ts';

/** The mirror of a person's calendars. */
export interface CalendarMirror extends Mirror {
  readonly calendars: CalendarRows;
  readonly events: EventRows;
}

export const calendarService: Service<CalendarMirror> = {
  contract: calendar,
  migrations,
  counts: {
    calendars: { table: 'calendars' },
    // Neither tombstones nor occurrences of a series, which are not rows.
    events: { table: 'events', where: (row) => `${row}.cancelled = 0` },
  },
  open,
};

function open(db: Database, cursors: CursorRows): CalendarMirror {
  const calendars = calendarRows(db, cursors);
  const events = eventRows(db);
  return {
    calendars,
    events,
    lists: (of) => calendarLists({ ...of, calendars, events }),
    answers: { agenda: (accountIds, request: AgendaRequest) => agenda({ events }, accountIds, request) },
    listCount: calendars.count,
    erase: calendars.removeAll,
  };
}
