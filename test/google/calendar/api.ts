import type { calendar_v3 } from '@googleapis/calendar';
import type { Hono } from 'hono';
import type { Ctx, Double, Env } from '../core/double.ts';
import { apiError, badParameter } from '../core/errors.ts';
import { select } from '../core/fields.ts';
import { followPageToken, freeze, listText, readPage, type Snapshot } from '../core/listing.ts';
import type { Calendar, Calendars } from '../core/model.ts';
import { EVENT_SCOPES, LIST_SCOPES } from '../core/scopes.ts';
import { digest } from '../core/seal.ts';
import { personFor } from './access.ts';
import { overlaps } from './event-time.ts';
import { calendarsOf, findCalendar } from './library.ts';
import {
  checkEventsQuery,
  checkSyncToken,
  digestOf,
  fieldsOf,
  type ListRules,
  NOT_BOUND,
  sizeOf,
  timeOf,
  unsupported,
} from './list-parameters.ts';
import { sinceSyncToken, syncTokenFor } from './sync-token.ts';

/** One list method: how its parameters are checked, and what a full and an incremental reading hold. */
interface ListMethod extends ListRules {
  /** The name of the list in sync tokens. */
  list: string;
  check(query: URLSearchParams): Response | undefined;
  full(query: URLSearchParams): object[];
  changedSince(version: number): object[];
  /** Changes whenever an item does. */
  etag: string;
  head(page: { etag: string; nextPageToken?: string; nextSyncToken?: string }): object;
}

/**
 * Calendar v3, the two lists that a mirror reads.
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list
 */
export function calendarRoutes(app: Hono<Env>, double: Double): void {
  const library = double.state.calendars;

  app.get('/calendar/v3/users/me/calendarList', (c) => {
    const sub = personFor(double, c, LIST_SCOPES);
    return sub instanceof Response ? sub : answerList(double, c, sub, calendarListMethod(library, sub));
  });

  app.get('/calendar/v3/calendars/:calendarId/events', (c) => {
    const sub = personFor(double, c, EVENT_SCOPES);
    if (sub instanceof Response) return sub;
    const calendar = findCalendar(library, sub, c.req.param('calendarId'));
    return calendar ? answerList(double, c, sub, eventsMethod(calendar)) : notFound();
  });

  app.get('/calendar/v3/calendars/:calendarId/events/:eventId', (c) => {
    const sub = personFor(double, c, EVENT_SCOPES);
    if (sub instanceof Response) return sub;
    const row = findCalendar(library, sub, c.req.param('calendarId'))?.rows[c.req.param('eventId')];
    if (!row) return notFound();
    const fields = fieldsOf(new URL(c.req.url).searchParams);
    if (fields instanceof Response) return fields;
    return withEtag(c, row.event.etag ?? '', () => JSON.stringify(fields ? select(row.event, fields) : row.event));
  });
}

function answerList(double: Double, c: Ctx, sub: string, method: ListMethod): Response {
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
    : firstPage(double, sub, method, query, bound);
  if (found instanceof Response) return found;
  if (!found) return badParameter('pageToken', 'Invalid page token value.');

  const page = readPage(double, found.snapshot, found.offset, found.page, size);
  const { items, ...rest } = page;
  return withEtag(c, page.etag, () => listText(method.head(rest), items, fields, query.get('fields') ?? ''));
}

function firstPage(double: Double, sub: string, method: ListMethod, query: URLSearchParams, bound: string) {
  const syncDigest = digestOf(query, [...NOT_BOUND, ...method.unboundBySyncToken]);
  const syncToken = query.get('syncToken');
  const since = syncToken ? sinceSyncToken(double, syncToken, sub, method.list, syncDigest) : undefined;
  if (since instanceof Response) return since;
  const items = since === undefined ? method.full(query) : method.changedSince(since);
  const { emptyPages } = double.state.calendars;
  const snapshot: Snapshot = freeze(double, {
    sub,
    digest: bound,
    items,
    nextSyncToken: syncTokenFor(double, sub, method.list, syncDigest),
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

/** Google answers 304 when the client already has this version. */
function withEtag(c: Ctx, etag: string, text: () => string): Response {
  const headers = {
    etag,
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'private, max-age=0, must-revalidate, no-transform',
    vary: 'Origin, X-Origin, Referer',
  };
  const known = (c.req.header('if-none-match') ?? '').split(/\s*,\s*/);
  if (known.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(text(), { headers });
}

function notFound(): Response {
  return apiError({ status: 404, reason: 'notFound', message: 'Not Found' });
}
