import { z } from 'zod';
import type { Observation } from '../../../contract/observation.ts';
import type { Received } from '../../google/page.ts';
import type { Feed, Page } from '../feed.ts';

/** Where in a list to read: `updatedMin` asks for what changed since. */
export interface SincePosition {
  /** RFC 3339. */
  readonly updatedMin?: string;
  readonly pageToken?: string;
}

/** A page as a list without sync tokens sends it. */
export interface SincePage<T> {
  readonly items: readonly Received<T>[];
  readonly dropped: number;
  readonly nextPageToken: string | null;
}

const Since = z.strictObject({ contract: z.literal('updated-since'), since: z.iso.datetime() });
export type Since = z.infer<typeof Since>;

/** A change may show in the list only some time after the moment that it bears. */
const overlap = 5 * 60_000;

/**
 * A list without sync tokens, which tells what has changed since a moment. The moment is one of Google's own clock, before
 * the reading began, and some minutes earlier still: what comes twice changes nothing.
 */
export function updatedSinceFeed<T>(options: {
  read: (position: SincePosition, signal: AbortSignal) => Promise<SincePage<T>>;
  /** The time by Google's clock, in epoch milliseconds. */
  serverTime: (signal: AbortSignal) => Promise<number>;
  /** Milliseconds. Nobody says for how long Google tells of what was deleted, so the list has to be read whole at times. */
  rereadAfter: number;
}): Feed<T, Since> {
  const { read, serverTime, rereadAfter } = options;
  const pageToken = (page: string | null) => (page === null ? {} : { pageToken: page });
  return {
    mark: Since,
    async begin(signal) {
      return { contract: 'updated-since', since: new Date((await serverTime(signal)) - overlap).toISOString() };
    },
    full: async (page, signal) => turn(await read(pageToken(page), signal)),
    changes: async ({ since }, page, signal) => turn(await read({ updatedMin: since, ...pageToken(page) }, signal)),
    forgotten,
    rereadAfter,
  };
}

/** The last page names no mark: the one that was taken before the reading serves. */
function turn<T>({ items, dropped, nextPageToken }: SincePage<T>): Page<T, Since> {
  return { items, dropped, next: nextPageToken === null ? { mark: null } : { page: nextPageToken } };
}

/** 410 for a moment that lies too far back, 400 for a page token. */
function forgotten(observation: Observation): 'page' | 'mark' | null {
  if (observation.kind !== 'answer') return null;
  if (observation.status === 410) return 'mark';
  return observation.status === 400 ? 'page' : null;
}
