import type { Clock } from '../contract/clock.ts';
import type { SyncFailure } from '../contract/sync.ts';
import { type AccessToken, createAccess, NoAccessToken } from './access.ts';
import type { Outcome } from './calendar/plan.ts';
import { syncAccount } from './calendar/sync.ts';
import { googleCalendar } from './google/calendar.ts';
import { GoogleError, googleGet } from './google/http.ts';
import type { Log } from './log.ts';
import type { StatusBoard } from './status.ts';
import type { Store } from './store/open.ts';
import { asStorageError, StorageError } from './store/problem.ts';

export interface MirrorOptions {
  readonly accountId: string;
  readonly apiRoot: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly status: StatusBoard;
  /** The database, opened if need be. Throws {@link StorageError}. */
  readonly store: () => Store;
  readonly askForToken: (rejected: number | null) => Promise<AccessToken | null>;
}

/** One sync of one account, from "running" to its outcome on the status board. Never throws. */
export async function mirrorOnce(options: MirrorOptions, signal: AbortSignal): Promise<Outcome> {
  const { accountId, apiRoot, clock, log, status, askForToken } = options;
  status.update({ running: true, progress: null });
  let outcome: Outcome;
  try {
    const store = options.store();
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
    status.update(stored(store, accountId));
    outcome = { failure: null, retryAfterSeconds: null };
  } catch (error) {
    if (signal.aborted) {
      status.update({ running: false, progress: null });
      return { failure: null, retryAfterSeconds: null };
    }
    outcome = {
      failure: failureOf(error),
      retryAfterSeconds: error instanceof GoogleError ? error.retryAfterSeconds : null,
    };
    log('sync-failed', describe(outcome.failure, error));
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

function failureOf(error: unknown): SyncFailure {
  if (error instanceof GoogleError) return { kind: 'observed', observation: error.observation };
  if (error instanceof NoAccessToken) return { kind: 'no-access-token' };
  return storageFailure(asStorageError(error) ?? new StorageError('internal', error));
}

export function storageFailure({ code, sentence }: StorageError): SyncFailure {
  return { kind: 'storage', code, sentence };
}

function describe(failure: SyncFailure | null, error: unknown): Record<string, string | number | null> {
  if (failure?.kind === 'observed') {
    const { observation } = failure;
    if (observation.kind === 'network') return { kind: 'network', code: observation.code };
    const reason = observation.kind === 'answer' ? observation.error : observation.contentType;
    return { kind: observation.kind, status: observation.status, reason };
  }
  const cause = error instanceof StorageError ? error.cause : error;
  // The name and the code of a fault, not its message: that may quote what it was working on.
  const name = cause instanceof Error ? cause.name : typeof cause;
  const sqlite = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return { kind: failure?.kind ?? 'none', code: failure?.kind === 'storage' ? failure.code : null, name, sqlite };
}
