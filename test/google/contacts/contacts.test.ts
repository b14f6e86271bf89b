import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import { agree, attempt, callbackOf, exchange, type Tokens } from '../test-client.ts';
import type { Person } from './model.ts';

const SCOPES = [
  'https://www.googleapis.com/auth/contacts.readonly',
  'https://www.googleapis.com/auth/contacts.other.readonly',
];
const week = 7 * 86_400_000;
const own = 'people/me/connections?personFields=names,metadata,photos,emailAddresses&sources=READ_SOURCE_TYPE_CONTACT';

let google: GoogleDouble;
let ada: string;
let token: string;

beforeEach(async () => {
  google = await startGoogle({ now: () => Date.parse('2026-03-02T09:00:00Z') });
  ada = google.control.people()[0]!.sub;
  await signIn();
  google.control.seedContacts(ada, { contacts: 120, others: 110, seed: 3 });
});
afterEach(() => google.close());

async function signIn(): Promise<void> {
  const tried = attempt(google, { scope: `openid email ${SCOPES.join(' ')}` });
  const code = callbackOf(await agree(google, ada, tried, SCOPES)).get('code') ?? '';
  token = ((await (await exchange(google, code, tried.verifier)).json()) as Tokens).access_token;
}

interface Answer {
  connections: Person[];
  otherContacts: Person[];
  contactGroups: Person[];
  nextPageToken?: string;
  nextSyncToken?: string;
  error?: { code: number; status: string; message: string; details?: { reason: string }[] };
}

async function get(path: string): Promise<Answer> {
  const response = await fetch(`${google.apiRoot}/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as Answer;
}

test('pages have a hundred unless more are asked for, groups thirty', async () => {
  expect((await get(own)).connections).toHaveLength(100);
  expect((await get(`${own}&pageSize=1000`)).connections).toHaveLength(120);
  expect((await get('otherContacts?readMask=names')).otherContacts).toHaveLength(100);
  for (let at = 0; at < 40; at += 1) google.control.putContactGroup(ada, { name: `Group ${at}` });
  expect((await get('contactGroups')).contactGroups).toHaveLength(30);
});

test('a question without fields, or with strange ones, is refused', async () => {
  expect((await get('people/me/connections')).error).toMatchObject({ code: 400 });
  expect((await get('otherContacts')).error).toMatchObject({ code: 400 });
  expect((await get('otherContacts?readMask=addresses')).error).toMatchObject({ code: 400 });
  expect((await get(`${own}&requestSyncToken=true&sortOrder=LAST_NAME_ASCENDING`)).error).toMatchObject({ code: 400 });
});

test('only the fields that were asked for are told, and profiles are mixed in unless they are not wanted', async () => {
  const [person] = (await get('people/me/connections?personFields=names&pageSize=1')).connections;
  expect(Object.keys(person ?? {}).toSorted()).toEqual(['etag', 'names', 'resourceName']);
  expect(person?.names?.at(-1)?.displayName).toBe('From a profile');
  const [alone] = (await get(`${own}&pageSize=1`)).connections;
  expect(JSON.stringify(alone)).not.toContain('From a profile');
});

describe('a sync token', () => {
  const syncToken = async () => (await get(`${own}&pageSize=1000&requestSyncToken=true`)).nextSyncToken ?? '';
  const since = (sync: string, more = '') =>
    get(`${own}&pageSize=1000&requestSyncToken=true&syncToken=${encodeURIComponent(sync)}${more}`);

  test('is given to who asks for one, and tells of deletions and of new names', async () => {
    expect((await get(`${own}&pageSize=1000`)).nextSyncToken).toBeUndefined();
    const sync = await syncToken();
    expect((await since(sync)).connections).toEqual([]);
    const [first, second] = google.control.contacts(ada);
    google.control.deleteContact(ada, first?.resourceName ?? '');
    const renamed = google.control.renameContact(ada, second?.resourceName ?? '');
    const { connections } = await since(sync);
    expect(connections.map(({ resourceName, metadata }) => [resourceName, metadata])).toEqual([
      [first?.resourceName, expect.objectContaining({ deleted: true })],
      [renamed, expect.objectContaining({ previousResourceNames: [second?.resourceName] })],
    ]);
    const whole = (await get(`${own}&pageSize=1000`)).connections;
    expect(whole).toHaveLength(119);
    expect(JSON.stringify(whole)).not.toContain('previousResourceNames');
  });

  test('ends a week after the reading that it descends from', async () => {
    const sync = await syncToken();
    google.control.moveClock(week / 2);
    await signIn();
    const later = (await since(sync)).nextSyncToken ?? '';
    google.control.moveClock(week / 2);
    await signIn();
    const { error } = await since(later);
    expect(error).toMatchObject({ code: 400, details: [{ reason: 'EXPIRED_SYNC_TOKEN' }] });
    expect(error?.message).toContain('Clear local cache');
  });

  test('belongs to one question', async () => {
    const sync = await syncToken();
    expect(
      (await get(`people/me/connections?personFields=names&syncToken=${encodeURIComponent(sync)}`)).error,
    ).toMatchObject({
      code: 400,
    });
  });

  test('tells of a change only some time after it', async () => {
    const sync = await syncToken();
    google.control.delayContacts(60_000);
    google.control.putContact(ada, { names: [{ displayName: 'Late' }] });
    const { connections, nextSyncToken = '' } = await since(sync);
    expect(connections).toEqual([]);
    google.control.moveClock(61_000);
    expect((await since(nextSyncToken)).connections).toHaveLength(1);
  });
});

test('whole readings have a small quota of their own', async () => {
  google.control.limitFirstPages(1);
  expect((await get(own)).error).toBeUndefined();
  expect((await get(own)).error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' });
  google.control.moveClock(60_000);
  expect((await get(own)).error).toBeUndefined();
});

test('photos are given to anybody, and differ', async () => {
  const urls = google.control.contacts(ada).flatMap(({ photos }) => photos?.[0]?.url ?? []);
  const [one, other] = await Promise.all(urls.slice(0, 2).map(async (url) => (await fetch(url)).arrayBuffer()));
  expect(
    Buffer.from(one ?? new ArrayBuffer(0))
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect(Buffer.from(one ?? new ArrayBuffer(0))).not.toEqual(Buffer.from(other ?? new ArrayBuffer(0)));
});
