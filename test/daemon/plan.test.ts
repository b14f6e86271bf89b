import { describe, expect, test } from 'vitest';
import type { SyncFailure } from '../../src/contract/sync.ts';
import {
  defaultIntervals,
  firstConditions,
  needsBackoff,
  type Outcome,
  pauseAfter,
  planNext,
  type Situation,
} from '../../src/daemon/sync/plan.ts';

const situation: Situation = {
  conditions: firstConditions,
  sinceAttempt: 0,
  failures: 0,
  untilAllowed: 0,
  untilUnpaused: 0,
  intervals: defaultIntervals,
  random: () => 0.5,
};

/** Milliseconds from now; a plan is expected. */
const wait = (changed: Partial<Situation> = {}) => planNext({ ...situation, ...changed })!;
const under = (changed: Partial<Situation['conditions']>) => ({ conditions: { ...firstConditions, ...changed } });

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
  test('looks every minute while watched, every five in the background, every fifteen there on battery', () => {
    expect(wait()).toBe(60_000);
    expect(wait(under({ onBattery: true }))).toBe(60_000);
    expect(wait(under({ watched: false }))).toBe(300_000);
    expect(wait(under({ watched: false, onBattery: true }))).toBe(900_000);
  });

  test('spreads by a quarter up and down, and no further', () => {
    expect(wait({ random: () => 0 })).toBe(45_000);
    expect(wait({ random: () => 0.999_999 })).toBeLessThanOrEqual(75_000);
    expect(wait({ random: () => 0.999_999 })).toBeGreaterThan(74_990);
  });

  test('doubles from 15 seconds up to 15 minutes while syncs fail', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 60].map((failures) => wait({ failures }) / 1000);
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(wait({ failures: 60, random: () => 0.999 })).toBe(900_000);
  });

  test('never comes before the moment Google named', () => {
    expect(wait({ failures: 1, untilAllowed: 120_000 })).toBe(120_000);
    expect(wait({ sinceAttempt: null, untilAllowed: 120_000 })).toBe(120_000);
  });

  test('is due at once before the first sync, and after a long sleep', () => {
    expect(wait({ sinceAttempt: null })).toBe(0);
    expect(wait({ sinceAttempt: 86_400_000 })).toBe(0);
  });

  test('comes no earlier than the end of a pause, and does not mind one that is over', () => {
    expect(wait({ untilUnpaused: 3_600_000 })).toBe(3_600_000);
    expect(wait({ untilUnpaused: 3_600_000, sinceAttempt: null })).toBe(3_600_000);
    expect(wait({ untilUnpaused: 60_000, untilAllowed: 90_000 })).toBe(90_000);
    expect(wait({ untilUnpaused: -1 })).toBe(60_000);
  });

  test('plans nothing for a computer that is asleep', () => {
    expect(planNext({ ...situation, ...under({ asleep: true }), sinceAttempt: null })).toBeNull();
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
