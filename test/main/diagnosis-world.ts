import keytar from 'keytar';
import type { Connection } from '../../src/contract/connection.ts';
import type { MetAt, Observation } from '../../src/contract/observation.ts';
import type { Standing } from '../../src/contract/standing.ts';
import { idleSync } from '../../src/contract/sync.ts';
import { createAccess } from '../../src/daemon/google/access.ts';
import { wayToGoogle } from '../../src/daemon/google/http.ts';
import { failureOf } from '../../src/daemon/sync/failure.ts';
import { type Fetch, openWayOut } from '../../src/http/outgoing.ts';
import { direct, proxyAt } from '../../src/http/way.ts';
import { newAttempt } from '../../src/main/auth/authorization-request.ts';
import { type Diagnosis, diagnose } from '../../src/main/auth/diagnosis.ts';
import { rememberNonces } from '../../src/main/auth/dpop.ts';
import { listenForCallback } from '../../src/main/auth/loopback.ts';
import { type AuthFailure, observeRedirect } from '../../src/main/auth/observe.ts';
import { discover, type Provider } from '../../src/main/auth/provider.ts';
import { openTokenEndpoint } from '../../src/main/auth/token-endpoint.ts';
import type { PasswordStore } from '../../src/main/keychain/keychain.ts';
import { CookieJar } from './browser.ts';
import { type Core, startCore } from './core.ts';

export const ada = { email: 'ada.lovelace@gmail.com' };

/** What is bent on the app's way to Google and to its keychain. */
interface Bent {
  /** Where what is meant for the token endpoint goes instead. */
  tokens: string | null;
  /** Where what is meant for the API goes instead. */
  api: string | null;
  /** The proxy that the system's settings name; null for none. */
  proxy: string | null;
  /** Every call to the keychain fails with these words. */
  keychain: string | null;
  /** The keychain has no entry of an account. */
  emptied: boolean;
}

const straight: Bent = { tokens: null, proxy: null, api: null, keychain: null, emptied: false };

/** The app with one account that is connected, and whatever may be bent. */
export interface World extends AsyncDisposable {
  readonly core: Core;
  readonly accountId: string;
  readonly bent: Bent;
  readonly fetch: Fetch;
  provider(): Promise<Provider>;
  /** The keychain's entries as they are, past everything bent. */
  entries(): Promise<unknown>;
  /** Makes everything as it was, a grant that died included. */
  mend(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const bent = { ...straight };
  const provider = async () => {
    const real = await discover(fetch, core.google.issuer);
    return bent.tokens === null ? real : { ...real, tokenEndpoint: `${bent.tokens}/token` };
  };
  const wayOut = openWayOut({
    authorities: () => [],
    ways: async () => [bent.proxy === null ? direct : proxyAt(bent.proxy)],
  });
  const core: Core = await startCore({ passwords: (real) => bendable(real, bent), deps: { provider, fetch: wayOut } });
  core.google.control.requireDpopNonce(false);
  const { account } = await core.signIn(ada);
  const accountId = account!.id;
  const { control, clientSecret } = core.google;
  return {
    core,
    accountId,
    bent,
    fetch: wayOut,
    provider,
    async entries() {
      const entries = await keytar.findCredentials(core.service);
      return entries.sort((a, b) => a.account.localeCompare(b.account));
    },
    async mend() {
      Object.assign(bent, straight);
      control.repair();
      control.deleteClient(false);
      control.setClientSecret(clientSecret);
      control.moveClock(core.clock.now() - control.now());
      core.clock.advance(16 * 60_000);
      await core.restart();
      await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null });
      if (core.state().connection?.kind !== 'connected') await core.reconnect(ada);
    },
    [Symbol.asyncDispose]: () => core[Symbol.asyncDispose](),
  };
}

function bendable(real: PasswordStore, bent: Bent): PasswordStore {
  const guarded = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A) => {
      if (bent.keychain !== null) throw new Error(bent.keychain);
      return call(...args);
    };
  };
  return {
    getPassword: guarded(async (service: string, name: string) =>
      bent.emptied && name.startsWith('account:') ? null : real.getPassword(service, name),
    ),
    setPassword: guarded((service: string, name: string, password: string) =>
      real.setPassword(service, name, password),
    ),
    deletePassword: guarded((service: string, name: string) => real.deletePassword(service, name)),
  };
}

/** What became of a failure: the state it means, and how the sign-in ended if it was one. */
export interface Met {
  readonly connection: Connection | Standing;
  readonly outcome: string | null;
}

/** Makes the app meet whatever is bent at this place; `error` is what comes back by redirect. */
export const meet: Readonly<Record<MetAt | 'keychain', (world: World, error: string) => Promise<Met>>> = {
  authorization: meetByRedirect,
  'code-exchange': meetAtExchange,
  refresh: meetAtRefresh,
  keychain: meetAtRefresh,
  'resource-api': meetAtApi,
};

async function meetAtRefresh({ core, accountId }: World): Promise<Met> {
  await core.restart();
  await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null });
  return { connection: core.state().connection!, outcome: null };
}

/** The exchange itself says what was observed; the sign-in in the app says what a person is told. */
async function meetAtExchange({ core, fetch, provider }: World): Promise<Met> {
  const client = { id: core.google.clientId, secret: core.google.clientSecret };
  const endpoint = openTokenEndpoint(fetch, await provider(), client, core.clock.now, rememberNonces());
  const observation = await endpoint
    .exchange({ code: '4/0none', verifier: 'v'.repeat(43), redirectUri: 'http://127.0.0.1:1/', key: null })
    .then(
      () => null,
      (error: unknown) => (error as AuthFailure).observation,
    );
  const { signIn } = await core.signIn(ada);
  return { connection: diagnosed(core, observation), outcome: outcomeOf(signIn) };
}

async function meetAtApi({ core, accountId, bent, fetch }: World): Promise<Met> {
  await core.restart();
  const ask = (rejected: number | null) => core.mooring.daemonHandlers.accessToken({ accountId, rejected });
  const { get } = wayToGoogle({
    fetch,
    apiRoot: bent.api ?? core.google.apiRoot,
    access: createAccess(ask),
    clock: core.clock,
  });
  const failure = await get('/calendar/v3/users/me/calendarList', {}, new AbortController().signal).then(
    () => null,
    (error: unknown) => failureOf(error),
  );
  core.mooring.syncStatus({ accountId, service: 'calendar', status: { ...idleSync, failure } });
  const { connection, service } = core.state();
  // What is the matter with the service is told of it, and what is the matter with the account, of the account.
  const own = service!.standing.reason === 'connection' || service!.standing.kind === 'working';
  return { connection: own ? connection! : service!.standing, outcome: null };
}

/** Comes back from Google with an error, as the browser would. */
async function meetByRedirect({ core }: World, error: string): Promise<Met> {
  core.person = null;
  const count = core.opened.length;
  const ended = core.until(({ signIn }) => signIn.kind === 'idle' && signIn.outcome !== null);
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  while (core.opened.length === count) await new Promise((resolve) => setTimeout(resolve, 5));
  const { searchParams: asked } = await core.asked(count);
  const answer = new URLSearchParams({ error, state: asked.get('state')!, iss: core.google.issuer });
  const address = `${asked.get('redirect_uri')}?${answer}`;
  const page = await fetch(address, { headers: { cookie: core.jar.header(address) } });
  await page.body?.cancel();
  const { signIn } = await ended;

  const attempt = newAttempt();
  const provider = await discover(fetch, core.google.issuer);
  const destination = () => core.google.issuer;
  const nobody = { onRefused() {}, onStranger: () => false, onOwn() {} };
  const loopback = await listenForCallback({ attempt, provider, destination, ...nobody });
  answer.set('state', attempt.state);
  const jar = new CookieJar();
  const start = loopback.newAddress();
  jar.take(start, (await fetch(start, { redirect: 'manual' })).headers);
  const redirect = `${loopback.redirectUri}?${answer}`;
  const browser = fetch(redirect, { headers: { cookie: jar.header(redirect) } });
  const read = await loopback.answer;
  await loopback.finish({ title: '', text: '' });
  await (await browser).body?.cancel();
  const observation = read.kind === 'error' ? observeRedirect(read.error) : null;
  return { connection: diagnosed(core, observation), outcome: outcomeOf(signIn) };
}

function diagnosed(core: Core, observation: Observation | null): Diagnosis {
  if (observation === null) throw new Error('Nothing failed.');
  return diagnose(observation, core.clock.now());
}

const outcomeOf = (signIn: ReturnType<Core['state']>['signIn']): string | null =>
  signIn.kind === 'idle' ? (signIn.outcome?.code ?? null) : signIn.kind;
