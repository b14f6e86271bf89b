import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import { attempt, get, open, postToken, refresh, signIn, type Tokens } from '../test-client.ts';

let google: GoogleDouble;
let ada: string;
let tokens: Tokens;
const LIST = 'users/me/calendarList';

beforeEach(async () => {
  google = await startGoogle();
  ada = google.control.people()[0]!.sub;
  tokens = await signIn(google, ada);
});
afterEach(() => google.close());

const list = (signal?: AbortSignal) =>
  fetch(`${google.apiRoot}/calendar/v3/${LIST}`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
    ...(signal && { signal }),
  });

test('a status has Google’s body, and can say when to come back', async () => {
  google.control.breakEndpoint(
    'calendarList',
    { kind: 'status', status: 403, reason: 'rateLimitExceeded', retryAfter: 7 },
    { times: 1 },
  );
  const limited = await list();
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
  expect(await limited.json()).toMatchObject({
    error: { errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded', message: 'Rate Limit Exceeded' }] },
  });
  expect((await list()).status).toBe(200);

  google.control.breakEndpoint('events', { kind: 'status', status: 503 });
  google.control.breakEndpoint('events', { kind: 'status', status: 403, reason: 'accessNotConfigured' });
  const events = await get(google, tokens.access_token, 'calendars/primary/events');
  expect(await events.json()).toMatchObject({ error: { code: 403, details: [{ reason: 'SERVICE_DISABLED' }] } });
  google.control.repair('events');
  expect((await get(google, tokens.access_token, 'calendars/primary/events')).status).toBe(200);
});

test('the token endpoint fails in its own words, and the authorization endpoint on a page', async () => {
  google.control.breakEndpoint('token', { kind: 'status', status: 500, reason: 'internal_failure' });
  google.control.breakEndpoint('authorize', { kind: 'status', status: 500 });
  expect(await (await refresh(google, tokens.refresh_token)).json()).toEqual({ error: 'internal_failure' });
  expect(await (await open(attempt(google).url)).text()).toContain('Error 500');
  google.control.repair();
  expect((await refresh(google, tokens.refresh_token)).status).toBe(200);
});

test('a dropped connection does no work; a lost reply has done it', async () => {
  const before = google.control.secretsIssued().length;
  google.control.breakEndpoint('token', { kind: 'drop' }, { times: 1 });
  await expect(refresh(google, tokens.refresh_token)).rejects.toThrow();
  expect(google.control.secretsIssued()).toHaveLength(before);
  google.control.breakEndpoint('token', { kind: 'lost-reply' }, { times: 1 });
  await expect(refresh(google, tokens.refresh_token)).rejects.toThrow();
  expect(google.control.secretsIssued().length).toBeGreaterThan(before);
  expect(google.control.requests({ endpoint: 'token' }).map((record) => record.status)).toEqual([200, null, null]);
});

test('a truncated body breaks off', async () => {
  google.control.breakEndpoint('calendarList', { kind: 'truncate' }, { times: 1 });
  const response = await list();
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test('a captive portal answers with a page and 200', async () => {
  for (const endpoint of ['token', 'discovery'] as const) google.control.breakEndpoint(endpoint, { kind: 'html' });
  const response = await postToken(google, {});
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  await expect(response.json()).rejects.toThrow();
});

test('latency ends with the client, with a repair, and with the double', async () => {
  google.control.breakEndpoint('calendarList', { kind: 'latency', ms: 3_600_000 });
  const gone = new AbortController();
  google.control.clearRequests();
  const aborted = list(gone.signal);
  await google.control.waitForRequest((record) => record.endpoint === 'calendarList');
  gone.abort();
  await expect(aborted).rejects.toThrow();
  google.control.clearRequests();
  const repaired = list();
  await google.control.waitForRequest((record) => record.endpoint === 'calendarList');
  google.control.repair();
  expect((await repaired).status).toBe(200);
  google.control.breakEndpoint('calendarList', { kind: 'latency', ms: 3_600_000 });
  google.control.clearRequests();
  const closed = list();
  closed.catch(() => undefined);
  await google.control.waitForRequest((record) => record.endpoint === 'calendarList');
  await google.close();
  await expect(closed).rejects.toThrow();
  google = await startGoogle();
});

test('a held request waits, and sees what changes meanwhile', async () => {
  const hold = google.control.hold('calendarList');
  const waiting = list();
  await hold.arrived;
  google.control.insertCalendar(ada, { id: 'new', summary: 'New' });
  hold.release();
  expect(JSON.stringify(await (await waiting).json())).toContain('"summary":"New"');
  google.control.hold('calendarList').release();
  expect((await list()).status).toBe(200);
});

test('requests are logged with what a test may ask about', async () => {
  google.control.clearRequests();
  const awaited = google.control.waitForRequest((record) => record.endpoint === 'token' && record.status !== null);
  await refresh(google, tokens.refresh_token);
  await get(google, tokens.access_token, `${LIST}?maxResults=5`, { 'user-agent': 'Mooring' });
  expect(await awaited).toMatchObject({
    method: 'POST',
    path: '/token',
    status: 200,
    form: { grant_type: 'refresh_token' },
  });
  const [record] = google.control.requests({ endpoint: 'calendarList' });
  expect(record).toMatchObject({
    query: { maxResults: '5' },
    headers: { 'user-agent': 'Mooring', authorization: `Bearer ${tokens.access_token}` },
  });
  expect(google.control.requests()).toHaveLength(2);
});
