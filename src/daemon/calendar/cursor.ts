import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import type { Position } from '../google/calendar.ts';

const generation = z.number().int();

/**
 * How far a collection has been read. Every full reading has a generation of its own, and stamps it on the rows it meets:
 * what does not bear it at the end is gone at Google.
 */
export const Cursor = z.discriminatedUnion('kind', [
  /** Reading from the beginning; `pageToken` is the next page. */
  z.object({ kind: z.literal('full'), generation, pageToken: z.string().nullable() }),
  /** All was read; `syncToken` asks for what changed since. `fullAt`: when it was last read from the beginning. */
  z.object({ kind: z.literal('current'), generation, syncToken: z.string(), fullAt: z.number() }),
  /** Between two pages of changes. */
  z.object({
    kind: z.literal('delta'),
    generation,
    syncToken: z.string(),
    pageToken: z.string(),
    fullAt: z.number(),
  }),
]);
export type Cursor = z.infer<typeof Cursor>;

/** Where a collection starts that was never read. */
export const firstCursor: Cursor = { kind: 'full', generation: 1, pageToken: null };

/** Reads the collection from its beginning again; the rows there stay until that reading is complete. */
export function fromTheBeginning(cursor: Cursor): Cursor {
  return { kind: 'full', generation: cursor.generation + 1, pageToken: null };
}

/** The tokens to send. Changes are paged with both: https://developers.google.com/calendar/api/guides/sync */
export function positionOf(cursor: Cursor): Position {
  return {
    ...(cursor.kind !== 'full' && { syncToken: cursor.syncToken }),
    ...(cursor.kind !== 'current' && cursor.pageToken !== null && { pageToken: cursor.pageToken }),
  };
}

/** Where to go on after a page. Null when the page leads nowhere, which no complete answer does. */
export function afterPage(
  cursor: Cursor,
  page: { readonly nextPageToken: string | null; readonly nextSyncToken: string | null },
  now: number,
): Cursor | null {
  const { nextPageToken, nextSyncToken } = page;
  if (nextPageToken !== null) {
    // The same page again, and again, and again.
    if (cursor.kind !== 'current' && cursor.pageToken === nextPageToken) return null;
    return cursor.kind === 'full'
      ? { ...cursor, pageToken: nextPageToken }
      : { ...cursor, kind: 'delta', pageToken: nextPageToken };
  }
  if (nextSyncToken === null) return null;
  return {
    kind: 'current',
    generation: cursor.generation,
    syncToken: nextSyncToken,
    fullAt: cursor.kind === 'full' ? now : cursor.fullAt,
  };
}

/**
 * Where to start over when Google no longer knows a token: 410 for an expired sync token, 400 or 410 for a page token.
 * Null for every other failure: those say nothing about the tokens, which stay as they are.
 */
export function afterRejection(cursor: Cursor, observation: Observation): Cursor | null {
  if (observation.kind !== 'answer') return null;
  const { status } = observation;
  if (status !== 400 && status !== 410) return null;
  switch (cursor.kind) {
    case 'full':
      return cursor.pageToken === null ? null : fromTheBeginning(cursor);
    case 'delta':
      if (status === 400)
        return {
          kind: 'current',
          generation: cursor.generation,
          syncToken: cursor.syncToken,
          fullAt: cursor.fullAt,
        };
      return fromTheBeginning(cursor);
    case 'current':
      return fromTheBeginning(cursor);
  }
}
