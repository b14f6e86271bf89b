import type { Clock } from '../../contract/clock.ts';
import type { Conditions } from '../../contract/daemon.ts';
import { idleSync } from '../../contract/sync.ts';
import { type AccessToken, createAccess } from '../google/access.ts';
import { GoogleError, googleGet } from '../google/http.ts';
import type { Log } from '../log.ts';
import type { MirrorFile } from '../store/mirror-file.ts';
import type { Store } from '../store/open.ts';
import { describeFailure, failureOf, storageFailure } from './failure.ts';
import { createPatience, type Patience } from './patience.ts';
import type { Intervals, Outcome } from './plan.ts';
import { runService } from './run.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { StatusBoard } from './status.ts';

export interface AccountMirrorOptions {
  readonly accountId: string;
  /** Which of the services this is the mirroring of. */
  readonly service: string;
  readonly apiRoot: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly status: StatusBoard;
  readonly file: MirrorFile;
  readonly askForToken: (rejected: number | null) => Promise<AccessToken | null>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly intervals: Intervals;
  readonly conditions: Conditions;
}

/**
 * The mirroring of one service of one account, at a pace of its own. Starts idle, its status telling what the file holds
 * already.
 */
export function mirrorAccount(options: AccountMirrorOptions): Scheduler {
  const { accountId, service, status, file, clock, random, intervals, conditions } = options;
  const patience = createPatience(clock);
  try {
    status.update({ ...idleSync, ...stored(file.open(), accountId, service) });
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
    sync: (signal) => mirrorOnce(options, patience, signal),
    onUrged: patience.tryAll,
    onPlan: (nextAt) => status.update({ nextAt }),
  });
}

/** One sync, from "running" to its outcome on the status board. Never throws. */
async function mirrorOnce(options: AccountMirrorOptions, patience: Patience, signal: AbortSignal): Promise<Outcome> {
  const { accountId, service, apiRoot, clock, log, status, file, askForToken } = options;
  status.update({ running: true, progress: null });
  let outcome: Outcome;
  try {
    const store = file.sound();
    store.write(() => store.accounts.add(accountId));
    status.update(stored(store, accountId, service));
    const { mirror, cursors } = store.of(service);
    await runService(mirror, {
      accountId,
      cursors,
      write: store.write,
      clock,
      log,
      signal,
      patience,
      get: googleGet({ apiRoot, clock, access: createAccess(askForToken) }),
      onProgress: (progress) => status.update({ progress }),
      onCommit: () => {
        // Counting is only worth it when there is something new to count.
        if (store.revision() !== status.current().revision) status.update(stored(store, accountId, service));
      },
    });
    store.write(() => {
      store.accounts.succeeded(accountId, clock.now());
      return false;
    });
    // Damage that somebody else met meanwhile is in this account's file too.
    status.update(stored(file.sound(), accountId, service));
    outcome = { failure: null, retryAfterSeconds: null };
  } catch (error) {
    const fault = file.recognise(error) ?? error;
    if (signal.aborted) {
      status.update({ running: false, progress: null });
      return { failure: null, retryAfterSeconds: null };
    }
    const failure = failureOf(fault);
    outcome = { failure, retryAfterSeconds: fault instanceof GoogleError ? fault.retryAfterSeconds : null };
    log('sync-failed', describeFailure(failure, fault));
  }
  status.update({ running: false, progress: null, failure: outcome.failure, stuck: patience.stuck() });
  return outcome;
}

/** What the status says of the database. */
export function stored(store: Store, accountId: string, service: string) {
  return {
    counts: store.of(service).mirror.counts(accountId),
    lastSuccessAt: store.accounts.lastSuccessAt(accountId),
    revision: store.revision(),
  };
}
