import { z } from 'zod';
import type { Observation } from '../../../contract/observation.ts';
import type { Received } from '../../google/page.ts';
import type { Feed, Page } from '../feed.ts';

/** Where in a list to read: nothing for its beginning, or the tokens of an earlier answer. */
export interface Position {
  readonly syncToken?: string;
  readonly pageToken?: string;
}

/** A page as a list with sync tokens sends it. */
export interface TokenPage<T> {
  readonly items: readonly Received<T>[];
  readonly dropped: number;
  readonly nextPageToken: string | null;
  readonly nextSyncToken: string | null;
}

const SyncToken = z.strictObject({ contract: z.literal('sync-token'), token: z.string().min(1) });
export type SyncToken = z.infer<typeof SyncToken>;

/**
 * A list that ends with a sync token, by which it tells what has changed since; while changes are paged, both tokens go
 * with the request.
 */
export function syncTokenFeed<T>(options: {
  read: (position: Position, signal: AbortSignal) => Promise<TokenPage<T>>;
  rereadAfter: number | null;
}): Feed<T, SyncToken> {
  const { read, rereadAfter } = options;
  const pageToken = (page: string | null) => (page === null ? {} : { pageToken: page });
  return {
    mark: SyncToken,
    full: async (page, signal) => turn(await read(pageToken(page), signal)),
    changes: async ({ token }, page, signal) => turn(await read({ syncToken: token, ...pageToken(page) }, signal)),
    forgotten,
    rereadAfter,
  };
}

function turn<T>({ items, dropped, nextPageToken, nextSyncToken }: TokenPage<T>): Page<T, SyncToken> {
  if (nextPageToken !== null) return { items, dropped, next: { page: nextPageToken } };
  const mark = nextSyncToken === null ? null : ({ contract: 'sync-token', token: nextSyncToken } as const);
  return { items, dropped, next: { mark } };
}

/**
 * An expired sync token is 410, or 400 with a reason of its own: https://google.aip.dev/193 and
 * https://developers.google.com/people/api/rest/v1/people.connections/list. A page token is 400 or 410.
 */
function forgotten(observation: Observation): 'page' | 'mark' | null {
  if (observation.kind !== 'answer') return null;
  if (observation.status === 410 || observation.subtype === 'EXPIRED_SYNC_TOKEN') return 'mark';
  return observation.status === 400 ? 'page' : null;
}
