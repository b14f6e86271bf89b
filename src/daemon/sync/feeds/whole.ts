import { z } from 'zod';
import type { Received } from '../../google/page.ts';
import type { Feed } from '../feed.ts';

/** Something that is read whole in one answer, and tells no changes: what it says is asked for anew from time to time. */
export function wholeFeed<T>(options: {
  read: (signal: AbortSignal) => Promise<Received<T>>;
  /** Milliseconds. */
  rereadAfter: number;
}): Feed<T, never> {
  const { read, rereadAfter } = options;
  return {
    mark: z.never(),
    full: async (_page, signal) => ({ items: [await read(signal)], dropped: 0, next: { mark: null } }),
    forgotten: () => null,
    rereadAfter,
  };
}
