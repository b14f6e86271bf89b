import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { calendarScope } from '../../src/contract/calendar.ts';
import { idleSignIn } from '../../src/contract/state.ts';
import { visit } from './browser.ts';
import { startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const grace = { email: 'grace.hopper@gmail.com' };
const accountOf = (core: { home: string }) => readFileSync(join(core.home, 'accounts.json'), 'utf8');

test('signing in stores the refresh token in the keychain and says who it is', async () => {
  await using core = await startCore();
  const state = await core.signIn(ada);
  expect(state.signIn).toEqual(idleSignIn);
  expect(state.connection?.kind).toBe('connected');
  expect(state.account).toMatchObject({ email: ada.email, name: 'Ada Lovelace' });
  expect(state.account!.picture).toMatch(/^data:image\//);
  const entry = JSON.parse((await keytar.getPassword(core.service, `account:${state.account!.id}`))!);
  expect(entry).toEqual({
    version: 3,
    issuer: core.google.issuer,
    accountId: state.account!.id,
    clientId: core.google.clientId,
    refreshToken: expect.stringMatching(/^1\/\/0/),
    bound: true,
    dpopKey: expect.objectContaining({ kty: 'EC', crv: 'P-256', d: expect.any(String) }),
  });
  expect(accountOf(core)).not.toContain(entry.refreshToken);
  expect((await core.visits[0])!.page).toContain('You are signed in');
});

test('the request asks for everything in one consent, bound to this attempt', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  await core.signIn(ada);
  const [first, second] = [(await core.asked(0)).searchParams, (await core.asked(1)).searchParams];
  expect(Object.fromEntries(first!)).toMatchObject({
    response_type: 'code',
    access_type: 'offline',
    code_challenge_method: 'S256',
    scope: `openid email profile ${calendarScope}`,
  });
  expect(first!.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  for (const name of ['state', 'nonce', 'code_challenge', 'redirect_uri']) {
    expect(first!.get(name)!.length).toBeGreaterThanOrEqual(40);
    expect(first!.get(name)).not.toBe(second!.get(name));
  }
});

test('the code leaves the address bar, and the listener is gone afterwards', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const { addresses } = (await core.visits[0])!;
  expect(addresses.at(-2)).toContain('code=');
  expect(addresses.at(-1)).toMatch(/\/done$/);
  await expect(fetch(addresses.at(-1)!)).rejects.toThrow();
});

test.each([
  ['wrong-aud', 'id-token-refused'],
  ['wrong-nonce', 'id-token-refused'],
  ['wrong-iss', 'id-token-refused'],
  ['expired', 'id-token-refused'],
  ['bad-signature', 'id-token-refused'],
  ['missing', 'no-id-token'],
] as const)('an ID token with %s is refused and nothing is stored', async (idToken, code) => {
  await using core = await startCore();
  core.google.control.misbehave({ idToken });
  const state = await core.signIn(ada);
  expect(state.signIn).toMatchObject({ outcome: { code } });
  expect(state.account).toBeNull();
  expect(await keytar.findCredentials(core.service)).toEqual([]);
  expect((await core.visits[0])!.page).toContain('Not signed in');
  // The library's errors, and jose's, quote the token: none of that may reach the log or the window.
  const said = JSON.stringify([core.logged, core.states]);
  expect(core.google.control.secretsIssued().filter((secret) => said.includes(secret)).length).toBe(0);
});

test.each(['wrong-iss', 'missing-iss', 'wrong-state'] as const)(
  'S27 a callback with %s is refused unread, and the real one still counts',
  async (callback) => {
    await using core = await startCore();
    core.google.control.misbehave({ callback });
    core.person = ada;
    await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
    await core.until((state) => state.signIn.kind === 'waiting' && state.signIn.silent);
    expect((await core.visits[0])!.page).toContain('refused');
    expect(core.google.control.requests({ endpoint: 'token' })).toEqual([]);
    const { signIn } = core.state();
    const note = signIn.kind === 'waiting' ? (signIn.note ?? '') : '';
    expect(note.includes('another service')).toBe(callback !== 'wrong-state');
    core.google.control.misbehave({});
    core.clock.advance(3_000);
    const ended = core.until((state) => state.signIn.kind === 'idle');
    await core.mooring.requests.openSignInAgain(null);
    expect((await ended).connection?.kind).toBe('connected');
  },
);

test('a second valid callback is refused', async () => {
  await using core = await startCore();
  core.google.control.requireDpopNonce(false);
  const token = core.google.control.hold('token');
  core.person = ada;
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await token.arrived;
  const again = await visit(core.opened[0]!, ada, core.jar);
  expect(again.page).toContain('refused');
  const ended = core.until((state) => state.signIn.kind === 'idle');
  token.release();
  expect((await ended).connection?.kind).toBe('connected');
  expect(core.google.control.requests({ endpoint: 'token' })).toHaveLength(1);
});

test('what is refused after the browser has answered does not show the wait again', async () => {
  await using core = await startCore();
  const token = core.google.control.hold('token');
  core.person = ada;
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await token.arrived;
  const [start] = core.opened as [string];
  const again = await fetch(start, { redirect: 'manual', headers: { cookie: core.jar.header(start) } });
  const redirectUri = new URL(again.headers.get('location')!).searchParams.get('redirect_uri')!;
  expect((await fetch(`${redirectUri}?state=another`)).status).toBe(400);
  expect(core.state().signIn.kind).toBe('finishing');
  const ended = core.until((state) => state.signIn.kind === 'idle');
  token.release();
  expect((await ended).connection?.kind).toBe('connected');
});

test('pressing Cancel at Google ends the attempt with that reason', async () => {
  await using core = await startCore();
  const state = await core.signIn({ ...ada, cancel: true });
  expect(state.signIn).toMatchObject({ outcome: { code: 'denied' } });
});

test('cancelling in the app ends the attempt and closes the listener', async () => {
  await using core = await startCore();
  const ended = core.until((state) => state.signIn.kind === 'idle');
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(1);
  await core.mooring.requests.cancelSignIn(null);
  expect((await ended).signIn).toMatchObject({ outcome: { code: 'cancelled' } });
  for (const url of core.opened) await expect(fetch(url)).rejects.toThrow();
});

test('a browser that cannot be opened ends the attempt', async () => {
  await using core = await startCore({ deps: { openUrl: () => Promise.reject(new Error('no browser')) } });
  const state = await core.signIn(ada);
  expect(state.signIn).toMatchObject({ outcome: { code: 'browser-not-opened' } });
});

test('20 seconds of silence are shown, and 5 minutes end the attempt', async () => {
  await using core = await startCore();
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(1);
  core.clock.advance(19_999);
  expect(core.state().signIn).toMatchObject({ kind: 'waiting', silent: false });
  core.clock.advance(1);
  expect(core.state().signIn).toMatchObject({ kind: 'waiting', silent: true });
  const ended = core.until((state) => state.signIn.kind === 'idle');
  core.clock.advance(280_000);
  expect((await ended).signIn).toMatchObject({ outcome: { code: 'silence' } });
});

test('a second attempt takes the place of the first', async () => {
  await using core = await startCore();
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(1);
  // The page before was not answered, and the next waits for that long.
  core.clock.advance(3_000);
  const state = await core.signIn(ada);
  expect(state.connection?.kind).toBe('connected');
  await expect(fetch(core.opened[0]!)).rejects.toThrow();
});

test('attempts that were replaced before they began open no page', async () => {
  await using core = await startCore();
  await Promise.all([1, 2, 3].map(() => core.mooring.requests.signIn({ hint: null, services: ['calendar'] })));
  await expect.poll(() => core.opened.length).toBe(1);
  const ended = core.until((state) => state.signIn.kind === 'idle');
  await core.mooring.requests.cancelSignIn(null);
  await ended;
  expect(core.opened).toHaveLength(1);
});

test('quitting ends the attempt', async () => {
  await using core = await startCore();
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(1);
  await core.mooring.quit();
  await expect(fetch(core.opened[0]!)).rejects.toThrow();
});

test('an exchange whose reply is lost is not sent again', async () => {
  await using core = await startCore();
  core.google.control.requireDpopNonce(false);
  core.google.control.breakEndpoint('token', { kind: 'lost-reply' }, { times: 1 });
  const state = await core.signIn(ada);
  expect(state.signIn).toMatchObject({ outcome: { code: 'no-network' } });
  expect(core.google.control.requests({ endpoint: 'token' })).toHaveLength(1);
});

test('the exchange carries the verifier of the challenge', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const [exchange] = core.google.control.requests({ endpoint: 'token' });
  expect(exchange!.form).toMatchObject({
    grant_type: 'authorization_code',
    code_verifier: expect.stringMatching(/^[\w-]{43}$/),
    redirect_uri: (await core.asked(0)).searchParams.get('redirect_uri'),
  });
});

test('without a refresh token and none stored, consent is asked for once more, and the window says why', async () => {
  await using core = await startCore();
  core.google.control.misbehave({ exchange: 'withhold-refresh-token' });
  const state = await core.signIn(ada);
  expect(state.connection?.kind).toBe('connected');
  const prompts = [await core.asked(0), await core.asked(1)].map(({ searchParams }) => searchParams.get('prompt'));
  expect(prompts).toEqual([null, 'consent']);
  const notes = core.states.map(({ signIn }) => (signIn.kind === 'waiting' ? signIn.note : null));
  expect(notes.find((note) => note !== null)).toContain('consent once more');
  expect((await core.visits[0])!.page).toContain('One more step');
});

test('signing in again where consent was given keeps the stored refresh token', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const before = await keytar.getPassword(core.service, `account:${account!.id}`);
  const state = await core.signIn(ada);
  expect(state.connection?.kind).toBe('connected');
  expect(core.opened).toHaveLength(2);
  expect(await keytar.getPassword(core.service, `account:${account!.id}`)).toBe(before);
});

test('a scope that is left unticked leaves its service off, and the sign-in good', async () => {
  await using core = await startCore();
  const state = await core.signIn({ ...ada, refuse: [calendarScope] });
  expect(state.account).not.toBeNull();
  expect(state.connection?.kind).toBe('connected');
  expect(state.service?.standing).toMatchObject({ kind: 'off', reason: 'declined', action: 'keep' });
});

test('a keychain that does not give back what was stored keeps the sign-in from being called connected', async () => {
  await using core = await startCore({
    passwords: (real) => ({
      getPassword: async (service, account) => (await real.getPassword(service, account)) && 'something else',
      setPassword: (service, account, password) => real.setPassword(service, account, password),
      deletePassword: (service, account) => real.deletePassword(service, account),
    }),
  });
  const state = await core.signIn(ada);
  expect(state.signIn).toMatchObject({ outcome: { code: 'keychain' } });
  expect(state.account).toBeNull();
});

test('S18 a keychain that cannot be reached is said so, with its fix', async () => {
  const broken = () =>
    Promise.reject(new Error('The name org.freedesktop.secrets was not provided by any .service files'));
  await using core = await startCore({
    passwords: () => ({ getPassword: broken, setPassword: broken, deletePassword: broken }),
  });
  const state = await core.signIn(ada);
  expect(state.signIn).toMatchObject({ outcome: { sentence: expect.stringContaining('gnome-keyring') } });
});

test('reconnecting as somebody else changes nothing and names who was chosen', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const file = accountOf(core);
  const entry = await keytar.getPassword(core.service, `account:${account!.id}`);
  // The hint goes to Ada's consent page; the person takes the way to another account there.
  const state = await reconnectAs(core, grace);
  expect(state.signIn).toMatchObject({
    outcome: { code: 'other-account', sentence: expect.stringContaining(grace.email) },
  });
  expect(state.account).toEqual(account);
  expect(accountOf(core)).toBe(file);
  expect(await keytar.findCredentials(core.service)).toEqual([{ account: `account:${account!.id}`, password: entry }]);
});

test('reconnecting forces consent, hints the account and asks for every scope', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.google.control.revokeGrant(account!.id);
  core.clock.advance(3_600_000);
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: null })).toBeNull();
  expect(core.state().connection).toMatchObject({
    kind: 'needs-reconnect',
    reason: 'grant-revoked',
    action: 'reconnect',
  });
  const state = await core.reconnect(ada);
  expect(state.connection?.kind).toBe('connected');
  expect(Object.fromEntries((await core.asked(1)).searchParams)).toMatchObject({
    prompt: 'consent',
    login_hint: account!.id,
    scope: `openid email profile ${calendarScope}`,
  });
});

/** Reconnects with a browser that drops the hint, as a person does who takes "Use another account". */
async function reconnectAs(core: Awaited<ReturnType<typeof startCore>>, choice: typeof grace) {
  core.person = null;
  const ended = core.until((state) => state.signIn.kind === 'idle' && state.signIn.outcome !== null);
  const count = core.opened.length;
  await core.mooring.requests.reconnect({ accountId: core.state().account!.id });
  await expect.poll(() => core.opened.length).toBe(count + 1);
  const url = await core.asked(count);
  url.searchParams.delete('login_hint');
  await visit(url.href, choice, core.jar);
  return ended;
}
