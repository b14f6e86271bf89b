import type { Conditions } from '../contract/daemon.ts';
import { idleSync } from '../contract/sync.ts';
import type { Intervals } from './calendar/plan.ts';
import { createScheduler, type Scheduler } from './calendar/scheduler.ts';
import { storageFailure } from './failure.ts';
import { type MirrorOptions, mirrorOnce, stored } from './mirror.ts';

export interface AccountMirrorOptions extends MirrorOptions {
  /** In [0, 1). */
  readonly random: () => number;
  readonly intervals: Intervals;
  readonly conditions: Conditions;
}

/** The mirroring of one account, at a pace of its own. Starts idle, its status telling what the file holds already. */
export function mirrorAccount(options: AccountMirrorOptions): Scheduler {
  const { accountId, status, file, clock, random, intervals, conditions } = options;
  try {
    status.update({ ...idleSync, ...stored(file.open(), accountId) });
  } catch (error) {
    const problem = file.recognise(error);
    if (!problem) throw error;
    status.update({ ...idleSync, revision: status.current().revision, failure: storageFailure(problem) });
  }
  return createScheduler({
    clock,
    random,
    intervals,
    conditions,
    sync: (signal) => mirrorOnce(options, signal),
    onPlan: (nextAt) => status.update({ nextAt }),
  });
}
