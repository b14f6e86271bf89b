import { z } from 'zod';
import { Instant } from './instant.ts';
import type { ServiceContract } from './service.ts';
import { WebAddress } from './web-address.ts';

/** A calendar day, `YYYY-MM-DD`, without a zone. */
export const CalendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What others wrote, cut for showing: see shown-text.ts. */
const ShownText = z.string().max(1_000);

const Color = z.string().regex(/^#[0-9a-f]{6}$/);

/** Which events of an account are meant, as Google names them. */
const eventName = { accountId: z.string().max(255), calendarId: z.string().max(1_100), eventId: z.string().max(1_100) };

/** Items of one answer. */
export const mostItems = 500;

/** Which stretch of the calendar to show. `to` is exclusive. */
export const AgendaRequest = z.strictObject({
  from: CalendarDay,
  to: CalendarDay,
  /** IANA zone in which days begin and end, such as `Europe/Lisbon`. */
  timeZone: z.string().max(64),
  /** The `next` of the answer before; null for the beginning. */
  after: z.string().max(256).nullable(),
  limit: z.number().int().min(1).max(mostItems),
});
export type AgendaRequest = z.infer<typeof AgendaRequest>;

/** When something is. `end` is exclusive, as Google has it. */
export const EventTime = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all-day'), start: CalendarDay, end: CalendarDay }),
  /** Epoch milliseconds. */
  z.strictObject({ kind: z.literal('timed'), start: z.number(), end: z.number() }),
]);
export type EventTime = z.infer<typeof EventTime>;

/** https://developers.google.com/workspace/calendar/api/v3/reference/events (`eventType`) */
export const EventKind = z.enum([
  'meeting',
  'birthday',
  'focus-time',
  'from-gmail',
  'out-of-office',
  'working-location',
]);
export type EventKind = z.infer<typeof EventKind>;

/** What somebody has answered to an invitation. */
export const Answer = z.enum(['accepted', 'declined', 'tentative', 'unanswered']);
export type Answer = z.infer<typeof Answer>;

/** What tells an event apart from others at a glance. */
const eventLook = {
  calendarName: ShownText,
  /** `#rrggbb`: that of the event where it has one of its own, else as Google shows the calendar. */
  color: Color,
  kind: EventKind,
  title: ShownText,
  location: ShownText.nullable(),
  /** What the person has answered; null where they were not invited. */
  answer: Answer.nullable(),
  /** Whether no more of it may be seen than that somebody is busy. */
  busyOnly: z.boolean(),
  tentative: z.boolean(),
};

export const AgendaItem = z.strictObject({
  /** Unique within one answer: an occurrence of a series has its own. */
  key: z.string().max(30_000),
  ...eventName,
  ...eventLook,
  recurring: z.boolean(),
  /** Whether the series may have occurrences that are not shown: its rule is not understood, or asks for too much. */
  incomplete: z.boolean(),
  when: EventTime,
});
export type AgendaItem = z.infer<typeof AgendaItem>;

/** The items of the stretch, by start; all-day items come before timed ones of the same moment. */
export const Agenda = z.strictObject({
  items: z.array(AgendaItem).max(mostItems),
  /** Where to read on; null when this was all. */
  next: z.string().max(256).nullable(),
  /**
   * How many series may have more than is shown without an item that says so: they, or all of them together, ask for more
   * than may be spent on one answer.
   */
  skipped: z.number().int(),
});
export type Agenda = z.infer<typeof Agenda>;

/** One occurrence of an event; `start` is its own in {@link AgendaItem.when}. */
export const EventRequest = z.strictObject({ ...eventName, start: z.union([CalendarDay, z.number()]) });
export type EventRequest = z.infer<typeof EventRequest>;

/** An event of which nobody has said which occurrence is meant; `now` in epoch milliseconds. */
export const OccurrenceRequest = z.strictObject({ ...eventName, now: Instant });
export type OccurrenceRequest = z.infer<typeof OccurrenceRequest>;

/** A stretch of a description: text, or a link that leads where it says. */
export const Run = z.strictObject({
  text: z.string().max(10_000),
  href: WebAddress.nullable(),
});
export type Run = z.infer<typeof Run>;

/** A paragraph of a description, or an entry of a list in it. */
export const Block = z.strictObject({ kind: z.enum(['paragraph', 'entry']), runs: z.array(Run).max(1_000) });
export type Block = z.infer<typeof Block>;

export const Guest = z.strictObject({
  /** The name, or the address where there is none. */
  name: ShownText,
  email: ShownText,
  answer: Answer,
  self: z.boolean(),
  organizer: z.boolean(),
  optional: z.boolean(),
  /** A room or a thing. */
  resource: z.boolean(),
});
export type Guest = z.infer<typeof Guest>;

const Link = z.strictObject({ label: ShownText, href: WebAddress });

/** All that is known of one occurrence of an event. */
export const EventDetails = z.strictObject({
  ...eventName,
  ...eventLook,
  /** Null where Google's answer does not say when it is. */
  when: EventTime.nullable(),
  /** The lines of the series' recurrence, as Google sent them: RFC 5545, section 3.8.5. */
  recurrence: z.array(ShownText).max(100),
  organizer: ShownText.nullable(),
  /** The first of them; `guestCount` says how many there are. */
  guests: z.array(Guest).max(500),
  guestCount: z.number().int(),
  description: z.array(Block).max(2_000),
  /** Whether the description went on. */
  descriptionCut: z.boolean(),
  conference: z.array(Link).max(20),
  attachments: z.array(Link).max(50),
  /** Minutes before the start; null where the calendar's own are meant. */
  reminders: z
    .array(z.strictObject({ method: z.enum(['popup', 'email']), minutes: z.number().int() }))
    .max(20)
    .nullable(),
  /** `private` or `confidential`, where it is not as the calendar has it. */
  visibility: z.enum(['private', 'confidential', 'public']).nullable(),
  /** The event on Google's page. */
  link: WebAddress.nullable(),
});
export type EventDetails = z.infer<typeof EventDetails>;

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
    /** The occurrence of an event that goes on or is next, else the last one; null where there is no such event. */
    occurrence: { params: OccurrenceRequest, result: AgendaItem.nullable() },
    /** Null where there is no such event. */
    event: { params: EventRequest, result: EventDetails.nullable() },
  },
} as const satisfies ServiceContract;
