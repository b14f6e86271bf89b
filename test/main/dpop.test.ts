import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { idleSignIn } from '../../src/contract/state.ts';
import { type DpopKey, newDpopKey } from '../../src/main/auth/dpop.ts';
import { discover, realGoogle } from '../../src/main/auth/provider.ts';
import { startGoogle } from '../google/index.ts';
import { get, prove, refresh } from '../google/test-client.ts';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };

async function signedIn(): Promise<{ core: Core; accountId: string }> {
  const core = await startCore();
  const { account } = await core.signIn(ada);
  return { core, accountId: account!.id };
}

const ask = (core: Core, accountId: string, rejected: number | null) =>
  core.mooring.daemonHandlers.accessToken({ accountId, rejected });

interface Entry {
  version: number;
  accountId: string;
  clientId: string;
  refreshToken: string;
  bound: boolean;
  dpopKey: DpopKey | null;
}

async function entryOf(core: Core, accountId: string): Promise<Entry> {
  return JSON.parse((await keytar.getPassword(core.service, `account:${accountId}`))!);
}

const setEntry = (core: Core, accountId: string, entry: object) =>
  keytar.setPassword(core.service, `account:${accountId}`, JSON.stringify(entry));

/** Each request to the token endpoint: its status and the claims of its proof. */
const tokenRequests = (core: Core) =>
  core.google.control.requests({ endpoint: 'token' }).map(({ status, form, headers }) => {
    const proof = headers['dpop'];
    return { status, form, proof, claims: proof === undefined ? null : decodeJwt(proof) };
  });

async function keyOf(dpopKey: DpopKey) {
  const { kty, crv, x, y } = dpopKey;
  return { privateKey: await crypto.subtle.importKey('jwk', dpopKey, p256, false, ['sign']), jwk: { kty, crv, x, y } };
}
const p256 = { name: 'ECDSA', namedCurve: 'P-256' };

test('a sign-in binds the refresh token to a new key, and refreshes prove it', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const [first, second, ...more] = tokenRequests(core);
  expect(more).toEqual([]);
  expect([first!.status, second!.status]).toEqual([400, 200]);
  expect(first!.form).toEqual(second!.form);
  const jti = createHash('sha256').update(first!.form['code']!).digest('base64url');
  const proof = { htm: 'POST', htu: `${core.google.issuer}/token`, jti, iat: Math.floor(core.clock.now() / 1000) };
  expect(first!.claims).toEqual(proof);
  expect(second!.claims).toEqual({ ...proof, nonce: expect.any(String) });

  await core.restart();
  core.google.control.clearRequests();
  expect(await ask(core, accountId, null)).not.toBeNull();
  expect(await ask(core, accountId, 1)).not.toBeNull();
  const refreshes = tokenRequests(core);
  expect(refreshes.map(({ status }) => status)).toEqual([400, 200, 200]);
  expect(refreshes[2]!.claims!['nonce']).toBe(refreshes[1]!.claims!['nonce']);
  expect(refreshes[1]!.claims!['nonce']).not.toBe(second!.claims!['nonce']);
  const { dpopKey } = await entryOf(core, accountId);
  for (const { proof } of refreshes) expect(decodeProtectedHeader(proof!).jwk).toMatchObject({ x: dpopKey!.x });
});

test('a refresh token copied without its key is useless', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.requireDpopNonce(false);
  const { refreshToken, dpopKey } = await entryOf(core, accountId);
  const refused = { status: 400, body: { error: 'invalid_dpop_proof', error_description: expect.any(String) } };
  const attempt = async (key: DpopKey | null) => {
    const proof = key && (await prove(core.google, await keyOf(key)));
    const answer = await refresh(core.google, refreshToken, proof);
    return { status: answer.status, body: await answer.json() };
  };
  expect(await attempt(null)).toEqual(refused);
  expect(await attempt(await newDpopKey())).toEqual(refused);
  expect(await attempt(dpopKey)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
});

test('access tokens stay Bearer tokens: proofs go to the token endpoint and nowhere else', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const token = await ask(core, accountId, 1);
  expect((await get(core.google, token!.token, 'users/me/calendarList')).status).toBe(200);
  await core.mooring.requests.disconnect({ accountId: core.state().account!.id, erase: false });
  const proven = core.google.control.requests().filter(({ headers }) => headers['dpop'] !== undefined);
  expect(new Set(proven.map(({ endpoint }) => endpoint))).toEqual(new Set(['token']));
});

test('the private key is in the keychain and nowhere else, in an entry that Windows takes', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await ask(core, accountId, 1);
  const entry = await entryOf(core, accountId);
  // Google announces refresh tokens of up to 512 bytes.
  const largest = JSON.stringify({ ...entry, refreshToken: 'x'.repeat(512) });
  expect(Buffer.byteLength(largest)).toBeLessThan(2_560);
  const { d } = entry.dpopKey!;
  const seen = [
    readFileSync(join(core.home, 'accounts.json'), 'utf8'),
    core.logged.join('\n'),
    JSON.stringify(core.states),
    JSON.stringify(core.google.control.requests()),
    core.opened.join('\n'),
  ];
  for (const text of seen) expect(text).not.toContain(d);
  for (const { proof } of tokenRequests(core)) expect(JSON.stringify(decodeProtectedHeader(proof!))).not.toContain(d);
});

test('each sign-in with a new refresh token has a new key; one without keeps token and key', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const first = await entryOf(core, accountId);
  expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  expect(await entryOf(core, accountId)).toEqual(first);
  expect(await ask(core, accountId, 2)).not.toBeNull();
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
  const second = await entryOf(core, accountId);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(second.dpopKey!.d).not.toBe(first.dpopKey!.d);
});

test('a refresh token that takes the place of another keeps the key', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const before = await entryOf(core, accountId);
  core.google.control.misbehave({ refresh: 'rotated-refresh-token' });
  expect(await ask(core, accountId, 1)).not.toBeNull();
  const after = await entryOf(core, accountId);
  expect(after).toEqual({ ...before, refreshToken: after.refreshToken });
  expect(after.refreshToken).not.toBe(before.refreshToken);
  expect(await ask(core, accountId, 2)).not.toBeNull();
});

test('an entry from before keys is used without proof until a reconnect binds it', async () => {
  await using core = await startCore();
  core.google.control.setDpop('off');
  const { account } = await core.signIn(ada);
  const { id } = account!;
  const { accountId, clientId, refreshToken } = await entryOf(core, id);
  await setEntry(core, id, { version: 1, accountId, clientId, refreshToken });
  core.google.control.setDpop('required-for-bound');
  await core.restart();
  core.google.control.clearRequests();
  expect(await ask(core, id, null)).not.toBeNull();
  expect(tokenRequests(core)).toMatchObject([{ status: 200, claims: null }]);
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
  expect(await entryOf(core, id)).toMatchObject({ version: 3, bound: true, dpopKey: { kty: 'EC' } });
  core.google.control.clearRequests();
  expect(await ask(core, id, 2)).not.toBeNull();
  expect(tokenRequests(core).every(({ claims }) => claims !== null)).toBe(true);
});

test.each([
  ['gone', (entry: Entry) => ({ ...entry, dpopKey: null })],
  ['left out', ({ dpopKey: _dpopKey, ...entry }: Entry) => entry],
  ['garbled', (entry: Entry) => ({ ...entry, dpopKey: { ...entry.dpopKey, d: 'A'.repeat(43) } })],
])('a key that is %s is said so, and a reconnect makes a new one', async (_how, lose) => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await setEntry(core, accountId, lose(await entryOf(core, accountId)));
  await core.restart();
  core.google.control.clearRequests();
  expect(await ask(core, accountId, null)).toBeNull();
  expect(core.state().connection).toMatchObject({
    kind: 'needs-reconnect',
    reason: 'key-lost',
    action: 'reconnect',
  });
  expect(tokenRequests(core)).toEqual([]);
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
  expect(await ask(core, accountId, 1)).not.toBeNull();
});

test('disconnecting after the key is lost still ends the access at Google', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await setEntry(core, accountId, { ...(await entryOf(core, accountId)), dpopKey: null });
  await core.mooring.requests.disconnect({ accountId: core.state().account!.id, erase: false });
  expect(core.google.control.grants(accountId)).toEqual([]);
  expect(core.state().signIn).toEqual(idleSignIn);
});

test('another key than the one Google knows is a lost key where the clock is right', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await setEntry(core, accountId, { ...(await entryOf(core, accountId)), dpopKey: await newDpopKey() });
  expect(await ask(core, accountId, 1)).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'key-lost' });
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
});

test.each([600_000, -600_000])('a clock that is off by %d ms is the clock’s trouble, not the grant’s', async (off) => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const entry = await entryOf(core, accountId);
  core.google.control.moveClock(off);
  expect(await ask(core, accountId, 1)).toBeNull();
  expect(core.state().connection).toMatchObject({
    kind: 'offline',
    reason: 'clock-wrong',
    action: 'retry',
    sentence: expect.stringContaining('Correct the date'),
  });
  expect(await entryOf(core, accountId)).toEqual(entry);
  core.google.control.moveClock(-off);
  expect(await ask(core, accountId, 1)).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');
});

test('a sign-in with a wrong clock says so, and is not repeated without a proof', async () => {
  await using core = await startCore();
  core.google.control.moveClock(600_000);
  const state = await core.signIn(ada);
  expect(state.signIn).toMatchObject({ outcome: { code: 'clock-wrong' } });
  expect(core.opened).toHaveLength(1);
  expect(tokenRequests(core).every(({ claims }) => claims !== null)).toBe(true);
  expect(await keytar.findCredentials(core.service)).toEqual([]);
});

test.each(['invalid_dpop_proof', 'invalid_request'] as const)(
  'where proofs are refused with %s, the sign-in goes once more without, and says why',
  async (refusal) => {
    await using core = await startCore();
    core.google.control.setDpop('reject', refusal);
    const { connection, account } = await core.signIn(ada);
    expect(connection!.kind).toBe('connected');
    const prompts = [await core.asked(0), await core.asked(1)].map(({ searchParams }) => searchParams.get('prompt'));
    expect(prompts).toEqual([null, 'consent']);
    expect(tokenRequests(core).map(({ status, claims }) => [status, claims !== null])).toEqual([
      [400, true],
      [200, false],
    ]);
    const notes = core.states.map(({ signIn }) => (signIn.kind === 'waiting' ? signIn.note : null));
    expect(notes.find((note) => note !== null)).toContain('without that tie');
    expect((await core.visits[0])!.page).toContain('One more step');
    expect(await entryOf(core, account!.id)).toMatchObject({ version: 3, bound: false, dpopKey: null });
    expect(await ask(core, account!.id, 1)).not.toBeNull();
    expect(tokenRequests(core).at(-1)!.claims).toBeNull();
  },
);

test('refused proofs and withheld refresh tokens each cost one round, and then it is over', async () => {
  await using core = await startCore();
  core.google.control.setDpop('reject');
  core.google.control.withholdRefreshTokenOnce();
  expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  expect(core.opened).toHaveLength(3);
});

test('an issuer that does not know DPoP is used without', async () => {
  await using core = await startCore();
  core.google.control.setDpop('off');
  const { connection, account } = await core.signIn(ada);
  expect(connection!.kind).toBe('connected');
  expect(await ask(core, account!.id, 1)).not.toBeNull();
  expect(tokenRequests(core).map(({ claims }) => claims)).toEqual([null, null]);
  expect(await entryOf(core, account!.id)).toMatchObject({ bound: false, dpopKey: null });
});

test('discovery tells whether an issuer knows DPoP; the real Google is known to', async () => {
  const google = await startGoogle({ events: 0 });
  expect(await discover(fetch, google.issuer)).toMatchObject({ dpop: true });
  google.control.setDpop('off');
  expect(await discover(fetch, google.issuer)).toMatchObject({ dpop: false });
  expect(realGoogle.dpop).toBe(true);
  await google.close();
});
