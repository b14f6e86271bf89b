import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import {
  agree,
  attempt,
  callbackOf,
  codeHash,
  exchange,
  get,
  newProofKey,
  type ProofKey,
  prove,
  refresh,
  type Tokens,
} from '../test-client.ts';

let google: GoogleDouble;
let ada: string;
let key: ProofKey;

beforeEach(async () => {
  google = await startGoogle();
  ada = google.control.people()[0]!.sub;
  key = await newProofKey();
});
afterEach(() => google.close());

async function newCode() {
  const tried = attempt(google, { prompt: 'consent' });
  const code = callbackOf(await agree(google, ada, tried)).get('code')!;
  return { code, verifier: tried.verifier };
}

type Change = Record<string, unknown>;

/** An exchange with a proof. */
async function bind({ code, verifier }: { code: string; verifier: string }, claims: Change = {}, header: Change = {}) {
  const proof = await prove(google, key, { jti: codeHash(code), ...claims }, header);
  return answerOf(await exchange(google, code, verifier, {}, proof));
}

async function renew(token: string, by: ProofKey | null, claims: Change = {}) {
  return answerOf(await refresh(google, token, by && (await prove(google, by, claims))));
}

async function answerOf(response: Response) {
  const body = (await response.json()) as Partial<Tokens> & { error?: string; error_description?: string };
  return { status: response.status, nonce: response.headers.get('dpop-nonce'), body };
}

/** A bound refresh token, by way of the nonce. */
async function bound(): Promise<{ token: string; nonce: string }> {
  const given = await newCode();
  const { nonce } = await bind(given);
  const { body } = await bind(given, { nonce });
  const token = body.refresh_token!;
  const asked = await renew(token, key);
  return { token, nonce: asked.nonce! };
}

const refused = (what: string) => ({
  status: 400,
  nonce: null,
  body: { error: 'invalid_dpop_proof', error_description: `Invalid DPoP proof: ${what}` },
});

test('an exchange asks for a nonce, leaves the code usable, and then binds the refresh token', async () => {
  const given = await newCode();
  const first = await bind(given);
  expect(first).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' }, nonce: expect.any(String) });
  const second = await bind(given, { nonce: first.nonce });
  expect(second).toMatchObject({ status: 200, nonce: first.nonce, body: { token_type: 'Bearer' } });
  expect((await get(google, second.body.access_token!, 'users/me/calendarList')).status).toBe(200);
  const token = second.body.refresh_token!;
  expect(await renew(token, null)).toEqual(refused('missing'));
  // The nonces of the exchange are not those of the refresh.
  const third = await renew(token, key, { nonce: first.nonce });
  expect(third).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } });
  expect(third.nonce).not.toBe(first.nonce);
  expect(await renew(token, await newProofKey(), { nonce: third.nonce })).toEqual(refused('key'));
  expect(await renew(token, key, { nonce: third.nonce })).toMatchObject({
    status: 200,
    body: { token_type: 'Bearer' },
  });
});

test('nonces rotate, and can be done without', async () => {
  const { token, nonce } = await bound();
  expect((await renew(token, key, { nonce })).status).toBe(200);
  google.control.rotateDpopNonces();
  const asked = await renew(token, key, { nonce });
  expect(asked.body.error).toBe('use_dpop_nonce');
  expect((await renew(token, key, { nonce: asked.nonce })).status).toBe(200);
  google.control.requireDpopNonce(false);
  expect(await renew(token, key)).toMatchObject({ status: 200, nonce: asked.nonce });
});

test('each part of a proof is checked', async () => {
  google.control.requireDpopNonce(false);
  const given = await newCode();
  const now = Math.floor(google.control.now() / 1000);
  expect(await bind(given, { htm: 'GET' })).toEqual(refused('htm'));
  expect(await bind(given, { htu: `${google.issuer}/token?x=1` })).toEqual(refused('htu'));
  expect(await bind(given, { iat: now - 62 })).toEqual(refused('iat'));
  expect(await bind(given, { iat: now + 62 })).toEqual(refused('iat'));
  expect(await bind(given, { jti: 'another' })).toEqual(refused('jti'));
  expect(await bind(given, { jti: undefined })).toEqual(refused('claims: jti'));
  expect(await bind(given, {}, { typ: 'JWT' })).toEqual(refused('typ'));
  expect(await bind(given, {}, { jwk: await exportJWK(key.privateKey) })).toEqual(refused('jwk has a private part'));
  expect(await bind(given, {}, { jwk: (await newProofKey()).jwk })).toEqual(refused('signature'));
  const { privateKey, publicKey } = await generateKeyPair('ES384');
  const other = { privateKey, jwk: await exportJWK(publicKey) };
  const wrongAlgorithm = await prove(google, other, { jti: codeHash(given.code) }, { alg: 'ES384' });
  expect(await answerOf(await exchange(google, given.code, given.verifier, {}, wrongAlgorithm))).toEqual(
    refused('alg'),
  );
  expect((await bind(given)).status).toBe(200);
});

test('a proof is good for one use', async () => {
  const { token, nonce } = await bound();
  const proof = await prove(google, key, { nonce });
  expect((await refresh(google, token, proof)).status).toBe(200);
  expect(await answerOf(await refresh(google, token, proof))).toEqual(refused('jti was used before'));
});

test('a refresh token issued without a proof is used without one, and with any', async () => {
  const { code, verifier } = await newCode();
  const { body } = await answerOf(await exchange(google, code, verifier));
  google.control.requireDpopNonce(false);
  expect((await renew(body.refresh_token!, null)).status).toBe(200);
  expect((await renew(body.refresh_token!, key)).status).toBe(200);
});

test('a refresh token that takes the place of another is bound as that one was', async () => {
  const { token, nonce } = await bound();
  google.control.misbehave({ refresh: 'rotated-refresh-token' });
  const next = (await renew(token, key, { nonce })).body.refresh_token!;
  expect(await renew(next, null)).toEqual(refused('missing'));
  expect((await renew(next, key, { nonce })).status).toBe(200);
});

test('switched off, proofs mean nothing and are not advertised', async () => {
  google.control.setDpop('off');
  const discovery = await (await fetch(`${google.issuer}/.well-known/openid-configuration`)).json();
  expect(discovery).not.toHaveProperty('dpop_signing_alg_values_supported');
  const { body, nonce } = await bind(await newCode(), { htm: 'nonsense' });
  expect(nonce).toBeNull();
  expect((await renew(body.refresh_token!, null)).status).toBe(200);
});

test.each(['invalid_dpop_proof', 'invalid_request'] as const)(
  'rejecting, an exchange with a proof fails with %s and the code stays usable',
  async (error) => {
    google.control.setDpop('reject', error);
    const given = await newCode();
    expect(await bind(given)).toMatchObject({ status: 400, nonce: null, body: { error } });
    expect((await exchange(google, given.code, given.verifier)).status).toBe(200);
  },
);

test('a restarted double remembers which key a refresh token is bound to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'google-double-'));
  await google.close();
  google = await startGoogle({ state: join(folder, 'state.json') });
  const { token } = await bound();
  await google.close();
  google = await startGoogle({ state: join(folder, 'state.json') });
  google.control.requireDpopNonce(false);
  expect(await renew(token, null)).toEqual(refused('missing'));
  expect((await renew(token, key)).status).toBe(200);
  await google.close();
  rmSync(folder, { recursive: true });
  google = await startGoogle({ events: 0 });
});
