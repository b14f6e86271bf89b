import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/contract/observation.ts';
import type { Services } from '../../src/contract/service.ts';
import { services as own } from '../../src/contract/services.ts';
import { idleSync } from '../../src/contract/sync.ts';
import { type Core, startCore } from '../main/core.ts';
import { shelfContract } from './shelf/contract.ts';
import { shelfPart } from './shelf/part.ts';

// Permissions with three services, two of which the app does not have: what is true of Calendar here is true of any.

const services: Services = { calendar: own.calendar, books: shelfContract('Books'), plants: shelfContract('Plants') };
const names = Object.keys(services);
const scopesOf = (...wanted: readonly string[]) => wanted.flatMap((name) => services[name]?.scopes ?? []);
const identity = ['openid', 'email', 'profile'];
const ada = 'ada.lovelace@gmail.com';

const open = () => startCore({ parts: { books: shelfPart('Books'), plants: shelfPart('Plants') }, deps: { services } });

const standings = (core: Core) =>
  Object.fromEntries(
    Object.entries(core.state().accounts[0]?.services ?? {}).map(([name, { standing }]) => [
      name,
      standing.kind === 'off' ? standing.reason : standing.kind,
    ]),
  );

/** What the daemon was last told to copy of the account. */
const copied = (core: Core) =>
  (core.daemon.asked.findLast(({ name }) => name === 'attach')?.params as { services: string[] } | undefined)?.services;

/** The scopes that Google was asked for at the page that was opened as this one. */
const askedAt = async (core: Core, index: number) =>
  ((await core.asked(index)).searchParams.get('scope') ?? '').split(' ').toSorted();

async function attempt(core: Core, refuse: readonly string[], begin: () => Promise<unknown>): Promise<void> {
  core.person = { email: ada, refuse: scopesOf(...refuse) };
  const began = core.until((state) => state.signIn.kind !== 'idle');
  await begin();
  await began;
  await core.until((state) => state.signIn.kind === 'idle');
  await Promise.all(core.visits);
}

const signIn = (core: Core, wanted: readonly string[], refuse: readonly string[] = []) =>
  attempt(core, refuse, () => core.mooring.requests.signIn({ hint: null, services: [...wanted] }));

const accountId = (core: Core) => core.state().account?.id ?? '';

const refused = (error: string): Observation => ({
  kind: 'answer',
  where: 'resource-api',
  status: 403,
  error,
  subtype: null,
  description: null,
  retryAfterSeconds: null,
});

const subsets = Array.from({ length: 2 ** names.length }, (_, chosen) => names.filter((_, at) => (chosen >> at) & 1));

describe('every subset of ticked boxes', () => {
  test.each(subsets.map((ticked) => [ticked.join(' and ') || 'none', ticked] as const))('%s', async (_, ticked) => {
    await using core = await open();
    const unticked = names.filter((name) => !ticked.includes(name));
    await signIn(core, names, unticked);
    const expected = Object.fromEntries(names.map((name) => [name, ticked.includes(name) ? 'working' : 'declined']));
    expect(core.state().connection?.kind).toBe('connected');
    expect(standings(core)).toEqual(expected);
    expect(copied(core)).toEqual(ticked);
    expect(
      await core.mooring.daemonHandlers.accessToken({ accountId: accountId(core), rejected: null }),
    ).not.toBeNull();
    // Nobody is nagged about what they have declined.
    expect(core.desktop.notified).toEqual([]);

    await core.restart();
    expect(standings(core)).toEqual(Object.fromEntries(names.map((name) => [name, expect.any(String)])));
    await core.mooring.daemonHandlers.accessToken({ accountId: accountId(core), rejected: null });
    expect(standings(core)).toEqual(expected);
    expect(copied(core)).toEqual(ticked);

    // A reconnect asks for what is wanted and for nothing that was declined.
    await attempt(core, [], () => core.mooring.requests.reconnect({ accountId: accountId(core) }));
    expect(await askedAt(core, 1)).toEqual([...identity, ...scopesOf(...ticked)].toSorted());
    expect(standings(core)).toEqual(expected);
  });

  test.each(subsets.map((wanted) => [wanted.join(' and ') || 'none', wanted] as const))(
    'only %s asked for at the sign-in: the others are off, and no word is said of them',
    async (_, wanted) => {
      await using core = await open();
      await signIn(core, wanted);
      expect(await askedAt(core, 0)).toEqual([...identity, ...scopesOf(...wanted)].toSorted());
      expect(standings(core)).toEqual(
        Object.fromEntries(names.map((name) => [name, wanted.includes(name) ? 'working' : 'not-chosen'])),
      );
      expect(core.desktop.notified).toEqual([]);
    },
  );
});

test('a service that is opened later is asked for together with all that is wanted, of the same person', async () => {
  await using core = await open();
  await signIn(core, ['calendar', 'plants'], ['plants']);
  const keep = (service: string, refuse: readonly string[] = []) =>
    attempt(core, refuse, () => core.mooring.requests.keepService({ accountId: accountId(core), service }));
  await keep('books');
  expect(await askedAt(core, 1)).toEqual([...identity, ...scopesOf('calendar', 'books')].toSorted());
  const { searchParams } = await core.asked(1);
  expect([searchParams.get('login_hint'), searchParams.get('prompt')]).toEqual([accountId(core), 'consent']);
  expect(standings(core)).toEqual({ calendar: 'working', books: 'working', plants: 'declined' });
  expect(copied(core)).toEqual(['calendar', 'books']);

  // Declined once more, everything else goes on.
  await keep('plants', ['plants']);
  expect(standings(core)).toEqual({ calendar: 'working', books: 'working', plants: 'declined' });
  // What is unticked although it was granted before is off from then on: the answer takes the record's place.
  await keep('plants', ['books']);
  expect(standings(core)).toEqual({ calendar: 'working', books: 'declined', plants: 'working' });
  expect(copied(core)).toEqual(['calendar', 'plants']);
});

test('Cancel on Google’s page changes nothing', async () => {
  await using core = await open();
  await signIn(core, ['calendar']);
  core.person = { email: ada, cancel: true };
  const ended = core.until(
    ({ signIn: { kind }, signIn }) => kind === 'idle' && 'outcome' in signIn && signIn.outcome !== null,
  );
  await core.mooring.requests.keepService({ accountId: accountId(core), service: 'books' });
  await ended;
  expect(standings(core)).toEqual({ calendar: 'working', books: 'not-chosen', plants: 'not-chosen' });
  expect(core.state().connection?.kind).toBe('connected');
});

test('a 403 for its scope concerns that service alone, and one call is made for it', async () => {
  await using core = await open();
  await signIn(core, names);
  const say = (service: string, failure: Observation | null) =>
    core.mooring.syncStatus({
      accountId: accountId(core),
      service,
      status: { ...idleSync, failure: failure && { kind: 'observed', observation: failure } },
    });
  for (const _ of [1, 2]) say('books', refused('insufficientPermissions'));
  expect(standings(core)).toEqual({ calendar: 'working', books: 'needs-permission', plants: 'working' });
  expect(core.state().connection?.kind).toBe('connected');
  expect(core.desktop.notified.map(({ key }) => key)).toEqual([`permission-missing/${accountId(core)}/books`]);
  expect(core.desktop.notified[0]?.body).toContain('your books');
  expect(core.state().accounts[0]?.services['books']?.standing.sentence).not.toMatch(/calendar/i);
  say('plants', refused('accessNotConfigured'));
  say('calendar', refused('domainPolicy'));
  expect(standings(core)).toEqual({
    calendar: 'blocked-by-admin',
    books: 'needs-permission',
    plants: 'api-disabled',
  });
  expect(core.state().connection?.kind).toBe('connected');
  for (const name of names) say(name, null);
  expect(standings(core)).toEqual({ calendar: 'working', books: 'working', plants: 'working' });
  expect(core.desktop.withdrawn).toEqual(core.desktop.notified.map(({ key }) => key));
});

test('what is true of the account is said of the account, whichever service has met it', async () => {
  await using core = await open();
  await signIn(core, names);
  const observation: Observation = { kind: 'network', where: 'resource-api', code: 'ENOTFOUND' };
  core.mooring.syncStatus({
    accountId: accountId(core),
    service: 'plants',
    status: { ...idleSync, failure: { kind: 'observed', observation } },
  });
  expect(core.state().connection).toMatchObject({ kind: 'offline', reason: 'no-network' });
  expect(standings(core)).toEqual({ calendar: 'waiting', books: 'waiting', plants: 'waiting' });
});

test('a permission that is withdrawn at Google is noticed, shown for that service alone, and given anew', async () => {
  await using core = await open();
  await signIn(core, names);
  const id = accountId(core);
  for (const scope of scopesOf('books')) core.google.control.removeScope(id, scope);
  const { serial } = (await core.mooring.daemonHandlers.accessToken({ accountId: id, rejected: null }))!;
  await core.mooring.daemonHandlers.accessToken({ accountId: id, rejected: serial });
  expect(standings(core)).toEqual({ calendar: 'working', books: 'needs-permission', plants: 'working' });
  expect(copied(core)).toEqual(['calendar', 'plants']);
  expect(core.desktop.notified.map(({ key }) => key)).toEqual([`permission-missing/${id}/books`]);
  await attempt(core, [], () => core.mooring.requests.keepService({ accountId: id, service: 'books' }));
  expect(standings(core)).toEqual({ calendar: 'working', books: 'working', plants: 'working' });
  expect(copied(core)).toEqual(names);
});

test('who signed in with the version before keeps Calendar, is asked nothing, and sees the others as off', async () => {
  await using core = await open();
  await signIn(core, ['calendar']);
  const path = join(core.home, 'accounts.json');
  const records = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>[];
  writeFileSync(path, JSON.stringify(records.map(({ services: _, ...record }) => record)));
  await core.restart();
  await core.mooring.daemonHandlers.accessToken({ accountId: accountId(core), rejected: null });
  expect(standings(core)).toEqual({ calendar: 'working', books: 'not-chosen', plants: 'not-chosen' });
  expect(copied(core)).toEqual(['calendar']);
  expect(core.opened).toHaveLength(1);
  expect(core.desktop.notified).toEqual([]);
});

test('a service is switched off at once, with or without its copy, and on again without a browser', async () => {
  await using core = await open();
  await signIn(core, ['calendar', 'books']);
  const id = accountId(core);
  await core.mooring.requests.dropService({ accountId: id, service: 'books', erase: false });
  expect(copied(core)).toEqual(['calendar']);
  expect(standings(core)).toMatchObject({ calendar: 'working', books: 'switched-off' });
  expect(core.daemon.asked.map(({ name }) => name)).not.toContain('erase');
  await core.restart();
  expect(copied(core)).toEqual(['calendar']);
  await core.mooring.requests.keepService({ accountId: id, service: 'books' });
  expect(copied(core)).toEqual(['calendar', 'books']);
  expect(core.opened).toHaveLength(1);
  await core.mooring.requests.dropService({ accountId: id, service: 'books', erase: true });
  expect(core.daemon.asked.slice(-2)).toEqual([
    { name: 'attach', params: { accountId: id, services: ['calendar'] } },
    { name: 'erase', params: { accountId: id, service: 'books' } },
  ]);
});

test('a name that is no service is refused, and nothing is changed', async () => {
  await using core = await open();
  await signIn(core, ['calendar']);
  const id = accountId(core);
  const before = standings(core);
  for (const service of ['mail', '__proto__', 'constructor']) {
    await expect(core.mooring.requests.keepService({ accountId: id, service })).rejects.toThrow('no such service');
    const drop = core.mooring.requests.dropService({ accountId: id, service, erase: true });
    await expect(drop).rejects.toThrow('no such service');
    await expect(core.mooring.requests.signIn({ hint: null, services: [service] })).rejects.toThrow('no such service');
  }
  expect(standings(core)).toEqual(before);
  expect(core.opened).toHaveLength(1);
});
