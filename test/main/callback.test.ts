import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newAttempt } from '../../src/main/auth/authorization-request.ts';
import { type CallbackRequest, readCallback } from '../../src/main/auth/callback.ts';

const attempt = newAttempt();
const host = '127.0.0.1:4711';
const provider = { issuer: 'https://accounts.google.com', issuerInCallback: true };
const read = (target: string, change: Partial<CallbackRequest> = {}, advertised = true) =>
  readCallback(
    { method: 'GET', target, host, origin: undefined, ...change },
    { attempt, host, provider: { ...provider, issuerInCallback: advertised } },
  );
const answer = (parameters: Record<string, string>) => `${attempt.path}?${new URLSearchParams(parameters)}`;
const good = { state: attempt.state, iss: provider.issuer, code: '4/0code' };

test('S19 the answer to this attempt is its code', () => {
  expect(read(answer(good))).toEqual({ kind: 'code', code: '4/0code' });
});

test.each([
  ['wrong path', `/callback?${new URLSearchParams(good)}`, {}, { kind: 'noise', status: 404 }],
  ['favicon', '/favicon.ico', {}, { kind: 'noise', status: 404 }],
  ['HEAD', answer(good), { method: 'HEAD' }, { kind: 'noise', status: 405 }],
  ['POST', answer(good), { method: 'POST' }, { kind: 'noise', status: 405 }],
  ['foreign host', answer(good), { host: 'evil.example:4711' }, { kind: 'noise', status: 403 }],
  ['no host', answer(good), { host: undefined }, { kind: 'noise', status: 403 }],
  ['a page’s script', answer(good), { origin: 'https://evil.example' }, { kind: 'noise', status: 403 }],
  ['absolute target', `http://evil.example${answer(good)}`, {}, { kind: 'noise', status: 404 }],
  ['absolute target with our host', `http://${host}${answer(good)}`, {}, { kind: 'noise', status: 404 }],
  ['target without a scheme', `//${host}${answer(good)}`, {}, { kind: 'noise', status: 404 }],
  ['dots in the path', `/x/..${answer(good)}`, {}, { kind: 'noise', status: 404 }],
  [
    'encoded path',
    `/%${attempt.path.charCodeAt(1).toString(16)}${answer(good).slice(2)}`,
    {},
    { kind: 'noise', status: 404 },
  ],
  ['a slash more', answer(good).replace('?', '/?'), {}, { kind: 'noise', status: 404 }],
  ['asterisk', '*', {}, { kind: 'noise', status: 404 }],
  ['nothing', '', {}, { kind: 'noise', status: 404 }],
  ['OPTIONS', answer(good), { method: 'OPTIONS' }, { kind: 'noise', status: 405 }],
  ['our name instead of our address', answer(good), { host: 'localhost:4711' }, { kind: 'noise', status: 403 }],
  ['another port', answer(good), { host: '127.0.0.1:4712' }, { kind: 'noise', status: 403 }],
  ['a sandboxed page’s script', answer(good), { origin: 'null' }, { kind: 'noise', status: 403 }],
  ['our own origin', answer(good), { origin: `http://${host}` }, { kind: 'noise', status: 403 }],
  [
    'longest target',
    `${answer(good)}&x=${'x'.repeat(8192 - answer(good).length - 3)}`,
    {},
    { kind: 'code', code: good.code },
  ],
  ['one longer', `${answer(good)}&x=${'x'.repeat(8192 - answer(good).length - 2)}`, {}, { kind: 'noise', status: 414 }],
  ['state in other letters', answer({ ...good, state: attempt.state.toUpperCase() }), {}, { kind: 'wrong-state' }],
  ['state and a space', answer({ ...good, state: `${attempt.state} ` }), {}, { kind: 'wrong-state' }],
  ['issuer and a slash', answer({ ...good, iss: `${good.iss}/` }), {}, { kind: 'wrong-issuer' }],
  ['issuer in other letters', answer({ ...good, iss: 'https://Accounts.google.com' }), {}, { kind: 'wrong-issuer' }],
  ['two issuers', `${answer(good)}&iss=${good.iss}`, {}, { kind: 'wrong-issuer' }],
  ['no issuer but its name', `${answer({ state: good.state, code: good.code })}&iss`, {}, { kind: 'wrong-issuer' }],
  ['empty code', answer({ ...good, code: '' }), {}, { kind: 'noise', status: 400 }],
  ['a code with a NUL', answer({ ...good, code: '4/0\0' }), {}, { kind: 'noise', status: 400 }],
  [
    'a code in broken encoding',
    `${answer({ state: good.state, iss: good.iss })}&code=%ff%`,
    {},
    { kind: 'noise', status: 400 },
  ],
  ['a code beside two errors', `${answer(good)}&error=a&error=b`, {}, { kind: 'noise', status: 400 }],
  ['an error beside a code', answer({ ...good, error: 'server_error' }), {}, { kind: 'error', error: 'server_error' }],
  ['an error with markup', answer({ ...good, error: 'a\r\n"\0\\é' }), {}, { kind: 'error', error: 'a' }],
  ['an endless error', answer({ ...good, error: 'e'.repeat(500) }), {}, { kind: 'error', error: 'e'.repeat(100) }],
  ['the page after it', `${attempt.path}/done`, {}, { kind: 'done-page' }],
  ['a POST to that page', `${attempt.path}/done`, { method: 'POST' }, { kind: 'noise', status: 405 }],
  ['endless target', `${answer(good)}&x=${'x'.repeat(9_000)}`, {}, { kind: 'noise', status: 414 }],
  ['wrong state', answer({ ...good, state: 'other' }), {}, { kind: 'wrong-state' }],
  ['no state', answer({ iss: good.iss, code: good.code }), {}, { kind: 'wrong-state' }],
  ['two states', `${answer(good)}&state=${attempt.state}`, {}, { kind: 'wrong-state' }],
  ['wrong issuer', answer({ ...good, iss: 'https://accounts.example.com' }), {}, { kind: 'wrong-issuer' }],
  ['missing issuer', answer({ state: good.state, code: good.code }), {}, { kind: 'wrong-issuer' }],
  ['two codes', `${answer(good)}&code=other`, {}, { kind: 'noise', status: 400 }],
  ['no code', answer({ state: good.state, iss: good.iss }), {}, { kind: 'noise', status: 400 }],
  [
    'an error',
    answer({ state: good.state, iss: good.iss, error: 'access_denied' }),
    {},
    {
      kind: 'error',
      error: 'access_denied',
    },
  ],
] as const)('S19 %s', (_name, target, change, expected) => {
  expect(read(target, change)).toEqual(expected);
});

test('S19 an error of another issuer is not even read', () => {
  expect(read(answer({ ...good, iss: 'https://x.example', error: 'access_denied' })).kind).toBe('wrong-issuer');
});

test('S19 an issuer that is given is compared even where none is promised', () => {
  expect(read(answer({ ...good, iss: 'https://x.example' }), {}, false).kind).toBe('wrong-issuer');
});

test('S19 a missing issuer is tolerated where the provider does not promise one', () => {
  expect(read(answer({ state: good.state, code: good.code }), {}, false).kind).toBe('code');
});

describe('S19 whatever comes', () => {
  const kinds = ['code', 'error', 'wrong-issuer', 'wrong-state', 'done-page', 'noise'];
  const piece = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('?', '&', '=', '%', '%00', '%ff', '#', '\r\n', '\\', '..', host, `http://${host}`),
    fc.constantFrom(attempt.path, `${attempt.path}/done`, attempt.state, provider.issuer),
    fc.constantFrom('state', 'iss', 'code', 'error', 'code=4/0', 'error=access_denied'),
    fc.constantFrom(`state=${attempt.state}`, `iss=${encodeURIComponent(provider.issuer)}`),
  );
  const anyTarget = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const query = fc.array(piece, { maxLength: 8 }).map((pieces) => `${attempt.path}?${pieces.join('&')}`);
  const target = fc.oneof(anyTarget, query);
  const request = fc.record({
    method: fc.oneof(fc.constant('GET'), fc.constantFrom('HEAD', 'POST', 'get', '')),
    target,
    host: fc.oneof(fc.constant(host), fc.option(fc.string(), { nil: undefined })),
    origin: fc.oneof(fc.constant(undefined), fc.string()),
  });
  const runs = { numRuns: 5_000 };

  test('it is read as one of the things there are, and nothing is thrown', () => {
    fc.assert(
      fc.property(request, fc.boolean(), (given, advertised) => {
        const callback = read(given.target, given, advertised);
        expect(kinds).toContain(callback.kind);
        if (callback.kind === 'noise') expect([400, 403, 404, 405, 414]).toContain(callback.status);
      }),
      runs,
    );
  });

  test('it is an answer only with the state of this attempt, and the issuer it was sent to', () => {
    fc.assert(
      fc.property(request, fc.boolean(), (given, advertised) => {
        const callback = read(given.target, given, advertised);
        if (callback.kind !== 'code' && callback.kind !== 'error') return;
        expect(given).toMatchObject({ method: 'GET', host });
        expect(given.origin).toBeUndefined();
        expect(given.target.startsWith(`${attempt.path}?`)).toBe(true);
        const parameters = new URLSearchParams(given.target.slice(attempt.path.length));
        expect(parameters.getAll('state')).toEqual([attempt.state]);
        const issuers = parameters.getAll('iss');
        expect(issuers).toEqual(issuers.length === 0 && !advertised ? [] : [provider.issuer]);
        if (callback.kind === 'code') expect(parameters.getAll('code')).toEqual([callback.code]);
        else expect(callback.error).toMatch(/^[\x20-\x7e]{0,100}$/);
      }),
      runs,
    );
  });

  test('a change of one character in state or issuer refuses it', () => {
    const spoil = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1);
    const spoilt = (text: string) =>
      fc
        .tuple(fc.nat(text.length), fc.string({ maxLength: 2, unit: 'binary' }))
        .map(([at, by]) => spoil(text, at, by))
        .filter((changed) => new URLSearchParams({ x: changed }).get('x') !== text);
    fc.assert(
      fc.property(spoilt(good.state), spoilt(good.iss), (state, iss) => {
        expect(read(answer({ ...good, state })).kind).toBe('wrong-state');
        expect(read(answer({ ...good, iss })).kind).toBe('wrong-issuer');
      }),
      runs,
    );
  });
});
