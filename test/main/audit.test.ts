import { expect, test } from 'vitest';
import { type Evidence, judgeEvidence } from '../../src/main/accounts/audit.ts';

const healthy: Evidence = {
  now: 1_000_000,
  trigger: 'daily',
  keychain: 'ok',
  refresh: { kind: 'ok' },
  sameAccount: true,
  grantedScopes: ['email', 'openid'],
  neededScopes: ['openid', 'email'],
  grantNow: 1_000_000,
  consentedAt: 0,
  grantExpiresAt: null,
  clockSkew: 1_000,
};
const verdicts = (change: Partial<Evidence>) =>
  Object.fromEntries(judgeEvidence({ ...healthy, ...change }).checks.map(({ name, verdict }) => [name, verdict]));
const good = { keychain: 'good', refresh: 'good', identity: 'good', scopes: 'good', expiry: 'good', clock: 'good' };
const dead = {
  kind: 'answer',
  where: 'refresh',
  status: 400,
  error: 'invalid_grant',
  subtype: null,
  description: null,
  retryAfterSeconds: null,
} as const;

test('healthy credentials pass every check', () => {
  expect(verdicts({})).toEqual(good);
});

test.each<[string, Partial<Evidence>, Record<string, string>]>([
  ['a locked keychain', { keychain: 'locked', refresh: null }, { keychain: 'bad', refresh: 'unknown' }],
  ['a dead grant', { refresh: { kind: 'failed', observation: dead } }, { refresh: 'bad' }],
  [
    'no network',
    { refresh: { kind: 'failed', observation: { kind: 'network', where: 'refresh', code: 'ENOTFOUND' } } },
    { refresh: 'unknown' },
  ],
  ['another account’s key', { sameAccount: false }, { identity: 'bad' }],
  ['a permission taken away', { grantedScopes: ['openid'] }, { scopes: 'bad' }],
  ['a grant about to end', { grantExpiresAt: 1_000_001 }, { expiry: 'attention' }],
  ['a clock six minutes fast', { clockSkew: 360_000 }, { clock: 'bad' }],
  ['a clock six minutes slow', { clockSkew: -360_000 }, { clock: 'bad' }],
])('%s shows in its own check and in no other', (_name, change, expected) => {
  expect(verdicts(change)).toEqual({ ...good, ...expected });
});
