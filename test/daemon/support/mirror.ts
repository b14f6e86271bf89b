import { join } from 'node:path';
import type { calendar_v3 } from '@googleapis/calendar';
import { onTestFinished } from 'vitest';
import { agenda } from '../../../src/daemon/calendar/agenda.ts';
import { GoogleCalendar, GoogleEvent } from '../../../src/daemon/calendar/api.ts';
import { calendarRow, eventRow } from '../../../src/daemon/calendar/rows.ts';
import { type Mirrors, openMirror } from '../../../src/daemon/services.ts';
import type { Store } from '../../../src/daemon/store/open.ts';
import { temporaryFolder } from './folder.ts';

/** A mirror of two accounts, ada and grace, that holds what it is given, without Google. */
export interface Mirror {
  readonly store: Store<Mirrors>;
  calendar(entry: calendar_v3.Schema$CalendarListEntry, accountId?: string): void;
  event(event: calendar_v3.Schema$Event, calendarId?: string, accountId?: string): void;
  agenda(from: string, to: string, timeZone?: string): ReturnType<typeof agenda>;
  /** The agenda in words, a line an item. */
  lines(from: string, to: string, timeZone?: string): string[];
}

export function newMirror(): Mirror {
  const store = openMirror(join(temporaryFolder(), 'mirror.sqlite'));
  onTestFinished(() => store.close());
  for (const accountId of ['ada', 'grace']) store.accounts.add(accountId);
  const mirror: Mirror = {
    store,
    calendar: (entry, accountId = 'ada') =>
      void store.mirrors.calendar.calendars.put(
        accountId,
        calendarRow({ item: GoogleCalendar.parse(entry), body: JSON.stringify(entry) }),
        1,
      ),
    event: (event, calendarId = 'work', accountId = 'ada') =>
      void store.mirrors.calendar.events.put(
        accountId,
        calendarId,
        eventRow({ item: GoogleEvent.parse(event), body: JSON.stringify(event) }, 'Europe/Lisbon'),
        1,
      ),
    agenda: (from, to, timeZone = 'Europe/Lisbon') =>
      agenda(store.mirrors.calendar, ['ada', 'grace'], { from, to, timeZone }),
    lines: (from, to, timeZone = 'Europe/Lisbon') =>
      mirror
        .agenda(from, to, timeZone)
        .items.map(({ title, when }) =>
          when.kind === 'all-day'
            ? `${title}: ${when.start} to ${when.end}`
            : `${title}: ${new Date(when.start).toISOString().slice(0, 16)} for ${(when.end - when.start) / 60_000}`,
        ),
  };
  mirror.calendar({
    id: 'work',
    summary: 'Work',
    backgroundColor: '#16A765',
    timeZone: 'Europe/Lisbon',
    selected: true,
  });
  return mirror;
}
