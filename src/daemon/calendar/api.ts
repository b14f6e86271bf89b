import type { calendar_v3 } from '@googleapis/calendar';
import { z } from 'zod';
import type { GoogleGet } from '../google/http.ts';
import { askForFewer, Items, notAPage, type Received, readItems, Token } from '../google/page.ts';
import type { Position, TokenPage } from '../sync/feeds/sync-token.ts';

/** The keys of a schema below have to be Google's own. */
type ShapeOf<T> = Partial<Record<keyof T, z.ZodType>>;

/** A field that is absent or of a strange type is taken as absent: one odd event must not cost the page. */
const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
/** Google's own are at most 1,024 characters; an occurrence has its moment behind that. */
const id = z.string().min(1).max(1_100);
/** Longer than any date, and than any name of a time zone. */
const word = z.string().max(64).nullish().catch(null);

export const GoogleMoment = z
  .looseObject({ date: word, dateTime: word, timeZone: word } satisfies ShapeOf<calendar_v3.Schema$EventDateTime>)
  .nullish()
  .catch(null);
export type GoogleMoment = z.infer<typeof GoogleMoment>;

const Attendees = z
  .array(
    z
      .looseObject({
        email: text,
        displayName: text,
        responseStatus: word,
        self: flag,
        organizer: flag,
        optional: flag,
        resource: flag,
        comment: text,
        additionalGuests: z.number().int().nullish().catch(null),
      } satisfies ShapeOf<calendar_v3.Schema$EventAttendee>)
      .nullable()
      .catch(null),
  )
  .nullish()
  .catch(null);

/** https://developers.google.com/calendar/api/v3/reference/events#resource */
export const GoogleEvent = z.looseObject({
  id,
  etag: text,
  status: text,
  summary: text,
  location: text,
  start: GoogleMoment,
  end: GoogleMoment,
  recurrence: z.array(z.string()).nullish().catch(null),
  recurringEventId: text,
  originalStartTime: GoogleMoment,
  eventType: word,
  visibility: word,
  colorId: word,
  eventLabelId: text,
  attendees: Attendees,
} satisfies ShapeOf<calendar_v3.Schema$Event>);
export type GoogleEvent = z.infer<typeof GoogleEvent>;

/** https://developers.google.com/calendar/api/v3/reference/calendarList#resource */
export const GoogleCalendar = z.looseObject({
  id,
  summary: text,
  summaryOverride: text,
  backgroundColor: text,
  timeZone: text,
  primary: flag,
  selected: flag,
  hidden: flag,
  deleted: flag,
  accessRole: word,
} satisfies ShapeOf<calendar_v3.Schema$CalendarListEntry>);
export type GoogleCalendar = z.infer<typeof GoogleCalendar>;

const Answer = z.object({ items: Items, nextPageToken: Token.nullish(), nextSyncToken: Token.nullish() });

const fields = 'nextPageToken,nextSyncToken,items';

// A token is bound to the parameters it was first asked with; these must not vary from one request to the next.
const calendarListQuery = {
  maxResults: 250,
  showHidden: true,
  fields,
} as const satisfies calendar_v3.Params$Resource$Calendarlist$List;

// Series are mirrored as they are and expanded here: asked for single events, Google sends hundreds of rows for one
// touched series. No `timeMin`: the whole calendar is mirrored, and sync tokens forbid it.
const eventsQuery = {
  singleEvents: false,
  fields,
} as const satisfies calendar_v3.Params$Resource$Events$List;

/** https://developers.google.com/calendar/api/v3/reference/calendars#resource */
const GoogleLabels = z.looseObject({
  labelProperties: z
    .looseObject({
      eventLabels: z.array(z.looseObject({ id: text, backgroundColor: text }).nullable().catch(null)).nullish(),
    })
    .nullish()
    .catch(null),
} satisfies ShapeOf<calendar_v3.Schema$Calendar>);
export type GoogleLabels = z.infer<typeof GoogleLabels>;

export interface GoogleCalendarApi {
  /** https://developers.google.com/calendar/api/v3/reference/calendarList/list */
  calendars(position: Position, signal: AbortSignal): Promise<TokenPage<GoogleCalendar>>;
  /** https://developers.google.com/calendar/api/v3/reference/events/list */
  events(calendarId: string, position: Position, signal: AbortSignal): Promise<TokenPage<GoogleEvent>>;
  /** https://developers.google.com/calendar/api/v3/reference/calendars/get */
  labels(calendarId: string, signal: AbortSignal): Promise<Received<GoogleLabels>>;
}

/** Calendar v3 as far as the mirror needs it. Its functions throw what `get` throws. */
export function googleCalendar(get: GoogleGet): GoogleCalendarApi {
  return {
    async calendars(position, signal) {
      const query: calendar_v3.Params$Resource$Calendarlist$List = { ...calendarListQuery, ...position };
      return readPage(GoogleCalendar, await get('/calendar/v3/users/me/calendarList', { ...query }, signal));
    },
    async events(calendarId, position, signal) {
      const path = `/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events`;
      const query: calendar_v3.Params$Resource$Events$List = { ...eventsQuery, ...position };
      const ask = (maxResults: number) => get(path, { ...query, maxResults }, signal);
      return readPage(GoogleEvent, await askForFewer(ask, pageSizes));
    },
    async labels(calendarId, signal) {
      const path = `/calendar/v3/calendars/${encodeURIComponent(calendarId)}`;
      const raw = await get(path, { fields: 'labelProperties' }, signal);
      const answer = GoogleLabels.safeParse(raw);
      if (!answer.success) throw notAPage(answer.error);
      return { item: answer.data, body: JSON.stringify(raw) };
    },
  };
}

/** How many events to ask for at once. */
const pageSizes = [2500, 250, 25] as const;

function readPage<T>(schema: z.ZodType<T>, raw: unknown): TokenPage<T> {
  const answer = Answer.safeParse(raw);
  if (!answer.success) throw notAPage(answer.error);
  const { items, nextPageToken, nextSyncToken } = answer.data;
  return {
    ...readItems(schema, items),
    nextPageToken: nextPageToken ?? null,
    nextSyncToken: nextSyncToken ?? null,
  };
}
