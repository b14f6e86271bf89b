import type { Clock } from '../../contract/clock.ts';
import type { Conditions } from '../../contract/daemon.ts';
import { idleSync } from '../../contract/sync.ts';
import { GoogleError } from '../google/google-error.ts';
import type { WayToGoogle } from '../google/http.ts';
import type { Log } from '../log.ts';
import type { MirrorFile } from '../store/mirror-file.ts';
import { BudgetSpent, withinBudget } from './budget.ts';
import { describeFailure, failureOf, storageFailure } from './failure.ts';
import { createPatience, type Patience } from './patience.ts';
import type { Intervals, Outcome } from './plan.ts';
import { runService } from './run.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { StatusBoard } from './status.ts';

export interface MirroringOptions {
  readonly accountId: string;
  readonly service: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly status: StatusBoard;
  readonly file: MirrorFile;
  /** A way to the service's API for one sync. */
  readonly openWay: () => WayToGoogle;
  /** In [0, 1). */
  readonly random: () => number;
  readonly intervals: Intervals;
  /** Queries of a day; null for as many as it takes. */
  readonly queriesPerDay: number | null;
  readonly conditions: Conditions;
}

/** The mirroring of one service of one account, at a pace of its own. Starts idle. */
export function mirrorService(options: MirroringOptions): Scheduler {
  const { status, clock, random, intervals, conditions } = options;
  const patience = createPatience(clock);
  return createScheduler({
    clock,
    random,
    intervals,
    conditions,
    sync: (signal) => mirrorOnce(options, patience, signal),
    onUrged: patience.tryAll,
    onPlan: (nextAt) => status.update({ nextAt }),
  });
}

/** Has the status tell what the file holds, and nothing of any sync. */
export function showHeld({
  accountId,
  service,
  status,
  file,
}: Pick<MirroringOptions, 'accountId' | 'service' | 'status' | 'file'>): void {
  try {
    status.update({ ...idleSync, ...file.open().of(service).holdings.read(accountId) });
  } catch (error) {
    const problem = file.recognise(error);
    if (!problem) throw error;
    status.update({ ...idleSync, revision: status.current().revision, failure: storageFailure(problem) });
  }
}

/** One sync, from "running" to its outcome on the status board. Never throws. */
async function mirrorOnce(options: MirroringOptions, patience: Patience, signal: AbortSignal): Promise<Outcome> {
  const { accountId, service, clock, log, status, file, openWay } = options;
  status.update({ running: true, progress: null });
  let outcome: Outcome;
  try {
    const store = file.sound();
    const { mirror, cursors, holdings, budget } = store.of(service);
    const tell = () => status.update(holdings.read(accountId));
    store.write(() => store.accounts.add(accountId));
    tell();
    await runService(mirror, {
      accountId,
      cursors,
      write: (work) =>
        store.write(() => {
          if (work()) holdings.changed(accountId);
        }),
      clock,
      log,
      signal,
      patience,
      way: budgeted(openWay(), options, (day) => budget.spend(accountId, day)),
      onProgress: (progress) => status.update({ progress }),
      onCommit: tell,
    });
    store.write(() => holdings.succeeded(accountId, clock.now()));
    // Damage that somebody else met meanwhile is in the file of all.
    status.update(file.sound().of(service).holdings.read(accountId));
    outcome = { failure: null, retryAfterSeconds: null };
  } catch (error) {
    const fault = file.recognise(error) ?? error;
    if (signal.aborted) {
      status.update({ running: false, progress: null });
      return { failure: null, retryAfterSeconds: null };
    }
    const failure = failureOf(fault);
    outcome = { failure, retryAfterSeconds: retryAfter(fault, clock.now()) };
    log('sync-failed', { service, ...describeFailure(failure, fault) });
  }
  status.update({ running: false, progress: null, failure: outcome.failure, stuck: patience.stuck() });
  return outcome;
}

/** In how many seconds Google, or what may be asked of it in a day, lets anything be asked again. */
function retryAfter(fault: unknown, now: number): number | null {
  if (fault instanceof BudgetSpent) return (fault.resumesAt - now) / 1_000;
  return fault instanceof GoogleError ? fault.retryAfterSeconds : null;
}

function budgeted(
  way: WayToGoogle,
  { queriesPerDay, clock }: Pick<MirroringOptions, 'queriesPerDay' | 'clock'>,
  spend: (day: number) => number,
): WayToGoogle {
  if (queriesPerDay === null) return way;
  return { ...way, get: withinBudget(way.get, { most: queriesPerDay, now: clock.now, spend }) };
}
