import type { calendar_v3 } from '@googleapis/calendar';
import { z } from 'zod';
import { GoogleError, type GoogleGet } from './http.ts';

/** Where in a collection to read: nothing for its beginning, or the tokens of an earlier answer. */
export interface Position {
  readonly syncToken?: string;
  readonly pageToken?: string;
}

/** An item, with the text it came as: the mirror keeps what Google said, not what this version understood of it. */
export interface Received<T> {
  readonly item: T;
  readonly body: string;
}

export interface Page<T> {
  readonly items: readonly Received<T>[];
  /** How many items had no id, or none that could be one, and so could not be kept. */
  readonly dropped: number;
  readonly nextPageToken: string | null;
  readonly nextSyncToken: string | null;
}

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
} satisfies ShapeOf<calendar_v3.Schema$CalendarListEntry>);
export type GoogleCalendar = z.infer<typeof GoogleCalendar>;

/** Google allows 2,500 to be asked for. */
const mostItems = 10_000;

/** Characters; it goes back in an address, which has its own limits. */
const longestToken = 8_192;

const Answer = z.object({
  items: z.array(z.unknown()).max(mostItems).default([]),
  nextPageToken: z.string().min(1).max(longestToken).nullish(),
  nextSyncToken: z.string().min(1).max(longestToken).nullish(),
});

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
  maxResults: 2500,
  singleEvents: false,
  fields,
} as const satisfies calendar_v3.Params$Resource$Events$List;

export interface GoogleCalendarApi {
  /** https://developers.google.com/calendar/api/v3/reference/calendarList/list */
  calendars(position: Position, signal: AbortSignal): Promise<Page<GoogleCalendar>>;
  /** https://developers.google.com/calendar/api/v3/reference/events/list */
  events(calendarId: string, position: Position, signal: AbortSignal): Promise<Page<GoogleEvent>>;
}

/** Calendar v3 as far as the mirror needs it. Its functions throw what `get` throws. */
export function googleCalendar(get: GoogleGet): GoogleCalendarApi {
  return {
    async calendars(position, signal) {
      const query: calendar_v3.Params$Resource$Calendarlist$List = { ...calendarListQuery, ...position };
      return readPage(GoogleCalendar, await get('/calendar/v3/users/me/calendarList', { ...query }, signal));
    },
    async events(calendarId, position, signal) {
      const query: calendar_v3.Params$Resource$Events$List = { ...eventsQuery, ...position };
      const path = `/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events`;
      return readPage(GoogleEvent, await get(path, { ...query }, signal));
    },
  };
}

function readPage<T>(schema: z.ZodType<T>, raw: unknown): Page<T> {
  const answer = Answer.safeParse(raw);
  if (!answer.success) throw notAPage(answer.error);
  const items: Received<T>[] = [];
  for (const entry of answer.data.items) {
    const item = schema.safeParse(entry);
    if (item.success) items.push({ item: item.data, body: JSON.stringify(entry) });
  }
  return {
    items,
    dropped: answer.data.items.length - items.length,
    nextPageToken: answer.data.nextPageToken ?? null,
    nextSyncToken: answer.data.nextSyncToken ?? null,
  };
}

/** The answer was JSON, but not a page of a list: something other than Google may have given it. */
export function notAPage(cause?: unknown): GoogleError {
  const observation = {
    kind: 'unreadable',
    where: 'resource-api',
    status: 200,
    contentType: 'application/json',
  } as const;
  return new GoogleError(observation, null, cause);
}
