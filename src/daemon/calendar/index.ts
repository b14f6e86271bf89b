import type { Database } from 'better-sqlite3';
import { type AgendaRequest, calendar, type EventRequest, type OccurrenceRequest } from '../../contract/calendar.ts';
import { inTurns } from '../in-turns.ts';
import type { CursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { readAgenda } from './agenda.ts';
import { type CalendarRows, calendarRows } from './calendars.ts';
import { calendarLists } from './collections.ts';
import { readDetails } from './details.ts';
import { type EventRows, eventRows } from './events.ts';
import { type Expansions, expansions } from './expansions.ts';
import { exportedCalendars } from './export.ts';
import { nextOccurrence } from './next-occurrence.ts';
import { type OccurrenceRows, occurrenceRows } from './occurrences.ts';
import { searchableEvents } from './search.ts';
import { type Spreading, spreading } from './spread.ts';
import { migrations } from './tables.ts';

/** The mirror of a person's calendars. */
export interface CalendarMirror extends Mirror {
  readonly calendars: CalendarRows;
  readonly events: EventRows;
  readonly occurrences: OccurrenceRows;
  readonly spread: Spreading;
  readonly expansions: Expansions;
}

export const calendarService: Service<CalendarMirror> = {
  contract: calendar,
  migrations,
  counts: {
    calendars: { table: 'calendars' },
    // Neither tombstones nor occurrences of a series, which are not rows.
    events: { table: 'events', where: (row) => `${row}.cancelled = 0` },
  },
  searchable: [searchableEvents],
  open,
};

function open(db: Database, cursors: CursorRows): CalendarMirror {
  const calendars = calendarRows(db, cursors);
  const events = eventRows(db);
  const occurrences = occurrenceRows(db);
  const spread = spreading(db);
  const expanded = expansions(db, { events, occurrences });
  return {
    calendars,
    events,
    occurrences,
    spread,
    expansions: expanded,
    lists: (of) => calendarLists({ ...of, calendars, events, spread }),
    answers: {
      agenda: (accountIds, request: AgendaRequest) =>
        inTurns(readAgenda({ expansions: expanded, occurrences }, accountIds, request)),
      event: (accountIds, request: EventRequest) =>
        accountIds.includes(request.accountId) ? readDetails({ calendars, events }, request) : null,
      occurrence: (accountIds, request: OccurrenceRequest) =>
        accountIds.includes(request.accountId) ? nextOccurrence({ events, occurrences }, request) : null,
    },
    exported: (accountId) => exportedCalendars({ calendars, events }, accountId),
    listCount: calendars.count,
    erase: calendars.removeAll,
  };
}
