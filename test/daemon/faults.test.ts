import { expect, test } from 'vitest';
import type { Observation } from '../../src/contract/observation.ts';
import { isOfAccount } from '../../src/daemon/sync/failure.ts';
import type { Fault } from '../google/index.ts';
import { newWorld } from './support/world.ts';

const where = 'resource-api';
const answer = (status: number, error: string): Partial<Observation> => ({ kind: 'answer', where, status, error });

const faults: [string, Fault, Partial<Observation>][] = [
  ['a dropped connection', { kind: 'drop' }, { kind: 'network', where, code: 'UND_ERR_SOCKET' }],
  ['a captive portal', { kind: 'html' }, { kind: 'unreadable', where, status: 200 }],
  ['a cut-off answer', { kind: 'truncate' }, { kind: 'network', where }],
  ['a rate limit', { kind: 'status', status: 403, reason: 'rateLimitExceeded' }, answer(403, 'rateLimitExceeded')],
  [
    'a missing scope',
    { kind: 'status', status: 403, reason: 'insufficientPermissions' },
    answer(403, 'insufficientPermissions'),
  ],
  ['a server error', { kind: 'status', status: 500 }, answer(500, 'backendError')],
  ['a lost grant', { kind: 'status', status: 401 }, answer(401, 'authError')],
];

test.each(faults)('%s is reported as it is and costs no row', async (_name, fault, observation) => {
  const world = await newWorld();
  const pair = await world.synced();
  const { revision, counts, lastSuccessAt } = pair.status();
  for (const endpoint of ['events', 'calendarList'] as const) {
    world.control.breakEndpoint(endpoint, fault);
    pair.clock.advance(1_000);
    await pair.sync();
    const failure = { kind: 'observed', observation };
    // The list of calendars that fails by itself is named; every list of events that fails is no list's fault.
    const own = endpoint === 'calendarList' && !isOfAccount(pair.status().failure ?? pair.status().stuck[0]!.failure);
    expect(pair.status()).toMatchObject({
      ...(own ? { failure: null, stuck: [{ list: null, failure }] } : { failure, lastSuccessAt }),
      revision,
      counts,
    });
    world.control.repair();
  }
  // The cursors survived: what comes next are changes, not everything.
  world.control.clearRequests();
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  expect(world.control.requests().every(({ query }) => 'syncToken' in query)).toBe(true);
  const { mirror, google } = world.compare(pair);
  expect(mirror).toEqual(google);
});

test('nothing listening is a network failure with the system’s code', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  await world.google.close();
  await pair.sync();
  expect(pair.status().failure).toEqual({
    kind: 'observed',
    observation: { kind: 'network', where, code: 'ECONNREFUSED' },
  });
});

test.each(['none', 'page'] as const)(
  'a token that is refused in the head of an answer alone (body: %s) is replaced once',
  async (body) => {
    const world = await newWorld();
    const pair = await world.synced();
    const refusal = { kind: 'refusal', status: 401, body, error: 'invalid_token' } as const;
    world.control.breakEndpoint('calendarList', refusal, { times: 1 });
    await pair.sync();
    expect(pair.status().failure).toBeNull();
    expect(world.keys.rejected).toEqual([1]);

    world.control.breakEndpoint('calendarList', refusal);
    await pair.sync();
    expect(pair.status().failure).toMatchObject({ observation: answer(401, 'invalid_token') });
  },
);

test('a limit that is told in HTML is one of the account, and Google is left alone', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const page = { kind: 'refusal', status: 429, body: 'page', retryAfter: 300 } as const;
  world.control.breakEndpoint('events', page, { path: encodeURIComponent(world.primary) });
  await pair.sync();
  expect(pair.status().failure).toMatchObject({
    observation: { kind: 'unreadable', status: 429, retryAfterSeconds: 300 },
  });
  world.control.clearRequests();
  pair.clock.advance(299_000);
  await pair.sync();
  expect(world.control.requests()).toEqual([]);
});

test('an expired access token is replaced once, and the sync goes on', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  world.control.expireAccessTokens();
  await pair.sync();
  expect(pair.status().failure).toBeNull();
  expect(world.keys.rejected).toEqual([1]);
  expect(world.control.requests().filter(({ status }) => status === 401)).toHaveLength(1);
});

test('a second 401 is a failure, not a loop', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  world.control.breakEndpoint('calendarList', { kind: 'status', status: 401 });
  await pair.sync();
  expect(pair.status().failure).toMatchObject({ observation: answer(401, 'authError') });
  expect(world.control.requests({ endpoint: 'calendarList' })).toHaveLength(2);
});

test('without an access token nothing is asked, and the ordinary interval goes on', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  world.keys.withhold = true;
  world.control.clearRequests();
  await pair.sync();
  expect(pair.status().failure).toEqual({ kind: 'no-access-token' });
  expect(world.control.requests()).toEqual([]);
  world.keys.withhold = false;
  pair.clock.advance(60_000);
  await pair.until(({ failure, running }) => failure === null && !running);
});

test('Retry-After is never undercut', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const limit = { kind: 'status', status: 429, reason: 'rateLimitExceeded', retryAfter: 300 } as const;
  world.control.breakEndpoint('calendarList', limit, { times: 1 });
  await pair.sync();
  expect(pair.status().failure).toMatchObject({
    observation: { ...answer(429, 'rateLimitExceeded'), retryAfterSeconds: 300 },
  });
  world.control.clearRequests();
  pair.clock.advance(299_000);
  await pair.ask('resumed', null);
  await pair.sync();
  expect(pair.status().nextAt).toBe(pair.clock.now() + 1_000);
  expect(world.control.requests()).toEqual([]);
  pair.clock.advance(1_000);
  await pair.until(({ failure, running }) => failure === null && !running);
});

test('an answer that never comes is given up after a minute', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  const hold = world.control.hold('events');
  const syncing = pair.sync();
  await hold.arrived;
  pair.clock.advance(60_000);
  await syncing;
  expect(pair.status().failure).toMatchObject({ observation: { kind: 'network', code: 'ETIMEDOUT' } });
});

test('the log has neither tokens nor titles', async () => {
  const world = await newWorld();
  const pair = await world.synced();
  for (const [, fault] of faults) {
    world.control.breakEndpoint('events', fault, { times: 1 });
    await pair.sync();
  }
  expect(pair.log.length).toBeGreaterThan(3);
  for (const secret of world.control.secretsIssued()) expect(pair.log.join()).not.toContain(secret);
});
