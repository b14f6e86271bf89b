import { join } from 'node:path';
import type { calendar_v3 } from '@googleapis/calendar';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { Agenda, type AgendaItem, type AgendaRequest } from '../../../src/contract/calendar.ts';
import { readAgenda } from '../../../src/daemon/calendar/agenda.ts';
import { GoogleCalendar, GoogleEvent } from '../../../src/daemon/calendar/api.ts';
import { calendarRow, eventRow } from '../../../src/daemon/calendar/rows.ts';
import { stepsUpTo } from '../../../src/daemon/calendar/steps.ts';
import { type Mirrors, openMirror } from '../../../src/daemon/services.ts';
import type { Store } from '../../../src/daemon/store/open.ts';
import { atOnce } from './at-once.ts';
import { temporaryFolder } from './folder.ts';

/** A mirror of two accounts, ada and grace, that holds what it is given, without Google. */
export interface Mirror {
  readonly store: Store<Mirrors>;
  calendar(entry: calendar_v3.Schema$CalendarListEntry, accountId?: string): void;
  event(event: calendar_v3.Schema$Event, calendarId?: string, accountId?: string, generation?: number): void;
  /** Ends a reading of a calendar's changes: what comes then is told by another. */
  settle(calendarId?: string, accountId?: string): void;
  /** The whole of it, read page by page. */
  agenda(from: string, to: string, timeZone?: string, limit?: number): { items: AgendaItem[]; skipped: number };
  /** What is kept for agendas of each event. */
  outlines(): { id: string; outline: string }[];
  /** Has the occurrences of series stand in rows around this moment. */
  spread(now: number): void;
  /** The agenda in words, a line an item. */
  lines(from: string, to: string, timeZone?: string): string[];
}

/** Every page of an agenda, as long as there are any. */
export function readAll(page: (after: AgendaRequest['after']) => Agenda): Omit<Agenda, 'next'> {
  const items: AgendaItem[] = [];
  let read = page(null);
  for (;;) {
    items.push(...Agenda.parse(read).items);
    if (read.next === null) return { items, skipped: read.skipped };
    read = page(read.next);
  }
}

export function newMirror(): Mirror {
  const path = join(temporaryFolder(), 'mirror.sqlite');
  const store = openMirror(path);
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
    event(event, calendarId = 'work', accountId = 'ada', generation = 1) {
      const { calendars, events } = store.mirrors.calendar;
      const zone = calendars.lookOf(accountId, calendarId)?.time_zone ?? null;
      const received = { item: GoogleEvent.parse(event), body: JSON.stringify(event) };
      events.put(accountId, calendarId, eventRow(received, zone, stepsUpTo(1_000_000)), generation);
    },
    settle: (calendarId = 'work', accountId = 'ada') =>
      void store.mirrors.calendar.events.settle(accountId, calendarId),
    agenda: (from, to, timeZone = 'Europe/Lisbon', limit = 500) =>
      readAll((after) =>
        atOnce(readAgenda(store.mirrors.calendar, ['ada', 'grace'], { from, to, timeZone, after, limit })),
      ),
    outlines() {
      const db = new Database(path, { readonly: true });
      try {
        return db.prepare<[], { id: string; outline: string }>('SELECT id, outline FROM events').all();
      } finally {
        db.close();
      }
    },
    spread(now) {
      const { calendars, spread } = store.mirrors.calendar;
      for (const accountId of ['ada', 'grace'])
        for (const { id } of calendars.list(accountId)) while (spread.renew(accountId, id, now));
    },
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
