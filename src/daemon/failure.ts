import type { SyncFailure } from '../contract/sync.ts';
import { NoAccessToken } from './access.ts';
import { GoogleError } from './google/http.ts';
import { StorageError } from './store/problem.ts';

const internal: SyncFailure = {
  kind: 'internal',
  sentence:
    'Mooring met a fault of its own and stopped this sync. What was mirrored before is safe. It tries again by itself; please report this if it stays.',
};

/** What ended a sync, as the contract has it. What is neither Google, main nor the disk is our own fault. */
export function failureOf(error: unknown): SyncFailure {
  if (error instanceof GoogleError) return { kind: 'observed', observation: error.observation };
  if (error instanceof NoAccessToken) return { kind: 'no-access-token' };
  return error instanceof StorageError ? storageFailure(error) : internal;
}

export function storageFailure({ code, sentence, rebuild }: StorageError): SyncFailure {
  return { kind: 'storage', code, sentence, rebuild };
}

/** The failure for the log: names, codes and numbers. */
export function describeFailure(failure: SyncFailure, error: unknown): Record<string, string | number | null> {
  if (failure.kind === 'observed') {
    const { observation } = failure;
    if (observation.kind === 'network') return { kind: 'network', code: observation.code };
    const reason = observation.kind === 'answer' ? observation.error : observation.contentType;
    return { kind: observation.kind, status: observation.status, reason };
  }
  const cause = error instanceof StorageError ? error.cause : error;
  // The name and the code of a fault, not its message: that may quote what it was working on.
  const name = cause instanceof Error ? cause.name : typeof cause;
  const sqlite = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return { kind: failure.kind, code: failure.kind === 'storage' ? failure.code : null, name, sqlite };
}
