import { expect, test } from 'vitest';
import { newAttempt } from '../../src/main/auth/authorization-request.ts';
import { type CallbackRequest, readCallback } from '../../src/main/auth/callback.ts';
import { listenForCallback } from '../../src/main/auth/loopback.ts';
import { realGoogle } from '../../src/main/auth/provider.ts';

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

test('the answer to this attempt is its code', () => {
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
  ['absolute target', `http://evil.example${answer(good)}`, {}, { kind: 'noise', status: 403 }],
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
] as const)('%s', (_name, target, change, expected) => {
  expect(read(target, change)).toEqual(expected);
});

test('an error of another issuer is not even read', () => {
  expect(read(answer({ ...good, iss: 'https://x.example', error: 'access_denied' })).kind).toBe('wrong-issuer');
});

test('a missing issuer is tolerated where the provider does not promise one', () => {
  expect(read(answer({ state: good.state, code: good.code }), {}, false).kind).toBe('code');
});

test('1,000 junk requests leave the listener waiting for the real one', async () => {
  const mine = newAttempt();
  const loopback = await listenForCallback(mine, realGoogle, () => {});
  const { origin } = new URL(loopback.redirectUri);
  const junk = ['/', '/favicon.ico', '/robots.txt', `${mine.path}/x`, `${mine.path}?state=x&code=y`];
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => fetch(`${origin}${junk[index % junk.length]}`)),
    );
    for (const each of answers) {
      expect(each.status).toBeGreaterThanOrEqual(400);
      await each.body?.cancel();
    }
  }
  const page = fetch(`${loopback.redirectUri}?${new URLSearchParams({ ...good, state: mine.state })}`);
  expect(await loopback.answer).toEqual({ kind: 'code', code: '4/0code' });
  await loopback.finish({ title: 'Done', text: 'Return to <Mooring>.' });
  const done = await page;
  expect(done.url).toMatch(/\/done$/);
  expect(await done.text()).toContain('Return to &lt;Mooring&gt;.');
  expect(done.headers.get('cache-control')).toBe('no-store');
  expect(done.headers.get('referrer-policy')).toBe('no-referrer');
  expect(done.headers.get('content-security-policy')).toContain("default-src 'none'");
});
