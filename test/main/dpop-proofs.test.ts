import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { htuOf, makeProof, newDpopKey, readDpopKey, rememberNonces } from '../../src/main/auth/dpop.ts';
import { realGoogle } from '../../src/main/auth/provider.ts';
import { openTokenEndpoint } from '../../src/main/auth/token-endpoint.ts';

/** A token endpoint that gives the prepared answers in turn, and then none. */
async function scripted(answers: { status: number; body: object; nonce?: string }[]) {
  const seen: { proof: string | undefined; agent: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ proof: request.headers['dpop'] as string | undefined, agent: request.headers['user-agent'], body });
    const answer = answers.shift() ?? { status: 500, body: {} };
    const nonce = answer.nonce === undefined ? {} : { 'dpop-nonce': answer.nonce };
    response.writeHead(answer.status, { 'content-type': 'application/json', ...nonce });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = { ...realGoogle, issuer, tokenEndpoint: `${issuer}/token?x=1` };
  const endpoint = openTokenEndpoint(fetch, provider, { id: 'id', secret: 'secret' }, Date.now, rememberNonces());
  return {
    endpoint,
    seen,
    nonces: () => seen.map(({ proof }) => (proof === undefined ? null : (decodeJwt(proof)['nonce'] ?? 'none'))),
    issuer,
    [Symbol.asyncDispose]: async () => void server.close().closeAllConnections(),
  };
}

const challenge = (nonce?: string) => ({
  status: 400,
  body: { error: 'use_dpop_nonce' },
  ...(nonce === undefined ? {} : { nonce }),
});
const success = (nonce?: string) => ({
  status: 200,
  body: { access_token: 'ya29.x', expires_in: 3599, scope: 'openid', token_type: 'Bearer', refresh_token: '1//0x' },
  ...(nonce === undefined ? {} : { nonce }),
});
const refreshed = { refreshToken: '1//0x' };

test('a proof says what the RFC wants and holds nothing private', async () => {
  const key = await newDpopKey();
  const proof = await makeProof(key, {
    htu: 'https://x.example/token',
    jti: 'one',
    now: 1_700_000_000_999,
    nonce: null,
  });
  expect(decodeProtectedHeader(proof)).toEqual({
    typ: 'dpop+jwt',
    alg: 'ES256',
    jwk: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y },
  });
  const { payload } = await jwtVerify(proof, EmbeddedJWK, { algorithms: ['ES256'] });
  expect(payload).toEqual({ htm: 'POST', htu: 'https://x.example/token', jti: 'one', iat: 1_700_000_000 });
  const withNonce = await makeProof(key, { htu: 'h', jti: 'two', now: 0, nonce: 'n' });
  expect(decodeJwt(withNonce)).toMatchObject({ jti: 'two', iat: 0, nonce: 'n' });
  expect(htuOf('https://oauth2.googleapis.com/token?a=b')).toBe(realGoogle.tokenEndpoint);
});

test('a key is taken from the keychain only when it is whole', async () => {
  const [key, other] = [await newDpopKey(), await newDpopKey()];
  expect(readDpopKey(JSON.parse(JSON.stringify(key)))).toEqual(key);
  const broken = [null, {}, { ...key, d: other.d }, { ...key, d: 'short' }, { ...key, d: 'A'.repeat(43) }];
  for (const value of [...broken, { ...key, crv: 'P-384' }, { kty: 'EC', crv: 'P-256', x: key.x, y: key.y }]) {
    expect(readDpopKey(value)).toBeNull();
  }
});

test('the nonce that an answer asks for is used once, in the library’s own request, and kept for the next', async () => {
  await using server = await scripted([challenge('n1'), success('n2'), success(), challenge('n3'), success()]);
  const key = await newDpopKey();
  for (let count = 0; count < 3; count += 1) await server.endpoint.refresh({ ...refreshed, key });
  expect(server.nonces()).toEqual(['none', 'n1', 'n2', 'n2', 'n3']);
  const proofs = server.seen.map(({ proof }) => decodeJwt(proof!));
  expect(new Set(proofs.map(({ jti }) => jti)).size).toBe(5);
  for (const proof of proofs) expect(proof).toMatchObject({ htm: 'POST', htu: `${server.issuer}/token` });
  for (const { agent } of server.seen) expect(agent).toContain('google-api-nodejs-client');
});

test('exchange and refresh keep their nonces apart', async () => {
  await using server = await scripted([challenge('e1'), success('e2'), challenge('r1'), success('r2'), success()]);
  const key = await newDpopKey();
  const exchange = { code: 'code', verifier: 'v', redirectUri: 'http://127.0.0.1:1/', key };
  await server.endpoint.exchange(exchange);
  await server.endpoint.refresh({ ...refreshed, key });
  await server.endpoint.exchange(exchange);
  expect(server.nonces()).toEqual(['none', 'e1', 'none', 'r1', 'e2']);
  const jtis = server.seen.map(({ proof }) => decodeJwt(proof!).jti);
  const hash = createHash('sha256').update('code').digest('base64url');
  expect([jtis[0], jtis[1], jtis[4]]).toEqual([hash, hash, hash]);
  expect(jtis[2]).not.toBe(jtis[3]);
});

test.each([
  ['a second challenge', [challenge('n1'), challenge('n2'), success()], 2],
  ['a challenge without a nonce', [challenge(), success()], 1],
  ['a challenge with a malformed nonce', [challenge('a "quoted" one'), success()], 1],
  ['a refused proof with a nonce', [{ status: 400, body: { error: 'invalid_dpop_proof' }, nonce: 'n1' }, success()], 1],
  ['a challenge under another status', [{ ...challenge('n1'), status: 401 }, success()], 1],
  ['a failure that is no challenge', [{ status: 503, body: { error: 'server_error' }, nonce: 'n1' }, success()], 1],
])('%s is a failure, for a code and for a refresh token alike', async (_what, answers, requests) => {
  const key = await newDpopKey();
  const [{ status, body }] = answers as [{ status: number; body: { error: string } }];
  const failure = { name: 'AuthFailure', observation: { kind: 'answer', status, error: body.error } };
  await using one = await scripted([...answers]);
  await expect(one.endpoint.refresh({ ...refreshed, key })).rejects.toMatchObject(failure);
  expect(one.seen).toHaveLength(requests);
  await using other = await scripted([...answers]);
  const exchange = other.endpoint.exchange({ code: 'c', verifier: 'v', redirectUri: 'http://127.0.0.1:1/', key });
  await expect(exchange).rejects.toMatchObject(failure);
  expect(other.seen).toHaveLength(requests);
});

test('a nonce that was just refused is not tried again', async () => {
  await using server = await scripted([success('n1'), challenge('n1'), success()]);
  const key = await newDpopKey();
  await server.endpoint.refresh({ ...refreshed, key });
  await expect(server.endpoint.refresh({ ...refreshed, key })).rejects.toMatchObject({ name: 'AuthFailure' });
  expect(server.nonces()).toEqual(['none', 'n1']);
});

test('without a key there is no proof, and a challenge is only a failure', async () => {
  await using server = await scripted([challenge('n1'), success()]);
  await expect(server.endpoint.refresh({ ...refreshed, key: null })).rejects.toMatchObject({ name: 'AuthFailure' });
  expect(server.nonces()).toEqual([null]);
});
