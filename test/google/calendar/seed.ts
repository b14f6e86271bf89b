import type { Person } from '../core/model.ts';
import { characters, seeded } from '../core/random.ts';
import { calendarsOf, deleteCalendar, deleteEvent, insertCalendar, insertEvent } from './library.ts';
import type { Calendar, Calendars } from './model.ts';
import { seedEvents } from './seed-events.ts';

export interface CalendarSeed {
  /** How many calendars, the primary one included. */
  calendars: number;
  /** Rows in the primary calendar; every further one gets a tenth as many. */
  events: number;
  seed: number;
}

/** Replaces all that the person's calendars hold with seeded calendars and events. */
export function seedCalendars(library: Calendars, person: Person, given: CalendarSeed, now: number): void {
  const wanted = Array.from({ length: Math.max(1, given.calendars) }, (_, index) => idOf(person, index));
  for (const { id, deleted } of calendarsOf(library, person.sub)) {
    if (!deleted && !wanted.includes(id)) deleteCalendar(library, person.sub, id);
  }
  wanted.forEach((id, index) => {
    const present = calendarsOf(library, person.sub).find((calendar) => calendar.id === id && !calendar.deleted);
    const calendar = present ?? insertCalendar(library, person.sub, { id, ...entryOf(person, index) });
    const count = index === 0 ? given.events : Math.ceil(given.events / 10);
    fill(library, calendar, count, given.seed, now);
  });
}

/** The primary calendar every account has. */
export function seedPrimary(library: Calendars, person: Person): Calendar {
  return insertCalendar(library, person.sub, { id: person.email, ...entryOf(person, 0) });
}

function fill(library: Calendars, calendar: Calendar, count: number, seed: number, now: number): void {
  const events = seedEvents(seed, calendar.id, count, now);
  const wanted = new Set(events.map((event) => event.id));
  for (const [id, row] of Object.entries(calendar.rows)) {
    const gone = !row.deleted && !row.event.recurringEventId && !wanted.has(id);
    if (gone) deleteEvent(library, calendar, id);
  }
  const stamp = Math.floor(now / 86_400_000) * 86_400_000;
  for (const event of events) insertEvent(library, calendar, event.id, event, stamp);
}

function idOf(person: Person, index: number): string {
  if (index === 0) return person.email;
  const random = seeded(Number(person.sub.slice(-6)), `calendar ${index}`);
  return `${characters(random, 26, '0123456789abcdefghijklmnopqrstuv')}@group.calendar.google.com`;
}

function entryOf(person: Person, index: number) {
  if (index === 0) return { summary: person.email, primary: true };
  const [name, backgroundColor = '#a4bdfc'] = SECONDARY[(index - 1) % SECONDARY.length] ?? [];
  const round = Math.floor((index - 1) / SECONDARY.length);
  const readOnly = name === 'Holidays in the United Kingdom';
  return {
    summary: round ? `${name} ${round + 1}` : `${name}`,
    backgroundColor,
    accessRole: readOnly ? 'reader' : 'owner',
    timeZone: index % 3 === 2 ? 'America/New_York' : 'Europe/London',
  };
}

const SECONDARY = [
  ['Family', '#f691b2'],
  ['Holidays in the United Kingdom', '#92e1c0'],
  ['Work', '#9a9cff'],
  ['Running club', '#fbe983'],
  ['Travel', '#cabdbf'],
] as const;
