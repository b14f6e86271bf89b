import type { calendar_v3 } from '@googleapis/calendar';
import { instanceId, instantOf, originalStartOf, readInstanceId, timed } from './event-time.ts';
import type { Calendar, Calendars, Row } from './model.ts';

type Event = calendar_v3.Schema$Event;
type Entry = calendar_v3.Schema$CalendarListEntry;

/** Every change to a calendar or an event, on the plain data: each one moves the version on. */
export function insertCalendar(library: Calendars, sub: string, given: Entry & { id: string }): Calendar {
  const version = nextVersion(library);
  const calendar: Calendar = {
    id: given.id,
    version,
    lastChange: version,
    deleted: false,
    rows: {},
    entry: {
      kind: 'calendar#calendarListEntry',
      etag: etagOf(version),
      summary: given.id,
      timeZone: 'Europe/London',
      colorId: '14',
      backgroundColor: '#9fe1e7',
      foregroundColor: '#000000',
      selected: true,
      accessRole: 'owner',
      defaultReminders: [],
      conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
      ...given,
    },
  };
  library.bySub[sub] = [...calendarsOf(library, sub).filter((present) => present.id !== given.id), calendar];
  return calendar;
}

/** Changes what the calendar list says of a calendar. */
export function updateCalendar(library: Calendars, sub: string, calendarId: string, patch: Entry): Calendar {
  const calendar = calendarOf(library, sub, calendarId);
  calendar.version = nextVersion(library);
  calendar.entry = { ...calendar.entry, ...patch, id: calendar.id, etag: etagOf(calendar.version) };
  return calendar;
}

/** Leaves a tombstone in the calendar list and nothing else. */
export function deleteCalendar(library: Calendars, sub: string, calendarId: string): void {
  const calendar = calendarOf(library, sub, calendarId);
  calendar.version = nextVersion(library);
  calendar.deleted = true;
  calendar.rows = {};
  const kind = 'calendar#calendarListEntry';
  calendar.entry = { kind, etag: etagOf(calendar.version), id: calendar.id, deleted: true };
}

/** Adds an event, or an exception when `recurringEventId` is given. */
export function insertEvent(library: Calendars, calendar: Calendar, id: string, given: Event, now: number): Event {
  if (given.status === 'cancelled' && given.recurringEventId) return write(library, calendar, cancelled(id, given));
  const stamp = new Date(now).toISOString();
  const owner = { email: calendar.id, self: true };
  return write(library, calendar, {
    kind: 'calendar#event',
    id,
    status: 'confirmed',
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${calendar.id}`).toString('base64url')}`,
    created: stamp,
    updated: stamp,
    creator: owner,
    organizer: owner,
    iCalUID: `${given.recurringEventId ?? id}@google.com`,
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
    ...given,
  });
}

/** Changes an event. For the id of an instance that has no row yet, this makes the exception. */
export function updateEvent(library: Calendars, calendar: Calendar, id: string, patch: Event, now: number): Event {
  const present = calendar.rows[id]?.event ?? instanceOf(calendar, id);
  if (!present) throw new Error(`No event ${id} in ${calendar.id}`);
  const sequence = (present.sequence ?? 0) + 1;
  return write(library, calendar, { ...present, sequence, updated: new Date(now).toISOString(), ...patch, id });
}

/**
 * Deletes an event. A deleted event is told as a row with hardly more than its id. Deleting a recurring event ends its
 * exceptions too; whether those are told one by one is a setting, because Google does not say.
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events (`status`)
 */
export function deleteEvent(library: Calendars, calendar: Calendar, id: string): void {
  const event = calendar.rows[id]?.event;
  if (!event) throw new Error(`No event ${id} in ${calendar.id}`);
  if (event.recurringEventId && event.originalStartTime) {
    cancelInstance(library, calendar, event.recurringEventId, event.originalStartTime);
    return;
  }
  write(library, calendar, { kind: 'calendar#event', id, status: 'cancelled' }, true);
  for (const { event: exception } of Object.values(calendar.rows)) {
    if (exception.recurringEventId !== id || !exception.id) continue;
    if (library.exceptionsFollowMaster) write(library, calendar, cancelled(exception.id, exception), true);
    else delete calendar.rows[exception.id];
  }
}

/** Cancels one instance of a recurring event: an exception with `status: cancelled`, which stays a live row. */
export function cancelInstance(
  library: Calendars,
  calendar: Calendar,
  masterId: string,
  originalStart: string | calendar_v3.Schema$EventDateTime,
): Event {
  const master = calendar.rows[masterId]?.event;
  if (!master?.recurrence) throw new Error(`No recurring event ${masterId} in ${calendar.id}`);
  const original = typeof originalStart === 'string' ? originalStartOf(master, originalStart) : originalStart;
  const exception = { recurringEventId: masterId, originalStartTime: original };
  return write(library, calendar, cancelled(instanceId(masterId, original), exception));
}

/** The calendars there are, tombstones included. */
export function calendarsOf(library: Calendars, sub: string): Calendar[] {
  return library.bySub[sub] ?? [];
}

/** The calendar with this id, or the first one for `primary`. */
export function findCalendar(library: Calendars, sub: string, calendarId: string): Calendar | undefined {
  const live = calendarsOf(library, sub).filter((calendar) => !calendar.deleted);
  return live.find((calendar) => (calendarId === 'primary' ? calendar.entry.primary : calendar.id === calendarId));
}

/** As `findCalendar`; a mistake in a test when there is none. */
export function calendarOf(library: Calendars, sub: string, calendarId: string): Calendar {
  const calendar = findCalendar(library, sub, calendarId);
  if (!calendar) throw new Error(`No calendar ${calendarId} of ${sub}`);
  return calendar;
}

/** The truth a mirror is compared with: live rows and the cancelled exceptions of live masters. */
export function liveEvents(calendar: Calendar): Event[] {
  return Object.values(calendar.rows).flatMap((row) => (row.deleted ? [] : [row.event]));
}

function write(library: Calendars, calendar: Calendar, event: Event, deleted = false): Event {
  const id = event.id ?? '';
  const version = nextVersion(library);
  const row: Row = { event: { ...event, etag: etagOf(version) }, version, deleted };
  // A changed row moves to the end: lists come in the order of change, roughly as Google's do.
  delete calendar.rows[id];
  calendar.rows[id] = row;
  calendar.lastChange = version;
  return row.event;
}

function cancelled(id: string, of: Pick<Event, 'recurringEventId' | 'originalStartTime'>): Event & { id: string } {
  const { recurringEventId, originalStartTime } = of;
  const origin = recurringEventId && originalStartTime ? { recurringEventId, originalStartTime } : {};
  return { kind: 'calendar#event', id, status: 'cancelled', ...origin };
}

/** An instance as the recurring event would give it: the start of an exception. */
function instanceOf(calendar: Calendar, id: string): Event | undefined {
  const parts = readInstanceId(id);
  const master = parts && calendar.rows[parts.masterId]?.event;
  if (!parts || !master?.recurrence) return undefined;
  const original = originalStartOf(master, parts.originalStart);
  const { recurrence: _recurrence, ...rest } = master;
  const length = instantOf(master.end) - instantOf(master.start);
  const ends = instantOf(original) + length;
  const end = original.date
    ? { date: new Date(ends).toISOString().slice(0, 10) }
    : timed(ends, master.end?.timeZone ?? 'UTC');
  return { ...rest, id, recurringEventId: parts.masterId, originalStartTime: original, start: original, end };
}

function nextVersion(library: Calendars): number {
  library.version += 1;
  return library.version;
}

function etagOf(version: number): string {
  return `"${(3_500_000_000 + version) * 2}000"`;
}
