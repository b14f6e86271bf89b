import { expect, test } from 'vitest';
import { expiryWarning, warningBegins } from '../../src/main/accounts/expiry.ts';

const hour = 3_600_000;
const day = 24 * hour;

test.each([
  ['a week', 7 * day, 7 * day - 1.4 * day],
  ['a hundred days', 100 * day, 80 * day],
  ['two days', 2 * day, day],
  ['an hour', hour, 0],
])('a grant of %s is announced in its last fifth or its last day', (_name, life, begins) => {
  const grant = { consentedAt: 0, grantExpiresAt: life };
  expect(warningBegins(grant)).toBe(begins);
  if (begins > 0) expect(expiryWarning(grant, begins - 1)).toBeNull();
  expect(expiryWarning(grant, begins)).not.toBeNull();
  expect(expiryWarning(grant, life)).toBeNull();
});

test('the sentence tells the time that is left', () => {
  expect(expiryWarning({ consentedAt: 0, grantExpiresAt: 100 * day }, 90 * day)!.sentence).toContain('in 10 days');
  expect(expiryWarning({ consentedAt: 0, grantExpiresAt: 7 * day }, 6.5 * day)!.sentence).toContain('in 12 hours');
});

test('a grant without an end is never announced', () => {
  expect(expiryWarning({ consentedAt: 0, grantExpiresAt: null }, 1)).toBeNull();
});
