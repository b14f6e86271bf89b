import type { Connection, ReasonCode } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import type { ServiceContract } from '../../contract/service.ts';
import type { Keeping, Standing } from '../../contract/standing.ts';
import type { StuckList, SyncStatus } from '../../contract/sync.ts';
import { type Diagnosis, diagnose, googleTrouble } from '../auth/diagnosis.ts';
import { hasGrantedAllScopes } from '../auth/scopes.ts';
import { sentencesFor } from './standing-sentences.ts';

/** What a service's API says of that service alone; everything else is true of the whole account. */
const ofService: readonly ReasonCode[] = [
  'rate-limited',
  'quota-exhausted',
  'google-unavailable',
  'unexpected-answer',
  'answer-too-large',
  'item-unavailable',
  'scope-missing',
  'blocked-by-admin',
  'api-disabled',
];

/**
 * What a sync met means. Tokens that the token endpoint has just given are Google's trouble where a service refuses them for
 * a while, and nobody has to sign in for it.
 */
function diagnoseMet(observation: Observation, rejected: boolean, now: number): Diagnosis {
  const diagnosis = diagnose(observation, now);
  return diagnosis.reason === 'access-rejected' && !rejected ? googleTrouble : diagnosis;
}

/**
 * What a service's last sync says of the account; null where it went well, or what it met concerns that service alone.
 * `rejected` says that the service has refused good tokens for long.
 */
export function connectionFrom({ failure }: SyncStatus, rejected: boolean, now: number): Connection | null {
  if (failure?.kind !== 'observed') return null;
  const diagnosis = diagnoseMet(failure.observation, rejected, now);
  if (diagnosis.kind === 'needs-permission' || diagnosis.kind === 'api-disabled') return null;
  return ofService.includes(diagnosis.reason) ? null : diagnosis;
}

/** What is known of one service of an account. */
export interface StandingFacts {
  readonly service: ServiceContract;
  /** Undefined where nobody was ever asked. */
  readonly keeping: Keeping | undefined;
  /** Normalised. */
  readonly granted: readonly string[];
  readonly connection: Connection;
  readonly sync: SyncStatus;
  /** Whether the service has refused good tokens for long. */
  readonly rejected: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** How a service stands: the one value that every part of the app which speaks of it reads. Pure. */
export function standingOf({ service, keeping, granted, connection, sync, rejected, now }: StandingFacts): Standing {
  const words = sentencesFor(service);
  if (keeping !== 'kept') {
    const reason = keeping === undefined ? 'not-chosen' : keeping === 'declined' ? 'declined' : 'switched-off';
    return { kind: 'off', reason, sentence: words[reason], action: 'keep' };
  }
  if (!hasGrantedAllScopes(granted, service.scopes)) return permissionMissing(service);
  const waits = { kind: 'waiting', retryAt: null } as const;
  if (connection.kind !== 'connected') {
    return { ...waits, reason: 'connection', sentence: words.connection, action: 'none' };
  }
  const { failure, stuck } = sync;
  switch (failure?.kind) {
    case 'observed':
      return fromDiagnosis(diagnoseMet(failure.observation, rejected, now), service);
    case 'no-access-token':
      return { ...waits, reason: 'connection', sentence: words.connection, action: 'none' };
    case 'budget-spent':
      return {
        kind: 'waiting',
        reason: 'budget-spent',
        sentence: words['budget-spent'],
        action: 'none',
        retryAt: failure.resumesAt,
      };
    case 'storage':
    case 'internal':
      return { ...waits, reason: 'this-computer', sentence: failure.sentence, action: 'retry' };
    case undefined:
      break;
    default:
      failure satisfies never;
  }
  if (stuck.length > 0) return partly(stuck, service);
  return { kind: 'working', reason: 'working', sentence: words.working, action: 'none' };
}

function permissionMissing(service: ServiceContract): Standing {
  const { 'scope-missing': sentence } = sentencesFor(service);
  return { kind: 'needs-permission', reason: 'scope-missing', sentence, action: 'keep' };
}

function fromDiagnosis(diagnosis: Diagnosis, service: ServiceContract): Standing {
  const words = sentencesFor(service);
  const { reason } = diagnosis;
  switch (diagnosis.kind) {
    case 'needs-permission':
      return permissionMissing(service);
    case 'api-disabled':
      return { kind: 'api-disabled', reason, sentence: words['api-disabled'], action: 'fix-client' };
    case 'blocked-by-admin':
      return { kind: 'blocked-by-admin', reason, sentence: words['blocked-by-admin'], action: 'ask-admin' };
    default: {
      const retryAt = diagnosis.kind === 'offline' ? diagnosis.retryAt : null;
      return { kind: 'waiting', reason, sentence: diagnosis.sentence, action: 'retry', retryAt };
    }
  }
}

/** So many lists are named. */
const mostNamed = 3;

function partly(stuck: readonly StuckList[], service: ServiceContract): Standing {
  const words = sentencesFor(service);
  const names = stuck.flatMap(({ list }) => (list === null ? [] : [list]));
  const sentence =
    names.length === 0 ? words.listUnread : words.listsRefused(names.slice(0, mostNamed), names.length - mostNamed);
  return { kind: 'partial', reason: 'lists-refused', sentence, action: 'retry' };
}
