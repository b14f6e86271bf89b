import { z } from 'zod';
import type { ServiceContract } from './service.ts';

/** A calendar day, `YYYY-MM-DD`, without a zone. */
export const CalendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What others wrote, cut for showing: see shown-text.ts. */
const ShownText = z.string().max(1_000);

/** Which stretch of the calendar to show. `to` is exclusive. */
export const AgendaRequest = z.strictObject({
  from: CalendarDay,
  to: CalendarDay,
  /** IANA zone in which days begin and end, such as `Europe/Lisbon`. */
  timeZone: z.string().max(64),
});
export type AgendaRequest = z.infer<typeof AgendaRequest>;

export const AgendaItem = z.strictObject({
  /** Unique within one answer: an occurrence of a series has its own. */
  key: z.string().max(30_000),
  accountId: z.string().max(255),
  calendarId: z.string().max(1_100),
  calendarName: ShownText,
  /** `#rrggbb` as Google shows the calendar. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  title: ShownText,
  location: ShownText.nullable(),
  tentative: z.boolean(),
  recurring: z.boolean(),
  /** Whether the series may have occurrences that are not shown: its rule is not understood, or asks for too much. */
  incomplete: z.boolean(),
  when: z.discriminatedUnion('kind', [
    /** `end` is exclusive, as Google has it. */
    z.strictObject({ kind: z.literal('all-day'), start: CalendarDay, end: CalendarDay }),
    /** Epoch milliseconds. */
    z.strictObject({ kind: z.literal('timed'), start: z.number(), end: z.number() }),
  ]),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

/** The items of the stretch, by start; all-day items come before timed ones of the same day. */
export const Agenda = z.strictObject({
  items: z.array(AgendaItem).max(1_000),
  /**
   * True when there was more than one answer carries (1,000 items), or may be spent on one. What is incomplete is then
   * left out first, and of a series what comes late, so that none can take the place of all others.
   */
  truncated: z.boolean(),
});
export type Agenda = z.infer<typeof Agenda>;

/** https://developers.google.com/workspace/calendar/api/auth */
export const calendarScope = 'https://www.googleapis.com/auth/calendar.readonly';

export const calendar = {
  name: 'Calendar',
  things: 'your calendars',
  reads: 'the list of your calendars and the events in them',
  why: 'Your agenda is on this computer, with or without a network.',
  scopes: [calendarScope],
  api: 'Google Calendar API',
  root: 'https://www.googleapis.com',
  queries: {
    agenda: { params: AgendaRequest, result: Agenda },
  },
} as const satisfies ServiceContract;
