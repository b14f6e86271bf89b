import type { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import type { Received } from '../google/page.ts';

/** What follows a page: another one, or, after the last, what to ask by for changes; null where there is nothing to ask by. */
export type Next<M> = { readonly page: string } | { readonly mark: M | null };

export interface Page<T, M> {
  readonly items: readonly Received<T>[];
  /** How many items had no id, and so could not be kept. */
  readonly dropped: number;
  readonly next: Next<M>;
}

/** What Google promises of a list: how it is read from its beginning, and how it tells what has changed since. */
export interface Feed<T, M> {
  /** What is kept between two readings. What another contract left there does not parse, and means: read anew. */
  readonly mark: z.ZodType<M>;
  /**
   * The mark that will ask for what changes from now on, taken before any reading: the last page of such a list names none.
   * It is kept with the cursor, so that whoever goes on after a kill goes by the same one.
   */
  begin?(signal: AbortSignal): Promise<M>;
  full(page: string | null, signal: AbortSignal): Promise<Page<T, M>>;
  /** Absent from a list that tells no changes, which is read whole each time. */
  changes?(mark: M, page: string | null, signal: AbortSignal): Promise<Page<T, M>>;
  /** What a refusal says Google no longer knows; null when it says nothing of the kind. */
  forgotten(observation: Observation): 'page' | 'mark' | null;
  /** Milliseconds after which it is read from the beginning again, whatever it tells; null for never. */
  readonly rereadAfter: number | null;
}
