import { get as httpGet } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import { all, CALENDAR, get, signIn } from '../test-client.ts';

let google: GoogleDouble;
let ada: string;
let token: string;
const EVENTS = 'calendars/primary/events';

beforeEach(async () => {
  google = await startGoogle();
  ada = google.control.people()[0]!.sub;
  token = (await signIn(google, ada)).access_token;
});
afterEach(() => google.close());

const sorted = (items: object[]) => items.map((item) => JSON.stringify(item)).sort();
const at = (hour: number) => ({ dateTime: `2026-03-02T${hour}:00:00Z`, timeZone: 'UTC' });
const weekly = (id: string) => ({ id, start: at(10), end: at(11), recurrence: ['RRULE:FREQ=WEEKLY'] });

async function problem(path: string) {
  const response = await get(google, token, path);
  const { error } = (await response.json()) as { error: { errors: { reason: string; location?: string }[] } };
  return { status: response.status, ...error.errors[0] };
}

async function since(syncToken: string, more = '') {
  return all(google, token, `${EVENTS}?syncToken=${encodeURIComponent(syncToken)}${more}`);
}

describe('a full list', () => {
  test('gives the live truth, however it is paged, and a sync token on the last page only', async () => {
    google.control.emptyPages(true);
    const truth = sorted(google.control.events(ada, 'primary'));
    expect(truth).toHaveLength(50);
    for (const size of [1, 7, 50, 2500]) {
      const { items, sizes, syncToken } = await all(google, token, `${EVENTS}?maxResults=${size}`);
      expect(sorted(items)).toEqual(truth);
      expect(syncToken).not.toBe('');
      if (size < 50) expect(sizes).toContain(0);
    }
    const first = (await (await get(google, token, `${EVENTS}?maxResults=10`)).json()) as object;
    expect(first).toMatchObject({ kind: 'calendar#events', timeZone: 'Europe/London', accessRole: 'owner' });
    expect(first).not.toHaveProperty('nextSyncToken');
  });

  test('is frozen while it is paged', async () => {
    const before = google.control.events(ada, 'primary');
    const first = (await (await get(google, token, `${EVENTS}?maxResults=30`)).json()) as {
      items: object[];
      nextPageToken: string;
    };
    google.control.insertEvent(ada, 'primary', { id: 'late', summary: 'Late', start: at(10), end: at(11) });
    google.control.deleteEvent(ada, 'primary', before.find((event) => !event.recurringEventId)!.id!);
    const path = `${EVENTS}?maxResults=30&pageToken=${encodeURIComponent(first.nextPageToken)}`;
    const second = (await (await get(google, token, path)).json()) as { items: object[]; nextSyncToken: string };
    expect(sorted([...first.items, ...second.items])).toEqual(sorted(before));
    const changes = await since(second.nextSyncToken);
    expect(changes.items.map((event) => event['status'])).toEqual(expect.arrayContaining(['confirmed', 'cancelled']));
  });

  test('leaves deleted events out unless asked, and keeps cancelled exceptions', async () => {
    google.control.insertEvent(ada, 'primary', weekly('series'));
    google.control.insertEvent(ada, 'primary', { id: 'one', start: at(10), end: at(11) });
    google.control.cancelInstance(ada, 'primary', 'series', '2026-03-09T10:00:00Z');
    google.control.deleteEvent(ada, 'primary', 'one');
    const { items } = await all(google, token, EVENTS);
    expect(items.find((event) => event['id'] === 'one')).toBeUndefined();
    expect(items.find((event) => event['id'] === 'series_20260309T100000Z')).toMatchObject({ status: 'cancelled' });
    const shown = await all(google, token, `${EVENTS}?showDeleted=true`);
    expect(shown.items.find((event) => event['id'] === 'one')).toMatchObject({ status: 'cancelled' });
  });

  test('can be bounded in time, by the whole length of a series', async () => {
    google.control.insertEvent(ada, 'primary', weekly('endless'));
    google.control.insertEvent(ada, 'primary', { ...weekly('three'), recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    const ids = async (query: string) => (await all(google, token, `${EVENTS}?${query}`)).items.map(({ id }) => id);
    const april = await ids('timeMin=2026-04-01T00:00:00Z&timeMax=2026-04-10T00:00:00%2B02:00');
    expect(april).toContain('endless');
    expect(april).not.toContain('three');
    expect(await ids('timeMin=2026-03-16T10:30:00Z')).toContain('three');
    expect(await ids('timeMax=2026-03-02T10:00:00Z')).not.toContain('endless');
    expect(await problem(`${EVENTS}?timeMin=2026-04-01T00:00:00`)).toMatchObject({ status: 400, location: 'timeMin' });
  });
});

describe('an incremental list', () => {
  test('gives what changed, and deletions with hardly more than an id', async () => {
    const { syncToken } = await all(google, token, EVENTS);
    expect((await since(syncToken)).items).toEqual([]);
    google.control.insertEvent(ada, 'primary', { id: 'one', summary: 'A', start: at(10), end: at(11) });
    const added = await since(syncToken);
    expect(added.items).toMatchObject([{ id: 'one', summary: 'A', status: 'confirmed' }]);
    google.control.updateEvent(ada, 'primary', 'one', { summary: 'B' });
    google.control.updateEvent(ada, 'primary', 'one', { summary: 'C' });
    const changed = await since(added.syncToken);
    expect(changed.items).toMatchObject([{ id: 'one', summary: 'C' }]);
    google.control.deleteEvent(ada, 'primary', 'one');
    const { items } = await since(changed.syncToken);
    expect(items).toEqual([{ kind: 'calendar#event', id: 'one', status: 'cancelled', etag: expect.any(String) }]);
    expect((await since(syncToken)).items).toEqual(items);
  });

  test('tells of exceptions and of their end', async () => {
    google.control.insertEvent(ada, 'primary', weekly('series'));
    const { syncToken } = await all(google, token, EVENTS);
    google.control.cancelInstance(ada, 'primary', 'series', '2026-03-09T10:00:00Z');
    google.control.updateEvent(ada, 'primary', 'series_20260316T100000Z', { summary: 'Moved', start: at(12) });
    const exceptions = await since(syncToken);
    const origin = (dateTime: string) => ({
      recurringEventId: 'series',
      originalStartTime: { dateTime, timeZone: 'UTC' },
    });
    expect(exceptions.items).toMatchObject([
      { id: 'series_20260309T100000Z', status: 'cancelled', ...origin('2026-03-09T10:00:00Z') },
      { id: 'series_20260316T100000Z', status: 'confirmed', summary: 'Moved', ...origin('2026-03-16T10:00:00Z') },
    ]);
    expect(Object.keys(exceptions.items[0]!).sort()).toEqual(
      ['etag', 'id', 'kind', 'originalStartTime', 'recurringEventId', 'status'].sort(),
    );
    expect(exceptions.items[1]).not.toHaveProperty('recurrence');
    google.control.deleteEvent(ada, 'primary', 'series');
    const ended = await since(exceptions.syncToken);
    expect(ended.items.map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
      'series cancelled',
      'series_20260309T100000Z cancelled',
      'series_20260316T100000Z cancelled',
    ]);
    expect(google.control.events(ada, 'primary').filter((event) => event.id?.startsWith('series'))).toEqual([]);
  });

  test('may tell of the end of a series alone', async () => {
    google.control.exceptionsFollowMaster(false);
    google.control.insertEvent(ada, 'primary', weekly('series'));
    google.control.cancelInstance(ada, 'primary', 'series', '2026-03-09T10:00:00Z');
    const { syncToken } = await all(google, token, EVENTS);
    google.control.deleteEvent(ada, 'primary', 'series');
    expect((await since(syncToken)).items.map(({ id }) => id)).toEqual(['series']);
  });

  test('is refused with an expired token: 410, with Google’s body', async () => {
    const { syncToken } = await all(google, token, EVENTS);
    google.control.expireSyncTokens(ada);
    const response = await get(google, token, `${EVENTS}?syncToken=${syncToken}`);
    expect(response.status).toBe(410);
    expect(await response.json()).toEqual({
      error: {
        errors: [
          {
            domain: 'calendar',
            reason: 'fullSyncRequired',
            message: 'Sync token is no longer valid, a full sync is required.',
            locationType: 'parameter',
            location: 'syncToken',
          },
        ],
        code: 410,
        message: 'Sync token is no longer valid, a full sync is required.',
      },
    });
    const fresh = await all(google, token, EVENTS);
    expect((await since(fresh.syncToken)).items).toEqual([]);
  });

  test('demands the parameters of the first request and forbids others', async () => {
    const { syncToken } = await all(google, token, `${EVENTS}?timeMin=2026-01-01T00:00:00Z&maxAttendees=1`);
    const path = `${EVENTS}?syncToken=${syncToken}`;
    expect((await get(google, token, `${path}&maxAttendees=1&maxResults=9`)).status).toBe(200);
    expect(await problem(path)).toMatchObject({ status: 400, location: 'syncToken' });
    const forbidden = ['iCalUID=a', 'orderBy=updated', 'q=a', 'timeMin=2026-01-01T00:00:00Z', 'showDeleted=false'];
    for (const more of [...forbidden, 'timeMax=2026-01-01T00:00:00Z', 'updatedMin=2026-01-01T00:00:00Z']) {
      expect((await problem(`${path}&maxAttendees=1&${more}`)).status).toBe(400);
    }
    expect((await problem(`${EVENTS}?syncToken=made-up`)).status).toBe(400);
  });
});

test('page tokens are bound to their parameters and their calendar, and can expire', async () => {
  const first = (await (await get(google, token, `${EVENTS}?maxResults=10`)).json()) as { nextPageToken: string };
  const next = `pageToken=${encodeURIComponent(first.nextPageToken)}&maxResults=10`;
  const other = google.control.calendars(ada)[1]!.id!;
  expect((await get(google, token, `${EVENTS}?${next}`)).status).toBe(200);
  expect(await problem(`${EVENTS}?${next}&showDeleted=true`)).toMatchObject({ status: 400, location: 'pageToken' });
  expect((await problem(`calendars/${encodeURIComponent(other)}/events?${next}`)).status).toBe(400);
  google.control.expirePageTokens(ada);
  expect((await problem(`${EVENTS}?${next}`)).status).toBe(400);
});

test('the calendar list has the same scheme', async () => {
  const { items, syncToken } = await all(google, token, 'users/me/calendarList?maxResults=2');
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({ id: 'ada.lovelace@gmail.com', primary: true, accessRole: 'owner' });
  const added = google.control.insertCalendar(ada, { summary: 'New' });
  google.control.deleteCalendar(ada, items[1]!['id'] as string);
  const changes = await all(google, token, `users/me/calendarList?syncToken=${syncToken}`);
  expect(changes.items).toMatchObject([
    { id: items[1]!['id'], deleted: true },
    { id: added.id, summary: 'New' },
  ]);
  const refused = `users/me/calendarList?syncToken=${syncToken}`;
  for (const more of ['showDeleted=false', 'showHidden=false', 'showOwnOrganizationOnly=true']) {
    expect((await problem(`${refused}&${more}`)).status).toBe(400);
  }
  expect(await problem(`calendars/${encodeURIComponent(items[1]!['id'] as string)}/events`)).toMatchObject({
    status: 404,
    reason: 'notFound',
  });
  google.control.expireSyncTokens();
  expect((await problem(refused)).status).toBe(410);
});

describe('access', () => {
  test('needs a live token, the scope, and the admin', async () => {
    const response = await get(google, 'ya29.no', EVENTS);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await response.json()).toMatchObject({
      error: { code: 401, status: 'UNAUTHENTICATED', errors: [{ reason: 'authError', location: 'Authorization' }] },
    });
    google.control.removeScope(ada, CALENDAR);
    const scope = await get(google, token, EVENTS);
    expect(scope.status).toBe(403);
    expect(await scope.json()).toMatchObject({
      error: {
        errors: [{ reason: 'insufficientPermissions' }],
        details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
      },
    });
    google.control.blockByAdmin(ada, true);
    expect(await problem(EVENTS)).toMatchObject({ status: 403, reason: 'domainPolicy' });
  });

  test('ends with the hour, with the grant, and on demand', async () => {
    google.control.moveClock(3600_000);
    expect((await get(google, token, EVENTS)).status).toBe(401);
    const second = (await signIn(google, ada)).access_token;
    expect((await get(google, second, EVENTS)).status).toBe(200);
    google.control.expireAccessTokens(ada);
    expect((await get(google, second, EVENTS)).status).toBe(401);
    const third = (await signIn(google, ada)).access_token;
    google.control.revokeGrant(ada);
    expect((await get(google, third, EVENTS)).status).toBe(401);
  });
});

test('fields cuts the answer down', async () => {
  const fields = encodeURIComponent('nextPageToken,items(id,start/date,attendees/email)');
  const body = (await (await get(google, token, `${EVENTS}?maxResults=20&fields=${fields}`)).json()) as {
    items: object[];
  };
  expect(Object.keys(body).sort()).toEqual(['items', 'nextPageToken']);
  for (const item of body.items) {
    expect(['id', 'start', 'attendees']).toEqual(expect.arrayContaining(Object.keys(item)));
  }
  const withoutItems = await (await get(google, token, `${EVENTS}?fields=nextSyncToken`)).json();
  expect(Object.keys(withoutItems as object)).toEqual(['nextSyncToken']);
  expect(await problem(`${EVENTS}?fields=items(id`)).toMatchObject({ status: 400, location: 'fields' });
});

test('an ETag that is known is answered with 304', async () => {
  const first = await get(google, token, EVENTS);
  const etag = first.headers.get('etag') ?? '';
  expect(await first.json()).toMatchObject({ etag });
  const again = await get(google, token, EVENTS, { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const event = google.control.insertEvent(ada, 'primary', { id: 'one', start: at(10), end: at(11) });
  expect((await get(google, token, EVENTS, { 'if-none-match': etag })).status).toBe(200);
  const one = await get(google, token, `${EVENTS}/one`, { 'if-none-match': event.etag! });
  expect(one.status).toBe(304);
});

test('answers are compressed only for a user agent that says gzip', async () => {
  const encoding = (headers: Record<string, string>) =>
    new Promise<string | undefined>((resolve, reject) => {
      const url = `${google.apiRoot}/calendar/v3/${EVENTS}`;
      httpGet(url, { headers: { authorization: `Bearer ${token}`, ...headers } }, (response) => {
        response.resume();
        resolve(response.headers['content-encoding']);
      }).on('error', reject);
    });
  expect(await encoding({ 'accept-encoding': 'gzip' })).toBeUndefined();
  expect(await encoding({ 'user-agent': 'Mooring (gzip)' })).toBeUndefined();
  expect(await encoding({ 'accept-encoding': 'gzip', 'user-agent': 'Mooring (gzip)' })).toBe('gzip');
  const body = await get(google, token, EVENTS, { 'user-agent': 'Mooring (gzip)' });
  expect(((await body.json()) as { items: object[] }).items).toHaveLength(50);
});

test('what the double does not do, it says', async () => {
  for (const query of ['singleEvents=true', 'q=x', 'orderBy=updated']) {
    expect(await problem(`${EVENTS}?${query}`)).toMatchObject({ status: 400, reason: 'notSupportedByTheDouble' });
  }
  expect((await problem('calendars/none/events')).status).toBe(404);
  expect((await problem(`${EVENTS}?maxResults=0`)).status).toBe(400);
});
