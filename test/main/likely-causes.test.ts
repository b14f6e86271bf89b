import { expect, test } from 'vitest';
import { type GrantFacts, likelyCauses } from '../../src/main/auth/likely-causes.ts';

const day = 86_400_000;
const plain: GrantFacts = { consentedAt: 0, grantExpiresAt: null, lastUsedAt: null, scopes: [], tokensIssued: 1 };

test.each<[string, Partial<GrantFacts>, number, RegExp]>([
  ['nothing known', {}, day, /removed in the Google account/],
  ['a client in testing', { grantExpiresAt: 7 * day - 1_000 }, 7 * day, /in testing/],
  ['a time limit reached', { grantExpiresAt: 30 * day }, 31 * day, /time was over/],
  ['six months idle', { lastUsedAt: 0 }, 190 * day, /six months/],
  ['too many tokens', { tokensIssued: 101 }, day, /100 times/],
  ['Gmail', { scopes: ['https://mail.google.com/'] }, day, /password/],
])('%s is named as the likely cause', (_name, facts, now, words) => {
  const [first] = likelyCauses({ ...plain, ...facts }, now);
  expect(first).toMatch(words);
  expect(first).toMatch(/^(Probably|Possibly|Most likely)/);
});

test('a testing grant revoked on its first day is not put down to testing', () => {
  expect(likelyCauses({ ...plain, grantExpiresAt: 7 * day }, day)[0]).toMatch(/removed/);
});
