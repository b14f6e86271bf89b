import type { Clock } from '../contract/clock.ts';
import { type AccessToken, createAccess } from './access.ts';
import type { Outcome } from './calendar/plan.ts';
import { syncAccount } from './calendar/sync.ts';
import { describeFailure, failureOf } from './failure.ts';
import { googleCalendar } from './google/calendar.ts';
import { GoogleError, googleGet } from './google/http.ts';
import type { Log } from './log.ts';
import type { StatusBoard } from './status.ts';
import type { MirrorFile } from './store/mirror-file.ts';
import type { Store } from './store/open.ts';

export interface MirrorOptions {
  readonly accountId: string;
  readonly apiRoot: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly status: StatusBoard;
  readonly file: MirrorFile;
  readonly askForToken: (rejected: number | null) => Promise<AccessToken | null>;
}

/** One sync of one account, from "running" to its outcome on the status board. Never throws. */
export async function mirrorOnce(options: MirrorOptions, signal: AbortSignal): Promise<Outcome> {
  const { accountId, apiRoot, clock, log, status, file, askForToken } = options;
  status.update({ running: true, progress: null });
  let outcome: Outcome;
  try {
    const store = file.sound();
    store.write(() => store.accounts.add(accountId));
    status.update(stored(store, accountId));
    await syncAccount({
      accountId,
      clock,
      log,
      signal,
      store,
      google: googleCalendar(googleGet({ apiRoot, clock, access: createAccess(askForToken) })),
      onProgress: (progress) => status.update({ progress }),
      onCommit: () => {
        // Counting is only worth it when there is something new to count.
        if (store.revision() !== status.current().revision) status.update(stored(store, accountId));
      },
    });
    // Damage that somebody else met meanwhile is in this account's file too.
    status.update(stored(file.sound(), accountId));
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
  status.update({ running: false, progress: null, failure: outcome.failure });
  return outcome;
}

/** What the status says of the database. */
export function stored(store: Store, accountId: string) {
  return {
    counts: { calendars: store.calendars.count(accountId), events: store.events.count(accountId) },
    lastSuccessAt: store.accounts.lastSuccessAt(accountId),
    revision: store.revision(),
  };
}
