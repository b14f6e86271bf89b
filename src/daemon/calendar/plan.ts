import type { SyncFailure } from '../../contract/sync.ts';

/** How long to wait between syncs that go well, in milliseconds. */
export interface Intervals {
  readonly visible: number;
  readonly hidden: number;
}

export const defaultIntervals: Intervals = { visible: 60_000, hidden: 300_000 };

const firstBackoff = 15_000;
const longestBackoff = 900_000;
const exhausted = 3_600_000;
const longestPause = 86_400_000;

export interface Situation {
  readonly now: number;
  readonly visible: boolean;
  /** When the last sync ended, well or not; null before the first. */
  readonly lastAttemptAt: number | null;
  /** How many syncs have failed in a row. */
  readonly failures: number;
  /** Before this moment Google wants nothing asked. */
  readonly notBefore: number | null;
  readonly intervals: Intervals;
  /** In [0, 1). Google asks for a quarter up or down, so that not everyone comes at once. */
  readonly random: () => number;
}

/** When to sync next, in epoch milliseconds; never in the past. */
export function planNext(situation: Situation): number {
  const { now, visible, lastAttemptAt, failures, notBefore, intervals, random } = situation;
  if (lastAttemptAt === null) return Math.max(now, notBefore ?? now);
  const interval = visible ? intervals.visible : intervals.hidden;
  const jitter = 0.75 + random() / 2;
  const wait =
    failures === 0 ? interval * jitter : Math.min(firstBackoff * 2 ** (failures - 1) * jitter, longestBackoff);
  return Math.max(now, Math.round(lastAttemptAt + wait), notBefore ?? now);
}

/** How a sync ended; `retryAfterSeconds` is what Google asked for by header. */
export interface Outcome {
  readonly failure: SyncFailure | null;
  readonly retryAfterSeconds: number | null;
}

/** Whether to come back slower and slower. A missing token is nobody's overload: the ordinary interval serves. */
export const needsBackoff = ({ failure }: Outcome): boolean => failure !== null && failure.kind !== 'no-access-token';

/** What Google asked for, in milliseconds; not even a person's wish goes below it. Zero when it asked for nothing. */
export function demandedPause({ retryAfterSeconds }: Outcome): number {
  return Math.min((retryAfterSeconds ?? 0) * 1000, longestPause);
}

/**
 * How long to leave Google alone, in milliseconds. Used-up quotas come back in hours, not seconds:
 * https://developers.google.com/calendar/api/guides/errors
 */
export function pauseAfter(outcome: Outcome): number {
  const { failure } = outcome;
  const reason =
    failure?.kind === 'observed' && failure.observation.kind === 'answer' ? failure.observation.error : null;
  const spent = reason === 'quotaExceeded' || reason === 'dailyLimitExceeded';
  return Math.max(demandedPause(outcome), spent ? exhausted : 0);
}
