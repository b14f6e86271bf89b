import type { Double } from '../core/double.ts';
import { apiError, badParameter } from '../core/errors.ts';
import { seal, unseal } from '../core/seal.ts';
import type { Calendars } from './model.ts';

/** A person's list, read with certain parameters. */
export interface Reading {
  sub: string;
  list: string;
  digest: string;
}

/** What a sync token stands for: a position in the history of one list, read with certain parameters. */
interface SyncToken {
  list: string;
  version: number;
  epoch: number;
  digest: string;
}

/** A token for everything that changes from now on. */
export function syncTokenFor(double: Double, library: Calendars, { sub, list, digest }: Reading): string {
  const { version, syncEpoch } = library;
  const token: SyncToken = { list: `${sub}/${list}`, version, epoch: syncEpoch[sub] ?? 0, digest };
  return seal(double.state.accounts.sealKey, token);
}

/** The version a sync token stands for, or Google's refusal of it. */
export function sinceSyncToken(double: Double, library: Calendars, given: string, reading: Reading): number | Response {
  const { sub, list, digest } = reading;
  const token = unseal(double.state.accounts.sealKey, given) as SyncToken | undefined;
  if (!token || token.list !== `${sub}/${list}`) return badParameter('syncToken', 'Invalid sync token value.');
  const { syncEpoch, version } = library;
  // A version of the future is of data that a restarted double no longer has.
  if (token.epoch !== (syncEpoch[sub] ?? 0) || token.version > version) return fullSyncRequired();
  if (token.digest === digest) return token.version;
  return badParameter('syncToken', 'The parameters are not those of the request that gave this sync token.');
}

/**
 * Tells the app to throw away what it has.
 * @see https://developers.google.com/workspace/calendar/api/guides/sync#full_sync_required_by_server
 */
function fullSyncRequired(): Response {
  return apiError({
    status: 410,
    domain: 'calendar',
    reason: 'fullSyncRequired',
    message: 'Sync token is no longer valid, a full sync is required.',
    locationType: 'parameter',
    location: 'syncToken',
  });
}
