import type { calendar_v3 } from '@googleapis/calendar';
import type { Hono } from 'hono';
import { personFor } from '../core/access.ts';
import type { Ctx, Double, Env } from '../core/double.ts';
import { badParameter, notFound, unsupported } from '../core/errors.ts';
import { withEtag } from '../core/etag.ts';
import { fieldsOf, select } from '../core/fields.ts';
import { digestOf, followPageToken, freeze, listText, NOT_BOUND, readPage, type Snapshot } from '../core/listing.ts';
import type { Api } from '../core/part.ts';
import { digest } from '../core/seal.ts';
import { overlaps } from './event-time.ts';
import { calendarsOf, findCalendar } from './library.ts';
import { checkEventsQuery, checkSyncToken, type ListRules, sizeOf, timeOf } from './list-parameters.ts';
import type { Calendar, Calendars } from './model.ts';
import { EVENT_SCOPES, LIST_SCOPES } from './scopes.ts';
import { sinceSyncToken, syncTokenFor } from './sync-token.ts';

export const API: Api = { name: 'Google Calendar API', product: 'Calendar', service: 'calendar-json.googleapis.com' };

export const ENDPOINTS = {
  calendarList: '/calendar/v3/users/me/calendarList',
  events: '/calendar/v3/calendars/:calendarId/events',
  calendar: '/calendar/v3/calendars/:calendarId',
} as const;

/** One list method: how its parameters are checked, and what a full and an incremental reading hold. */
interface ListMethod extends ListRules {
  /** The name of the list in sync tokens. */
  list: string;
  check(query: URLSearchParams): Response | undefined;
  full(query: URLSearchParams): object[];
  changedSince(version: number): object[];
  /** Changes whenever an item does. */
  etag: string;
  head(page: Readonly<Record<string, string>>): object;
}

/**
 * Calendar v3, the two lists that a mirror reads.
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list
 */
export function calendarRoutes(app: Hono<Env>, double: Double, library: Calendars): void {
  app.get(ENDPOINTS.calendarList, (c) => {
    const sub = personFor(double, c, API, LIST_SCOPES);
    return sub instanceof Response ? sub : answerList(double, library, c, sub, calendarListMethod(library, sub));
  });

  app.get(ENDPOINTS.events, (c) => {
    const sub = personFor(double, c, API, EVENT_SCOPES);
    if (sub instanceof Response) return sub;
    const calendar = findCalendar(library, sub, c.req.param('calendarId'));
    return calendar ? answerList(double, library, c, sub, eventsMethod(calendar)) : notFound();
  });

  app.get(ENDPOINTS.calendar, (c) => {
    const sub = personFor(double, c, API, EVENT_SCOPES);
    if (sub instanceof Response) return sub;
    const calendar = findCalendar(library, sub, c.req.param('calendarId'));
    if (!calendar) return notFound();
    const fields = fieldsOf(new URL(c.req.url).searchParams);
    if (fields instanceof Response) return fields;
    const { id, etag, entry, labels = [] } = { ...calendar, etag: calendar.entry.etag ?? '' };
    const resource: calendar_v3.Schema$Calendar = {
      kind: 'calendar#calendar',
      etag,
      id,
      summary: entry.summary ?? '',
      timeZone: entry.timeZone ?? 'UTC',
      labelProperties: { eventLabels: labels },
    };
    return withEtag(c, etag, () => JSON.stringify(fields ? select(resource, fields) : resource));
  });

  app.get(`${ENDPOINTS.events}/:eventId`, (c) => {
    const sub = personFor(double, c, API, EVENT_SCOPES);
    if (sub instanceof Response) return sub;
    const row = findCalendar(library, sub, c.req.param('calendarId'))?.rows[c.req.param('eventId')];
    if (!row) return notFound();
    const fields = fieldsOf(new URL(c.req.url).searchParams);
    if (fields instanceof Response) return fields;
    return withEtag(c, row.event.etag ?? '', () => JSON.stringify(fields ? select(row.event, fields) : row.event));
  });
}

function answerList(double: Double, library: Calendars, c: Ctx, sub: string, method: ListMethod): Response {
  const query = new URL(c.req.url).searchParams;
  const fields = fieldsOf(query);
  if (fields instanceof Response) return fields;
  const size = sizeOf(query, method);
  if (size instanceof Response) return size;
  const refused = method.check(query) ?? checkSyncToken(query, method);
  if (refused) return refused;

  const pageToken = query.get('pageToken');
  const bound = `${method.list} ${digestOf(query, NOT_BOUND)}`;
  const found = pageToken
    ? followPageToken(double, pageToken, sub, bound)
    : firstPage(double, library, sub, method, query, bound);
  if (found instanceof Response) return found;
  if (!found) return badParameter('pageToken', 'Invalid page token value.');

  const { items, etag, head } = readPage(double, found.snapshot, found.offset, found.page, size);
  const key = query.get('fields') ?? '';
  return withEtag(c, etag, () => listText(method.head({ etag, ...head }), 'items', items, fields, key));
}

function firstPage(
  double: Double,
  library: Calendars,
  sub: string,
  method: ListMethod,
  query: URLSearchParams,
  bound: string,
) {
  const { list } = method;
  const reading = { sub, list, digest: digestOf(query, [...NOT_BOUND, ...method.unboundBySyncToken]) };
  const syncToken = query.get('syncToken');
  const since = syncToken ? sinceSyncToken(double, library, syncToken, reading) : undefined;
  if (since instanceof Response) return since;
  const items = since === undefined ? method.full(query) : method.changedSince(since);
  const { emptyPages } = library;
  const snapshot: Snapshot = freeze(double, {
    sub,
    digest: bound,
    items,
    last: { nextSyncToken: syncTokenFor(double, library, reading) },
    etag: `${method.etag}.${digest([['q', bound]])}`,
    emptyPages: emptyPages === 'large calendars' ? items.length > 1000 : emptyPages,
  });
  return { snapshot, offset: 0, page: 0 };
}

function eventsMethod(calendar: Calendar): ListMethod {
  const { entry } = calendar;
  const live = (deleted: boolean) =>
    Object.values(calendar.rows).flatMap((row) => (row.deleted && !deleted ? [] : [row.event]));
  return {
    list: `events/${calendar.id}`,
    defaultSize: 250,
    maxSize: 2500,
    notWithSyncToken: [
      'iCalUID',
      'orderBy',
      'privateExtendedProperty',
      'q',
      'sharedExtendedProperty',
      'timeMin',
      'timeMax',
      'updatedMin',
    ],
    notFalseWithSyncToken: ['showDeleted'],
    // Google's own sample sends timeMin with the first request only. What changes outside the window is told as well.
    unboundBySyncToken: ['syncToken', 'timeMin', 'timeMax', 'showDeleted'],
    check: checkEventsQuery,
    full(query) {
      const events = live(query.get('showDeleted') === 'true');
      const timeMin = timeOf(query, 'timeMin') ?? Number.NEGATIVE_INFINITY;
      const timeMax = timeOf(query, 'timeMax') ?? Number.POSITIVE_INFINITY;
      if (timeMin === Number.NEGATIVE_INFINITY && timeMax === Number.POSITIVE_INFINITY) return events;
      return events.filter((event) => overlaps(event, timeMin, timeMax));
    },
    changedSince: (version) =>
      Object.values(calendar.rows).flatMap((row) => (row.version > version ? [row.event] : [])),
    etag: String(calendar.lastChange),
    head: (page): calendar_v3.Schema$Events => ({
      kind: 'calendar#events',
      summary: entry.summary ?? '',
      description: entry.description ?? '',
      updated: lastUpdate(calendar),
      timeZone: entry.timeZone ?? 'UTC',
      accessRole: entry.accessRole ?? 'owner',
      defaultReminders: entry.defaultReminders ?? [],
      ...page,
    }),
  };
}

function calendarListMethod(library: Calendars, sub: string): ListMethod {
  const all = calendarsOf(library, sub);
  return {
    list: 'calendarList',
    defaultSize: 100,
    maxSize: 250,
    notWithSyncToken: ['minAccessRole', 'showOwnOrganizationOnly'],
    notFalseWithSyncToken: ['showDeleted', 'showHidden'],
    unboundBySyncToken: ['syncToken', 'showDeleted', 'showHidden'],
    check: (query) => (query.has('minAccessRole') ? unsupported('minAccessRole') : undefined),
    full: (query) =>
      all
        .filter((calendar) => !calendar.deleted || query.get('showDeleted') === 'true')
        .map((calendar) => calendar.entry)
        .filter((entry) => !entry.hidden || query.get('showHidden') === 'true'),
    changedSince: (version) => all.flatMap((calendar) => (calendar.version > version ? [calendar.entry] : [])),
    etag: String(Math.max(0, ...all.map((calendar) => calendar.version))),
    head: (page): calendar_v3.Schema$CalendarList => ({ kind: 'calendar#calendarList', ...page }),
  };
}

function lastUpdate(calendar: Calendar): string {
  const rows = Object.values(calendar.rows);
  return rows.at(-1)?.event.updated ?? new Date(0).toISOString();
}
