import type { Clock } from '../../contract/clock.ts';
import type { Conditions } from '../../contract/daemon.ts';
import {
  demandedPause,
  type Intervals,
  needsBackoff,
  type Outcome,
  pauseAfter,
  permitsSync,
  planNext,
} from './plan.ts';

export interface Scheduler {
  /** Syncs as soon as conditions permit; from then on the scheduler goes by itself. */
  start(): void;
  /** Syncs now, paused or not, or joins the sync that is running. Answers when it has ended, however it ended. */
  syncNow(): Promise<void>;
  /** Plans anew; a sync that may no longer run is dropped, and is due again as soon as it may. */
  setConditions(conditions: Conditions): void;
  /** The clock may have jumped: what was planned is due now. */
  resumed(): void;
  /** Stops a running sync and waits for its end. */
  stop(): Promise<void>;
}

/** Decides when to sync: one sync at a time, and always another one after it. Starts idle. */
export function createScheduler(options: {
  clock: Clock;
  random: () => number;
  intervals: Intervals;
  conditions: Conditions;
  /** One sync. Must not throw, and has to end soon once the signal is aborted. */
  sync: (signal: AbortSignal) => Promise<Outcome>;
  /** A person asks, or the computer woke up: nothing is left alone any more. */
  onUrged: () => void;
  /** The moment of the next sync; null while one runs, and after the end. */
  onPlan: (nextAt: number | null) => void;
}): Scheduler {
  const { clock, random, intervals, sync, onUrged, onPlan } = options;
  const stopping = new AbortController();
  let { conditions } = options;
  let interruption = new AbortController();
  let running: Promise<void> | null = null;
  let cancelTimer = () => {};
  // Moments by the clock that only goes on: a computer whose date was set wrong for a while must not wait for years.
  let attemptedAt: number | null = null;
  let failures = 0;
  /** Until when Google wants to be left alone: by its own word, and by our understanding of the failure. */
  let demandedUntil = Number.NEGATIVE_INFINITY;
  let allowedAt = Number.NEGATIVE_INFINITY;

  function plan(): void {
    cancelTimer();
    if (running || stopping.signal.aborted) return;
    const [now, elapsed] = [clock.now(), clock.elapsed()];
    const wait = planNext({
      conditions,
      sinceAttempt: attemptedAt === null ? null : elapsed - attemptedAt,
      failures,
      untilAllowed: allowedAt - elapsed,
      untilUnpaused: (conditions.pausedUntil ?? now) - now,
      intervals,
      random,
    });
    onPlan(wait === null ? null : now + wait);
    if (wait === null) return;
    if (wait === 0) void run();
    else cancelTimer = clock.after(wait, () => void run());
  }

  function run(): Promise<void> {
    running ??= attempt();
    return running;
  }

  async function attempt(): Promise<void> {
    cancelTimer();
    onPlan(null);
    interruption = new AbortController();
    const outcome = await sync(AbortSignal.any([stopping.signal, interruption.signal]));
    running = null;
    const now = clock.elapsed();
    demandedUntil = now + demandedPause(outcome);
    allowedAt = now + pauseAfter(outcome);
    if (interruption.signal.aborted) {
      attemptedAt = null;
    } else {
      attemptedAt = now;
      failures = needsBackoff(outcome) ? failures + 1 : 0;
    }
    plan();
  }

  return {
    start: plan,
    async syncNow() {
      // One that is being dropped is not what is asked for.
      if (running && interruption.signal.aborted) await running;
      if (stopping.signal.aborted) return;
      onUrged();
      if (running || clock.elapsed() >= demandedUntil) await run();
    },
    setConditions(next) {
      const now = clock.now();
      // One that a person asked for in a pause goes on in it.
      const couldRun = permitsSync(conditions, now) || (next.asleep && !conditions.asleep);
      conditions = next;
      if (running && couldRun && !permitsSync(next, now)) interruption.abort(new Error('Syncing was paused.'));
      plan();
    },
    resumed() {
      onUrged();
      attemptedAt = null;
      plan();
    },
    async stop() {
      stopping.abort(new Error('The daemon was asked to stop.'));
      cancelTimer();
      await running;
      onPlan(null);
    },
  };
}
