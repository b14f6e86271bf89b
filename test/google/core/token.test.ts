import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import {
  agree,
  attempt,
  CALENDAR,
  callbackOf,
  exchange,
  get,
  open,
  postToken,
  refresh,
  signIn,
  type Tokens,
} from '../test-client.ts';

const DAY = 86_400_000;
let google: GoogleDouble;
let ada: string;

beforeEach(async () => {
  google = await startGoogle();
  ada = google.control.people()[0]!.sub;
});
afterEach(() => google.close());

async function newCode() {
  const tried = attempt(google, { prompt: 'consent' });
  const code = callbackOf(await agree(google, ada, tried)).get('code')!;
  return { ...tried, code };
}

async function failure(response: Response | Promise<Response>) {
  const answer = await response;
  return { status: answer.status, body: await answer.json() };
}

const bad = (error: string, error_description: string, status = 400) => ({
  status,
  body: { error, error_description },
});
const revoked = bad('invalid_grant', 'Token has been expired or revoked.');

async function claimsOf(idToken: string | undefined, nonce?: string) {
  const jwks = (await (await fetch(`${google.issuer}/oauth2/v3/certs`)).json()) as JSONWebKeySet;
  const currentDate = new Date(google.control.now());
  const { payload } = await jwtVerify(idToken ?? '', createLocalJWKSet(jwks), {
    issuer: google.issuer,
    audience: google.clientId,
    currentDate,
  });
  if (nonce !== undefined && payload['nonce'] !== nonce) throw new Error('wrong nonce');
  return payload;
}

test('an exchange gives tokens and an ID token that verifies', async () => {
  const tokens = await signIn(google, ada);
  expect(tokens).toMatchObject({ expires_in: 3599, token_type: 'Bearer' });
  expect(tokens.access_token).toMatch(/^ya29\./);
  expect(tokens.refresh_token).toMatch(/^1\/\/0/);
  expect(tokens.refresh_token_expires_in).toBeUndefined();
  expect(tokens.scope.split(' ')).toContain(CALENDAR);
  const claims = await claimsOf(tokens.id_token, tokens.nonce);
  expect(claims).toMatchObject({
    sub: ada,
    email: 'ada.lovelace@gmail.com',
    email_verified: true,
    name: 'Ada Lovelace',
  });
  expect(claims.exp! - claims.iat!).toBe(3600);
});

test('a code works once, and its second use revokes nothing', async () => {
  const { code, verifier } = await newCode();
  const tokens = (await (await exchange(google, code, verifier)).json()) as Tokens;
  expect(await failure(exchange(google, code, verifier))).toEqual(bad('invalid_grant', 'Malformed auth code.'));
  expect((await refresh(google, tokens.refresh_token)).status).toBe(200);
});

test('PKCE, the redirect URI and ten minutes are checked', async () => {
  const { code, verifier } = await newCode();
  expect(await failure(exchange(google, code, `${verifier}x`))).toEqual(bad('invalid_grant', 'Invalid code verifier.'));
  expect(await failure(exchange(google, code, verifier, { code_verifier: null }))).toEqual(
    bad('invalid_grant', 'Missing code verifier.'),
  );
  expect(await failure(exchange(google, code, verifier, { redirect_uri: 'http://127.0.0.1:1/' }))).toEqual(
    bad('invalid_grant', 'Bad Request'),
  );
  google.control.moveClock(10 * 60_000);
  expect(await failure(exchange(google, code, verifier))).toEqual(bad('invalid_grant', 'Malformed auth code.'));
});

test('the client is checked first', async () => {
  const token = (fields: Record<string, string | null>) => failure(postToken(google, { grant_type: 'x', ...fields }));
  expect(await token({ client_secret: null })).toEqual(bad('invalid_request', 'client_secret is missing.'));
  expect(await token({ client_secret: 'no' })).toEqual(
    bad('invalid_client', 'The provided client secret is invalid.', 401),
  );
  expect(await token({ client_id: 'no' })).toEqual(bad('invalid_client', 'The OAuth client was not found.', 401));
  expect(await token({})).toEqual(bad('unsupported_grant_type', 'Invalid grant_type: x'));
  google.control.deleteClient(true);
  expect(await token({})).toEqual(bad('deleted_client', 'The OAuth client was deleted.', 401));
  google.control.deleteClient(false);
  google.control.setClientSecret('GOCSPX-new');
  expect((await token({})).status).toBe(401);
  expect((await token({ client_secret: 'GOCSPX-new' })).body).toMatchObject({ error: 'unsupported_grant_type' });
});

test('a refresh token comes only with consent and offline access', async () => {
  await signIn(google, ada);
  const skipped = attempt(google, { login_hint: ada });
  const code = callbackOf(await open(skipped.url)).get('code')!;
  expect(await (await exchange(google, code, skipped.verifier)).json()).not.toHaveProperty('refresh_token');
  const online = attempt(google, { prompt: 'consent', access_type: null });
  const other = callbackOf(await agree(google, ada, online)).get('code')!;
  expect(await (await exchange(google, other, online.verifier)).json()).not.toHaveProperty('refresh_token');
  google.control.withholdRefreshTokenOnce();
  expect(await signIn(google, ada)).not.toHaveProperty('refresh_token');
  expect(await signIn(google, ada)).toHaveProperty('refresh_token');
});

test('a refresh gives a new access token and keeps the refresh token', async () => {
  const tokens = await signIn(google, ada);
  const response = await refresh(google, tokens.refresh_token);
  expect(response.headers.get('cache-control')).toContain('no-store');
  const fresh = (await response.json()) as Tokens;
  expect(fresh).not.toHaveProperty('refresh_token');
  expect(fresh.access_token).not.toBe(tokens.access_token);
  expect(await claimsOf(fresh.id_token)).toMatchObject({ sub: ada });

  google.control.misbehave({ refresh: 'rotated-refresh-token' });
  const rotated = (await (await refresh(google, tokens.refresh_token)).json()) as Tokens;
  expect(rotated.refresh_token).toBeTruthy();
  expect(await failure(refresh(google, tokens.refresh_token))).toEqual(revoked);
  expect((await refresh(google, rotated.refresh_token)).status).toBe(200);
});

describe('a dead refresh token says so in Google’s words', () => {
  test.each([
    ['revoked', revoked.body],
    ['testing-7-days', revoked.body],
    ['idle-6-months', revoked.body],
    ['bad-request', { error: 'invalid_grant', error_description: 'Bad Request' }],
    [
      'invalid_rapt',
      {
        error: 'invalid_grant',
        error_description: 'reauth related error (invalid_rapt)',
        error_subtype: 'invalid_rapt',
      },
    ],
  ] as const)('%s', async (cause, body) => {
    const tokens = await signIn(google, ada);
    google.control.expireRefreshTokens(ada, cause);
    expect(await failure(refresh(google, tokens.refresh_token))).toEqual({ status: 400, body });
    const again = await signIn(google, ada);
    expect((await refresh(google, again.refresh_token)).status).toBe(200);
  });

  test('unknown', async () => {
    expect(await failure(refresh(google, '1//0no'))).toEqual(bad('invalid_grant', 'Bad Request'));
  });

  test('after six months without use', async () => {
    const tokens = await signIn(google, ada);
    google.control.moveClock(180 * DAY);
    expect((await refresh(google, tokens.refresh_token)).status).toBe(200);
    google.control.moveClock(184 * DAY);
    expect(await failure(refresh(google, tokens.refresh_token))).toEqual(revoked);
  });

  test('after seven days in testing, which the answers announce', async () => {
    google.control.setPublishing('testing');
    const tokens = await signIn(google, ada);
    expect(tokens.refresh_token_expires_in).toBe(604_799);
    google.control.moveClock(6 * DAY);
    expect((await (await refresh(google, tokens.refresh_token)).json()) as Tokens).toHaveProperty(
      'refresh_token_expires_in',
    );
    google.control.moveClock(DAY);
    expect(await failure(refresh(google, tokens.refresh_token))).toEqual(revoked);
  });

  test('after the time limit the person set', async () => {
    google.control.setTimeLimit(ada, 3600);
    const tokens = await signIn(google, ada);
    expect(tokens.refresh_token_expires_in).toBeGreaterThan(3590);
    google.control.moveClock(3601_000);
    expect(await failure(refresh(google, tokens.refresh_token))).toEqual(revoked);
    expect((await get(google, tokens.access_token, 'users/me/calendarList')).status).toBe(401);
  });

  test('as the oldest of more than a hundred', async () => {
    const first = await signIn(google, ada);
    const second = await signIn(google, ada);
    for (let count = 0; count < 99; count += 1) await signIn(google, ada);
    expect(await failure(refresh(google, first.refresh_token))).toEqual(revoked);
    expect((await refresh(google, second.refresh_token)).status).toBe(200);
    expect(google.control.grants(ada)[0]?.liveRefreshTokens).toBe(100);
  });

  test('when the admin blocks the app later', async () => {
    const tokens = await signIn(google, ada);
    google.control.blockByAdmin(ada, true);
    expect((await failure(refresh(google, tokens.refresh_token))).body).toMatchObject({
      error: 'admin_policy_enforced',
    });
    google.control.blockByAdmin(ada, false);
    expect((await refresh(google, tokens.refresh_token)).status).toBe(200);
  });
});

test('revoking any token ends the grant', async () => {
  const first = await signIn(google, ada);
  const second = await signIn(google, ada);
  const revoke = (token: string) =>
    fetch(`${google.issuer}/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
  expect((await revoke(first.access_token)).status).toBe(200);
  expect(await failure(refresh(google, second.refresh_token))).toEqual(revoked);
  expect((await get(google, second.access_token, 'users/me/calendarList')).status).toBe(401);
  expect(await failure(revoke(second.refresh_token!))).toEqual(bad('invalid_token', 'Token expired or revoked'));
  expect(google.control.grants()).toEqual([]);
  const third = await signIn(google, ada);
  const byQuery = `${google.issuer}/revoke?token=${encodeURIComponent(third.refresh_token!)}`;
  expect((await fetch(byQuery, { method: 'POST' })).status).toBe(200);
});

test('userinfo and tokeninfo tell of an access token', async () => {
  const { access_token, refresh_token } = await signIn(google, ada);
  const headers = { authorization: `Bearer ${access_token}` };
  const info = await (await fetch(`${google.issuer}/v1/userinfo`, { headers })).json();
  expect(info).toMatchObject({ sub: ada, email: 'ada.lovelace@gmail.com', email_verified: true });
  const picture = await fetch((info as { picture: string }).picture);
  expect(picture.headers.get('content-type')).toBe('image/svg+xml');
  const tokenInfo = (token: string) => fetch(`${google.issuer}/tokeninfo?access_token=${encodeURIComponent(token)}`);
  expect(await (await tokenInfo(access_token)).json()).toMatchObject({ sub: ada, aud: google.clientId });
  expect(await failure(tokenInfo(refresh_token!))).toEqual(bad('invalid_token', 'Invalid Value'));
  google.control.expireAccessTokens(ada);
  expect((await fetch(`${google.issuer}/v1/userinfo`, { headers })).status).toBe(401);
});

test.each(['wrong-aud', 'wrong-iss', 'wrong-nonce', 'expired', 'bad-signature'] as const)(
  'an ID token can be made wrong, once: %s',
  async (idToken) => {
    google.control.misbehave({ idToken });
    const wrong = await signIn(google, ada);
    await expect(claimsOf(wrong.id_token, wrong.nonce)).rejects.toThrow();
    const right = await signIn(google, ada);
    await expect(claimsOf(right.id_token, right.nonce)).resolves.toMatchObject({ sub: ada });
  },
);

test('the Date header follows the double’s clock', async () => {
  google.control.moveClock(30 * DAY);
  const date = (await postToken(google, {})).headers.get('date') ?? '';
  expect(Math.abs(Date.parse(date) - (Date.now() + 30 * DAY))).toBeLessThan(60_000);
});

test('every secret is known to the leak test', async () => {
  const tokens = await signIn(google, ada);
  const secrets = google.control.secretsIssued();
  expect(secrets).toEqual(
    expect.arrayContaining([
      google.clientSecret,
      tokens.verifier,
      tokens.access_token,
      tokens.refresh_token,
      tokens.id_token,
    ]),
  );
  expect(secrets.some((secret) => secret.startsWith('4/0'))).toBe(true);
});
