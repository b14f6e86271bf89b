import { randomUUID } from 'node:crypto';
import type { calendar_v3 } from '@googleapis/calendar';
import { z } from 'zod';
import { command } from '../core/command.ts';
import type { Double } from '../core/double.ts';
import { personOf } from '../core/model.ts';
import * as library from './library.ts';
import type { Calendars } from './model.ts';
import { type CalendarSeed, seedCalendars } from './seed.ts';

type Event = calendar_v3.Schema$Event;
type Entry = calendar_v3.Schema$CalendarListEntry;

const text = z.string().min(1);
const resource = z.record(z.string(), z.unknown());
const seedSize = z.strictObject({
  calendars: z.number().int().positive().exactOptional(),
  events: z.number().int().nonnegative().exactOptional(),
  seed: z.number().int().exactOptional(),
});

export type CalendarControl = ReturnType<typeof calendarControl>;

/** What a test can do to calendars and events from behind. */
export function calendarControl(double: Double, calendars: Calendars, changed: () => void) {
  const { accounts } = double.state;
  const calendarOf = (sub: string, calendarId: string) => library.calendarOf(calendars, sub, calendarId);
  const saved = <T>(result: T): T => {
    changed();
    return result;
  };
  return {
    /** Replaces a person's calendars: `events` rows in the primary one, a tenth as many in each other. */
    seedCalendars: command([text, seedSize.optional()], (sub: string, given: Partial<CalendarSeed> = {}): void => {
      const size = { calendars: 3, events: 50, seed: 1, ...given };
      saved(seedCalendars(calendars, personOf(accounts, sub), size, double.now()));
    }),
    calendars: command([text], (sub: string): Entry[] =>
      library.calendarsOf(calendars, sub).flatMap((calendar) => (calendar.deleted ? [] : [calendar.entry])),
    ),
    /** The live truth of a calendar: what is not deleted, and the cancelled exceptions. */
    events: command([text, text], (sub: string, calendarId: string): Event[] =>
      library.liveEvents(calendarOf(sub, calendarId)),
    ),
    insertEvent: command([text, text, resource], (sub: string, calendarId: string, partial: Event): Event => {
      const id = partial.id ?? randomUUID().replaceAll('-', '');
      return saved(library.insertEvent(calendars, calendarOf(sub, calendarId), id, { ...partial, id }, double.now()));
    }),
    /** Changes an event; for the id of an instance without a row, makes the exception. */
    updateEvent: command(
      [text, text, text, resource],
      (sub: string, calendarId: string, id: string, patch: Event): Event =>
        saved(library.updateEvent(calendars, calendarOf(sub, calendarId), id, patch, double.now())),
    ),
    deleteEvent: command([text, text, text], (sub: string, calendarId: string, id: string): void =>
      saved(library.deleteEvent(calendars, calendarOf(sub, calendarId), id)),
    ),
    cancelInstance: command(
      [text, text, text, text],
      (sub: string, calendarId: string, masterId: string, originalStart: string): Event =>
        saved(library.cancelInstance(calendars, calendarOf(sub, calendarId), masterId, originalStart)),
    ),
    insertCalendar: command([text, resource], (sub: string, partial: Entry): Entry => {
      const id = partial.id ?? `${randomUUID().replaceAll('-', '')}@group.calendar.google.com`;
      return saved(library.insertCalendar(calendars, personOf(accounts, sub).sub, { ...partial, id }).entry);
    }),
    updateCalendar: command(
      [text, text, resource],
      (sub: string, calendarId: string, patch: Entry): Entry =>
        saved(library.updateCalendar(calendars, sub, calendarOf(sub, calendarId).id, patch).entry),
    ),
    setLabels: command(
      [text, text, z.array(resource)],
      (sub: string, calendarId: string, labels: calendar_v3.Schema$EventLabel[]): void => {
        saved(Object.assign(calendarOf(sub, calendarId), { labels }));
      },
    ),
    deleteCalendar: command([text, text], (sub: string, calendarId: string): void =>
      saved(library.deleteCalendar(calendars, sub, calendarId)),
    ),
    /** The next use of any sync token given so far answers 410. */
    expireSyncTokens: command([text.optional()], (sub?: string): void => {
      const { syncEpoch } = calendars;
      const subs = sub === undefined ? accounts.people.map((person) => person.sub) : [sub];
      for (const each of subs) syncEpoch[each] = (syncEpoch[each] ?? 0) + 1;
      changed();
    }),
    /** Empty pages with a page token: always, never, or in calendars of more than 1,000 events. */
    emptyPages: command(
      [z.union([z.boolean(), z.literal('large calendars')])],
      (when: boolean | 'large calendars'): void => {
        calendars.emptyPages = when;
        changed();
      },
    ),
    /** Whether deleting a recurring event also tells the deletion of each exception. */
    exceptionsFollowMaster: command([z.boolean()], (follow: boolean): void => {
      calendars.exceptionsFollowMaster = follow;
      changed();
    }),
  };
}
