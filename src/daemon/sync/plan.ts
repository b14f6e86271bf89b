import type { Conditions } from '../../contract/daemon.ts';
import type { SyncFailure } from '../../contract/sync.ts';

/** How long to wait between syncs that go well, in milliseconds. */
export interface Intervals {
  /** While a person can see the window. */
  readonly watched: number;
  readonly background: number;
  /** In the background, on the computer's battery. */
  readonly battery: number;
}

export const defaultIntervals: Intervals = { watched: 60_000, background: 300_000, battery: 900_000 };

/** Nobody has said anything yet: someone has just started the app, and looks at it. */
export const firstConditions: Conditions = { watched: true, onBattery: false, asleep: false, pausedUntil: null };

const firstBackoff = 15_000;
const longestBackoff = 900_000;
const exhausted = 3_600_000;
const longestPause = 86_400_000;

/** Everything is in milliseconds from now: a clock that is set to another time changes nothing in it. */
export interface Situation {
  readonly conditions: Conditions;
  /** How long ago the last sync ended, well or not; null before the first. */
  readonly sinceAttempt: number | null;
  /** How many syncs have failed in a row. */
  readonly failures: number;
  /** For how long Google wants nothing asked, and for how long a person wants nothing synced; not above zero where over. */
  readonly untilAllowed: number;
  readonly untilUnpaused: number;
  readonly intervals: Intervals;
  /** In [0, 1). Google asks for a quarter up or down, so that not everyone comes at once. */
  readonly random: () => number;
}

/** In how many milliseconds to sync next; null until the computer wakes up. */
export function planNext(situation: Situation): number | null {
  const { conditions, sinceAttempt, failures, untilAllowed, untilUnpaused, intervals, random } = situation;
  if (conditions.asleep) return null;
  const earliest = Math.max(0, untilAllowed, untilUnpaused);
  if (sinceAttempt === null) return earliest;
  const jitter = 0.75 + random() / 2;
  const wait =
    failures === 0
      ? intervalOf(conditions, intervals) * jitter
      : Math.min(firstBackoff * 2 ** (failures - 1) * jitter, longestBackoff);
  return Math.max(earliest, Math.round(wait - sinceAttempt));
}

function intervalOf({ watched, onBattery }: Conditions, intervals: Intervals): number {
  if (watched) return intervals.watched;
  return onBattery ? intervals.battery : intervals.background;
}

/** Whether a sync that nobody asked for may run. */
export const permitsSync = ({ asleep, pausedUntil }: Conditions, now: number): boolean =>
  !asleep && (pausedUntil === null || pausedUntil <= now);

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
 * https://cloud.google.com/apis/design/errors
 */
export function pauseAfter(outcome: Outcome): number {
  const { failure } = outcome;
  const reason =
    failure?.kind === 'observed' && failure.observation.kind === 'answer' ? failure.observation.error : null;
  const spent = reason === 'quotaExceeded' || reason === 'dailyLimitExceeded';
  return Math.max(demandedPause(outcome), spent ? exhausted : 0);
}
