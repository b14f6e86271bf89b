import { z } from 'zod';
import type { Double } from '../core/double.ts';
import { rpcError } from '../core/errors.ts';
import { seal, unseal } from '../core/seal.ts';
import type { Book, ContactLibrary, Row } from './model.ts';

const week = 7 * 86_400_000;

const SyncToken = z.object({
  sub: z.string(),
  /** The parameters of the reading; a token is good for the same ones only. */
  digest: z.string(),
  /** What was changed later than in this version is to be told. */
  version: z.number(),
  /** When everything was read last. */
  readAt: z.number(),
});
export type SyncToken = z.infer<typeof SyncToken>;

export const sealToken = (double: Double, token: SyncToken): string => seal(double.state.accounts.sealKey, token);

/**
 * The token, or Google's refusal: of one that is a week older than the reading it descends from, or is known no longer, or
 * belongs to another question.
 * @see https://developers.google.com/people/api/rest/v1/people.connections/list (syncToken)
 */
export function readToken(double: Double, text: string, sub: string, digest: string, book: Book): SyncToken | Response {
  const read = SyncToken.safeParse(unseal(double.state.accounts.sealKey, text));
  if (!read.success || read.data.sub !== sub || read.data.digest !== digest) {
    return rpcError({ status: 400, message: 'Sync token is invalid for this request.' });
  }
  const { version, readAt } = read.data;
  return double.now() - readAt >= week || version < book.knownSince ? expired() : read.data;
}

function expired(): Response {
  return rpcError({
    status: 400,
    code: 'FAILED_PRECONDITION',
    message: 'Sync token is expired. Clear local cache and retry call without the sync token.',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'EXPIRED_SYNC_TOKEN',
        domain: 'people.googleapis.com',
      },
    ],
  });
}

/** What a token of now says that was told: everything before the first change that cannot be seen yet. */
export function toldVersion(library: ContactLibrary, rows: readonly Row<unknown>[], now: number): number {
  const hidden = rows.filter(({ visibleAt }) => visibleAt > now).map(({ changedIn }) => changedIn - 1);
  return Math.min(library.version, ...hidden);
}
