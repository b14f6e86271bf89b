import type { calendar_v3 } from '@googleapis/calendar';

/** All calendars of all people, as plain JSON. */
export interface Calendars {
  /** Goes up by one with every change to any calendar or event; sync tokens are positions in it. */
  version: number;
  bySub: Record<string, Calendar[]>;
  /** Sync tokens of an older epoch are no longer valid. */
  syncEpoch: Record<string, number>;
  emptyPages: boolean | 'large calendars';
  /** Whether the deletion of a recurring event is also told for each of its exceptions. */
  exceptionsFollowMaster: boolean;
}

export interface Calendar {
  id: string;
  entry: calendar_v3.Schema$CalendarListEntry;
  /** When its entry in the calendar list last changed. */
  version: number;
  /** When one of its events last changed. */
  lastChange: number;
  deleted: boolean;
  rows: Record<string, Row>;
  /** What its events may be labelled with; a state saved before there were labels has none. */
  labels?: calendar_v3.Schema$EventLabel[];
}

/** An event, an exception (also a cancelled one), or the tombstone of either. Events are replaced, never mutated. */
export interface Row {
  event: calendar_v3.Schema$Event;
  version: number;
  deleted: boolean;
}
