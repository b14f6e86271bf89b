import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readClientFile } from '../../src/main/auth/client.ts';
import { observeTokenAnswer } from '../../src/main/auth/observe.ts';
import { readClientText } from '../../src/main/setup/client-path.ts';
import { readConfig } from '../../src/main/setup/config.ts';
import { one, startCore } from './core.ts';

// Answers as the RFCs allow them, and some that they do not: a code is spent by the time they come, so nothing in them that
// can be done without may cost the sign-in.

const ada = { email: 'ada.lovelace@gmail.com' };

/** `null` takes a member out, and the word 'null' is null: see the double. */
const tokenAnswers: readonly Readonly<Record<string, unknown>>[] = [
  { scope: null },
  { scope: 'null' },
  { scope: '' },
  { scope: 7 },
  { expires_in: null },
  { expires_in: 'null' },
  { expires_in: 0 },
  { expires_in: '3600' },
  { expires_in: 1799.5 },
  { expires_in: 'soon' },
  { expires_in: -5 },
  { token_type: null },
  { token_type: 'bearer' },
  { token_type: 'BEARER' },
  { token_type: 'null' },
  { refresh_token_expires_in: '604800' },
  { refresh_token_expires_in: 0 },
  { refresh_token_expires_in: 'null' },
  { refresh_token_expires_in: {} },
  { more: { of: ['this'] }, nothing: 'null' },
];

describe('a token answer', () => {
  test.each(tokenAnswers.map((odd) => [JSON.stringify(odd), odd] as const))(
    'with %s signs in',
    async (_, tokenAnswer) => {
      await using core = await startCore();
      core.google.control.misbehave({ tokenAnswer });
      const state = await core.signIn(ada);
      expect(state.connection?.kind).toBe('connected');
      expect(state.account?.grantedScopes).toEqual(
        expect.arrayContaining(['openid', 'https://www.googleapis.com/auth/calendar.readonly']),
      );
      expect(state.service?.standing.kind).toBe('working');
      // The token serves for some time, whatever was said.
      expect(
        await core.mooring.daemonHandlers.accessToken({ accountId: state.account?.id ?? '', rejected: null }),
      ).not.toBeNull();
    },
  );

  test.each(['text/plain', 'application/octet-stream', 'text/html; charset=UTF-8'])(
    'that calls itself %s signs in',
    async (tokenType) => {
      await using core = await startCore();
      core.google.control.misbehave({ tokenType });
      expect((await core.signIn(ada)).connection?.kind).toBe('connected');
    },
  );

  test('of a refresh that names no scopes takes none away', async () => {
    await using core = await startCore();
    const { account } = await core.signIn(ada);
    core.google.control.misbehave({ tokenAnswer: { scope: null } });
    core.clock.advance(3_600_000);
    await core.mooring.daemonHandlers.accessToken({ accountId: account?.id ?? '', rejected: null });
    const state = one(core.mooring.state());
    expect(state.account?.grantedScopes).toEqual(account?.grantedScopes);
    expect(state.service?.standing.kind).toBe('working');
  });
});

describe('an ID token', () => {
  const long = 'x'.repeat(3_000);
  const claims: readonly Readonly<Record<string, unknown>>[] = [
    ...['name', 'email', 'picture'].flatMap((name) => [null, 'null', '', long, 7].map((value) => ({ [name]: value }))),
    { email_verified: 'true' },
    { email_verified: 'null' },
    { azp: null },
    { azp: 'null' },
    { name: null, email: null, picture: null },
  ];

  test.each(claims.map((odd) => [JSON.stringify(odd).slice(0, 60), odd] as const))(
    'with %s signs in',
    async (_, idClaims) => {
      await using core = await startCore();
      core.google.control.misbehave({ idClaims });
      const state = await core.signIn(ada);
      expect(state.connection?.kind).toBe('connected');
      expect(state.account?.name).not.toBe('');
    },
  );

  test('with one audience in a list, and without the name of its key', async () => {
    await using core = await startCore();
    core.google.control.misbehave({ idClaims: { aud: [core.google.clientId] }, idHeader: { kid: null } });
    expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  });

  test.each([{ aud: ['a', 'b'] }, { azp: 'somebody-else' }, { sub: '' }])('with %j does not', async (idClaims) => {
    await using core = await startCore();
    core.google.control.misbehave({ idClaims });
    const state = await core.signIn(ada);
    expect(state.account).toBeNull();
  });
});

describe('an ID token that does not say whose it is', () => {
  const odd = [{ sub: null }, { sub: 'null' }, { sub: '' }, { sub: 7 }];

  test.each(odd)('is no sign of another account when it comes with a refresh: %j', async (idClaims) => {
    await using core = await startCore();
    const { account } = await core.signIn(ada);
    core.google.control.misbehave({ idClaims });
    core.clock.advance(3_600_000);
    const accountId = account?.id ?? '';
    expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null })).not.toBeNull();
    expect(core.state().connection?.kind).toBe('connected');
  });

  test.each(odd)('signs nobody in, and ends no grant of somebody who is: %j', async (idClaims) => {
    await using core = await startCore();
    const { account } = await core.signIn(ada);
    core.google.control.misbehave({ idClaims });
    const state = await core.signIn(ada);
    expect(state.signIn.kind === 'idle' && state.signIn.outcome?.code).toBe('id-token-refused');
    // Discarding is asked for without waiting, so this is looked at once a whole refresh has gone by.
    core.clock.advance(3_600_000);
    const accountId = account?.id ?? '';
    expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null })).not.toBeNull();
    expect(core.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
  });
});

test.each([
  { authorization_response_iss_parameter_supported: 'null' },
  { dpop_signing_alg_values_supported: 'null' },
  { scopes_supported: 'null', claims_supported: 7 },
])('a discovery document with %j is read', async (discovery) => {
  await using core = await startCore();
  core.google.control.misbehave({ discovery });
  expect((await core.signIn(ada)).connection?.kind).toBe('connected');
});

test.each([
  [{ error: 'invalid_grant', error_description: null, error_subtype: null }, null],
  [{ error: 'invalid_grant', error_description: 'x'.repeat(5_000), error_subtype: 'y'.repeat(5_000) }, 'y'],
  [{ error: 'invalid_grant', error_description: { text: 'x' }, error_subtype: 7 }, null],
])('a dead grant is one, whatever else is said of it: %#', (data, subtype) => {
  const seen = observeTokenAnswer('refresh', { status: 400, headers: new Headers(), data });
  expect(seen).toMatchObject({ kind: 'answer', error: 'invalid_grant' });
  expect(seen.kind === 'answer' && (seen.subtype?.slice(0, 1) ?? null)).toBe(subtype);
});

describe('a client file', () => {
  const client = { installed: { client_id: ' id.apps.googleusercontent.com\r\n', client_secret: '\n GOCSPX-secret ' } };
  const text = JSON.stringify(client);
  const swapped = (bytes: Buffer) => bytes.swap16();
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first, with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first, with a mark', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16, big end first, without a mark', swapped(Buffer.from(text, 'utf16le'))],
    ['UTF-16 without a mark, after an empty line', Buffer.from(`\r\n${text}`, 'utf16le')],
    ['UTF-16, big end first, without a mark, after a blank', swapped(Buffer.from(` ${text}`, 'utf16le'))],
    ['UTF-8 with what web pages put between words', Buffer.from(text.replaceAll(' ', '\u200b\u2060\u00a0'))],
  ])('in %s is read, without the blanks around its words', async (_, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'mooring-client-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'client_secret.json');
    writeFileSync(path, bytes);
    const right = { id: 'id.apps.googleusercontent.com', secret: 'GOCSPX-secret' };
    expect(readConfig({ MOORING_CLIENT_FILE: path }, false).client).toEqual(right);
    const chosen = await readClientText(path);
    expect(chosen.ok && readClientFile(chosen.text)).toEqual({ ok: true, client: right });
  });

  test('from the environment may have them too', () => {
    const environment = { MOORING_CLIENT_ID: ' id ', MOORING_CLIENT_SECRET: 'secret\n' };
    expect(readConfig(environment, false).client).toEqual({ id: 'id', secret: 'secret' });
  });
});

describe('keys that ID tokens are signed with', () => {
  const faults = [
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429 },
    { kind: 'html' },
    { kind: 'truncate' },
    { kind: 'drop' },
  ] as const;

  test.each(faults)('that are answered once with %j are asked for once more', async (fault) => {
    await using core = await startCore();
    core.google.control.breakEndpoint('jwks', fault, { times: 1 });
    expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  });

  test.each([
    [faults[0], 'google-unavailable'],
    [faults[1], 'rate-limited'],
    [faults[2], 'not-google'],
    [faults[4], 'no-network'],
  ])(
    'that are not to be had (%j) are the reason that is told, and nothing is left at Google',
    async (fault, reason) => {
      await using core = await startCore();
      core.google.control.breakEndpoint('jwks', fault);
      const state = await core.signIn(ada);
      expect(state.account).toBeNull();
      expect(state.signIn.kind === 'idle' && state.signIn.outcome?.code).toBe(reason);
      const live = () => core.google.control.grants().reduce((sum, grant) => sum + grant.liveRefreshTokens, 0);
      await expect.poll(live).toBe(0);
    },
  );

  test('and what somebody has who is signed in is not ended with it', async () => {
    await using core = await startCore();
    const { account } = await core.signIn(ada);
    core.google.control.breakEndpoint('jwks', { kind: 'html' });
    await core.restart();
    await core.signIn(ada);
    core.google.control.repair();
    expect(
      await core.mooring.daemonHandlers.accessToken({ accountId: account?.id ?? '', rejected: null }),
    ).not.toBeNull();
    expect(core.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
  });
});
