import type { SyncProgress } from '../../contract/sync.ts';
import type { GoogleCalendar, GoogleCalendarApi, GoogleEvent } from '../google/calendar.ts';
import { GoogleError } from '../google/http.ts';
import { calendarListCollection, eventsCollection } from '../store/cursors.ts';
import { type Collection, type PassContext, runPass } from './pass.ts';
import { calendarRow, eventRow, isMalformed } from './rows.ts';

export interface SyncContext extends PassContext {
  readonly google: GoogleCalendarApi;
  readonly onProgress: (progress: SyncProgress) => void;
  /** Called after each commit. */
  readonly onCommit: () => void;
}

/** Changes that only touch a calendar's name or colour are not told by sync token, so the list is read whole weekly. */
const calendarListAge = 7 * 86_400_000;

/**
 * Brings the mirror of one account up to date: the calendar list, then the events of each calendar.
 * @throws {GoogleError} {@link NoAccessToken} {@link StorageError} or the signal's reason. What was committed stays.
 */
export async function syncAccount(context: SyncContext): Promise<void> {
  const { store, accountId, clock, log, onProgress, onCommit } = context;
  await runPass(calendarList(context), context, calendarListAge);

  const calendars = store.calendars.list(accountId);
  let events = 0;
  for (const [calendarsDone, calendar] of calendars.entries()) {
    const report = (full: boolean) =>
      onProgress({ calendarsDone, calendarsTotal: calendars.length, events, calendarName: calendar.name, full });
    report(store.cursors.read(accountId, eventsCollection(calendar.id)).kind === 'full');
    try {
      const collection = calendarEvents(context, calendar, (received, full) => {
        events += received;
        report(full);
        onCommit();
      });
      await runPass(collection, context);
    } catch (error) {
      if (!isGone(error)) throw error;
      // Its events stay until the calendar list says that it is gone.
      log('calendar-not-found');
    }
  }
  store.write(() => {
    store.accounts.succeeded(accountId, clock.now());
    return false;
  });
}

function calendarList({ google, store, accountId, onCommit }: SyncContext): Collection<GoogleCalendar> {
  return {
    name: calendarListCollection,
    fetch: (position, signal) => google.calendars(position, signal),
    put: (items, generation) =>
      items.filter((received) =>
        received.item.deleted === true
          ? store.calendars.remove(accountId, received.item.id)
          : store.calendars.put(accountId, calendarRow(received), generation),
      ).length > 0,
    sweep: (generation) => store.calendars.sweep(accountId, generation),
    settle: () => false,
    committed: onCommit,
  };
}

function calendarEvents(
  { google, store, accountId, log }: SyncContext,
  { id, timeZone }: { id: string; timeZone: string | null },
  onPage: (received: number, full: boolean) => void,
): Collection<GoogleEvent> {
  return {
    name: eventsCollection(id),
    fetch: (position, signal) => google.events(id, position, signal),
    put(items, generation) {
      const rows = items.map((received) => eventRow(received, timeZone));
      const malformed = rows.filter(isMalformed).length;
      if (malformed > 0) log('events-without-time', { count: malformed });
      return rows.filter((row) => store.events.put(accountId, id, row, generation)).length > 0;
    },
    sweep: (generation) => store.events.sweep(accountId, id, generation),
    settle: () => store.events.prune(accountId, id),
    committed: (received, cursor) => onPage(received, cursor.kind === 'full'),
  };
}

/** One calendar that is gone, or was closed to this account, says nothing of the others. */
function isGone(error: unknown): boolean {
  if (!(error instanceof GoogleError) || error.observation.kind !== 'answer') return false;
  const { status, error: reason } = error.observation;
  return status === 404 || (status === 403 && reason === 'insufficientFilePermissions');
}
