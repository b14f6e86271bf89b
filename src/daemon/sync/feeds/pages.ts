import { z } from 'zod';
import type { Observation } from '../../../contract/observation.ts';
import type { Feed } from '../feed.ts';
import type { SincePage } from './updated-since.ts';

/** A list of pages that tells no changes: all of it is read anew from time to time. */
export function pagesFeed<T>(options: {
  read: (position: { readonly pageToken?: string }, signal: AbortSignal) => Promise<SincePage<T>>;
  /** Milliseconds; 0 for each time. */
  rereadAfter: number;
}): Feed<T, never> {
  const { read, rereadAfter } = options;
  return {
    mark: z.never(),
    async full(page, signal) {
      const { items, dropped, nextPageToken } = await read(page === null ? {} : { pageToken: page }, signal);
      return { items, dropped, next: nextPageToken === null ? { mark: null } : { page: nextPageToken } };
    },
    forgotten: (observation: Observation) =>
      observation.kind === 'answer' && observation.status === 400 ? 'page' : null,
    rereadAfter,
  };
}
