import type { Observation } from '../../contract/observation.ts';
import type { SyncFailure } from '../../contract/sync.ts';
import { NoAccessToken } from '../google/access.ts';
import { GoogleError } from '../google/google-error.ts';
import { StorageError } from '../store/problem.ts';
import { BudgetSpent } from './budget.ts';

const internal: SyncFailure = {
  kind: 'internal',
  sentence:
    'Mooring met a fault of its own and stopped this sync. What was mirrored before is safe. It tries again by itself; please report this if it stays.',
};

/** What ended a sync, as the contract has it. What is neither Google, main nor the disk is our own fault. */
export function failureOf(error: unknown): SyncFailure {
  if (error instanceof GoogleError) return { kind: 'observed', observation: error.observation };
  if (error instanceof BudgetSpent) return { kind: 'budget-spent', resumesAt: error.resumesAt };
  if (error instanceof NoAccessToken) return { kind: 'no-access-token' };
  return error instanceof StorageError ? storageFailure(error) : internal;
}

export function storageFailure({ code, sentence, rebuild }: StorageError): SyncFailure {
  return { kind: 'storage', code, sentence, rebuild };
}

/**
 * Whether a failure is true of the whole account, or of the list alone that it was met at: then the other lists go on. What
 * stands between here and Google, what Google says of the person or of the app, and the disk are the account's.
 */
export function isOfAccount(failure: SyncFailure): boolean {
  switch (failure.kind) {
    case 'no-access-token':
    case 'budget-spent':
    case 'storage':
      return true;
    case 'internal':
      return false;
    case 'observed':
      return saysOfAccount(failure.observation);
    default:
      return failure satisfies never;
  }
}

/**
 * Reasons that speak of the person or the app, not of a list:
 * https://google.aip.dev/193 and https://cloud.google.com/apis/design/errors
 */
const accountReasons = [
  ...['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED', 'quotaExceeded', 'dailyLimitExceeded'],
  ...['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'accessNotConfigured', 'SERVICE_DISABLED'],
  ...['domainPolicy', 'admin_policy_enforced', 'authError', 'UNAUTHENTICATED', 'insufficient_scope'],
];

function saysOfAccount(observation: Observation): boolean {
  switch (observation.kind) {
    case 'network':
      return true;
    case 'unreadable':
      // Google's own pages tell of limits, too.
      return observation.status === 407 || observation.status === 429;
    case 'answer': {
      const { status, error, subtype } = observation;
      if (status === 401 || status === 407 || status === 429) return true;
      return [error, subtype].some((reason) => reason !== null && accountReasons.includes(reason));
    }
    default:
      return observation satisfies never;
  }
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
