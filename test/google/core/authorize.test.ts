import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import { agree, attempt, CALENDAR, callbackOf, open, press, REDIRECT, signIn } from '../test-client.ts';

let google: GoogleDouble;
let ada: string;
let alan: string;

beforeEach(async () => {
  google = await startGoogle();
  const people = google.control.people();
  ada = people[0]!.sub;
  alan = people.find((person) => person.blockedByAdmin)!.sub;
});
afterEach(() => google.close());

test('discovery names this double, RFC 9207 and RFC 9449', async () => {
  const metadata = (await (await fetch(`${google.issuer}/.well-known/openid-configuration`)).json()) as object;
  expect(metadata).toMatchObject({
    issuer: google.issuer,
    token_endpoint: `${google.issuer}/token`,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: ['ES256'],
  });
  const keys = await (await fetch(`${google.issuer}/oauth2/v3/certs`)).json();
  expect(keys).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] });
  expect(JSON.stringify(keys)).not.toContain('"d":');
});

test('a person chooses an account, agrees, and comes back with a code', async () => {
  const tried = attempt(google);
  const chooser = await open(tried.url);
  expect(chooser.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const text = await chooser.text();
  expect(text).toContain('Sign in – Google (double)');
  for (const person of google.control.people()) expect(text).toContain(person.email);

  const callback = callbackOf(await agree(google, ada, tried));
  expect(callback.get('state')).toBe(tried.state);
  expect(callback.get('iss')).toBe(google.issuer);
  expect(callback.get('code')).toMatch(/^4\/0/);
  expect(callback.get('authuser')).toBe('0');
  expect(callback.get('prompt')).toBe('consent');
  expect(callback.get('scope')?.split(' ')).toEqual(
    expect.arrayContaining(['email', 'openid', 'https://www.googleapis.com/auth/userinfo.email', CALENDAR]),
  );
});

test('a login hint leads straight to consent, unless an account is to be selected', async () => {
  for (const hint of ['ada.lovelace@gmail.com', ada]) {
    const page = await (await open(attempt(google, { login_hint: hint }).url)).text();
    expect(page).toContain('Mooring wants access');
    expect(page).toContain(`value="${CALENDAR}" checked`);
    expect(page).not.toContain('value="openid"');
    const another = await press(google, page, 'another');
    expect(await another.text()).toContain('Choose an account');
  }
  const selecting = attempt(google, { login_hint: ada, prompt: 'select_account' });
  expect(await (await open(selecting.url)).text()).toContain('Choose an account');
});

test('Cancel comes back as access_denied, and a sign-in is answered once', async () => {
  const tried = attempt(google, { login_hint: ada });
  const page = await (await open(tried.url)).text();
  const callback = callbackOf(await press(google, page, 'consent', [['decision', 'cancel']]));
  expect(Object.fromEntries(callback)).toEqual({ error: 'access_denied', state: tried.state, iss: google.issuer });
  expect((await press(google, page, 'consent', [['decision', 'continue']])).status).toBe(400);
});

test('a refused scope is not in the callback', async () => {
  const callback = callbackOf(await agree(google, ada, attempt(google), []));
  expect(callback.get('scope')).not.toContain('calendar');
  expect(google.control.grants(ada)[0]?.scopes).toHaveLength(3);
});

test('consent is skipped when it was given before, and asked again for more, or on demand', async () => {
  await signIn(google, ada);
  const again = await open(attempt(google, { login_hint: ada }).url);
  expect(callbackOf(again).get('prompt')).toBe('none');
  const more = attempt(google, {
    login_hint: ada,
    scope: `openid ${CALENDAR} https://www.googleapis.com/auth/tasks.readonly`,
  });
  expect((await open(more.url)).status).toBe(200);
  expect((await open(attempt(google, { login_hint: ada, prompt: 'consent' }).url)).status).toBe(200);
});

test('prompt=none answers without a page', async () => {
  const silent = { login_hint: ada, prompt: 'none' };
  expect(callbackOf(await open(attempt(google, silent).url)).get('error')).toBe('interaction_required');
  await signIn(google, ada);
  expect(callbackOf(await open(attempt(google, silent).url)).get('code')).toBeTruthy();
});

describe('Google’s own error pages never redirect', () => {
  const cases: [string, Record<string, string | null>, number][] = [
    ['redirect_uri_mismatch', { redirect_uri: 'https://app.example/callback' }, 400],
    ['redirect_uri_mismatch', { redirect_uri: 'http://192.168.1.5:8080/' }, 400],
    ['redirect_uri_mismatch', { redirect_uri: 'http://127.0.0.1.example:80/' }, 400],
    ['redirect_uri_mismatch', { redirect_uri: 'http://127.0.0.1:80@example.com/' }, 400],
    ['invalid_request', { response_type: null }, 400],
    ['invalid_request', { response_type: 'token' }, 400],
    ['invalid_request', { scope: null }, 400],
    ['invalid_request', { code_challenge_method: 'plain' }, 400],
    ['invalid_request', { code_challenge: 'short' }, 400],
    ['invalid_request', { code_challenge: null }, 400],
    ['invalid_request', { prompt: 'none consent' }, 400],
    ['invalid_client', { client_id: 'other' }, 401],
  ];
  test.each(cases)('%s for %o', async (error, parameters, status) => {
    const response = await open(attempt(google, parameters).url);
    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain(`Error ${status}: ${error}`);
  });

  test('deleted_client, org_internal and admin_policy_enforced', async () => {
    google.control.setInternal('orbital.example');
    const internal = await open(attempt(google, { login_hint: ada }).url);
    expect([internal.status, await internal.text()]).toEqual([403, expect.stringContaining('Error 403: org_internal')]);
    google.control.setInternal(null);
    const blocked = await agree(google, alan, attempt(google));
    expect(blocked.status).toBe(400);
    google.control.deleteClient(true);
    const deleted = await open(attempt(google).url);
    expect([deleted.status, await deleted.text()]).toEqual([401, expect.stringContaining('Error 401: deleted_client')]);
  });

  test('disallowed_useragent for an embedded browser', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 Chrome/140.0 Electron/45.4.1 Safari/537.36' };
    const response = await open(attempt(google).url, { headers });
    expect(await response.text()).toContain('Error 403: disallowed_useragent');
  });
});

test('any port and path of a loopback address is accepted', async () => {
  for (const redirect_uri of [REDIRECT, 'http://[::1]:5000/x/y', 'http://localhost:1/', 'http://127.0.0.1:7']) {
    const callback = await agree(google, ada, attempt(google, { redirect_uri, prompt: 'consent' }));
    expect(callback.headers.get('location')).toMatch(new URL(redirect_uri).origin);
  }
});

test('a callback can be made wrong, once', async () => {
  const callback = async () => {
    const tried = attempt(google);
    return { tried, answer: callbackOf(await agree(google, ada, tried)) };
  };
  google.control.misbehave({ callback: 'wrong-state' });
  const wrong = await callback();
  expect(wrong.answer.get('state')).not.toBe(wrong.tried.state);
  google.control.misbehave({ callback: 'wrong-iss' });
  expect((await callback()).answer.get('iss')).not.toBe(google.issuer);
  google.control.misbehave({ callback: 'missing-iss' });
  expect((await callback()).answer.has('iss')).toBe(false);
  const right = await callback();
  expect(right.answer.get('iss')).toBe(google.issuer);
  expect(right.answer.get('state')).toBe(right.tried.state);
});
