import { describe, expect, test } from 'vitest';
import type { SyncFailure } from '../../src/contract/sync.ts';
import { defaultIntervals, needsBackoff, type Outcome, pauseAfter, planNext } from '../../src/daemon/calendar/plan.ts';

const now = 1_000_000_000;
const situation = {
  now,
  visible: true,
  lastAttemptAt: now,
  failures: 0,
  notBefore: null,
  intervals: defaultIntervals,
  random: () => 0.5,
};

const refused = (error: string, retryAfterSeconds: number | null = null): Outcome => ({
  retryAfterSeconds,
  failure: {
    kind: 'observed',
    observation: {
      kind: 'answer',
      where: 'resource-api',
      status: 403,
      error,
      subtype: null,
      description: null,
      retryAfterSeconds,
    },
  },
});

describe('planNext', () => {
  test('looks every minute while seen and every five minutes while not', () => {
    expect(planNext(situation) - now).toBe(60_000);
    expect(planNext({ ...situation, visible: false }) - now).toBe(300_000);
  });

  test('spreads by a quarter up and down, and no further', () => {
    expect(planNext({ ...situation, random: () => 0 }) - now).toBe(45_000);
    expect(planNext({ ...situation, random: () => 0.999_999 }) - now).toBeLessThanOrEqual(75_000);
    expect(planNext({ ...situation, random: () => 0.999_999 }) - now).toBeGreaterThan(74_990);
  });

  test('doubles from 15 seconds up to 15 minutes while syncs fail', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 60].map((failures) => (planNext({ ...situation, failures }) - now) / 1000);
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(planNext({ ...situation, failures: 60, random: () => 0.999 }) - now).toBe(900_000);
  });

  test('never comes before the moment Google named', () => {
    expect(planNext({ ...situation, failures: 1, notBefore: now + 120_000 }) - now).toBe(120_000);
    expect(planNext({ ...situation, lastAttemptAt: null, notBefore: now + 120_000 }) - now).toBe(120_000);
  });

  test('is due at once before the first sync, and after a long sleep', () => {
    expect(planNext({ ...situation, lastAttemptAt: null })).toBe(now);
    expect(planNext({ ...situation, lastAttemptAt: now - 86_400_000 })).toBe(now);
  });
});

describe('an outcome', () => {
  test('with Retry-After pauses for as long', () => {
    expect(pauseAfter(refused('rateLimitExceeded', 90))).toBe(90_000);
    expect(pauseAfter(refused('rateLimitExceeded'))).toBe(0);
  });

  test.each(['quotaExceeded', 'dailyLimitExceeded'])('of %s pauses for an hour at least', (reason) => {
    expect(pauseAfter(refused(reason, 90))).toBe(3_600_000);
    expect(pauseAfter(refused(reason, 7_200))).toBe(7_200_000);
  });

  test('without an access token does not slow down', () => {
    const failure: SyncFailure = { kind: 'no-access-token' };
    expect(needsBackoff({ failure, retryAfterSeconds: null })).toBe(false);
    expect(needsBackoff(refused('backendError'))).toBe(true);
  });
});
