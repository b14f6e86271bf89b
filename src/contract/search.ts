import { z } from 'zod';
import { Instant } from './instant.ts';
import { ServiceName } from './services.ts';

const AccountId = z.string().max(255);

/** Findings of one service in one answer. */
export const mostFindings = 100;

export const SearchRequest = z.strictObject({
  /** By which it can be cancelled. */
  id: z.string().min(1).max(64),
  /** Words that all have to be there, "words in a row", and -words that must not; the last word may be begun only. */
  text: z.string().max(500),
  /** Null for all there are. */
  services: z.array(ServiceName).max(100).nullable(),
  accounts: z.array(AccountId).max(1_000),
  /** Only what lies between, in epoch milliseconds; what has no date of its own is then left out. */
  from: Instant.nullable(),
  to: Instant.nullable(),
  /** For each service. */
  limit: z.number().int().min(1).max(mostFindings),
  /** The `next` of one service, which is the only one asked then; null for the beginning. */
  after: z.string().max(8_192).nullable(),
});
export type SearchRequest = z.infer<typeof SearchRequest>;

/** A text in which something was found: never as HTML. */
export const Marked = z.strictObject({
  text: z.string().max(2_000),
  /** From where to where, in UTF-16 units, in order and apart. */
  marks: z.array(z.tuple([z.number().int(), z.number().int()])).max(50),
});
export type Marked = z.infer<typeof Marked>;

export const Hit = z.strictObject({
  accountId: AccountId,
  /** What the service's screen knows it by. */
  item: z.string().max(8_192),
  title: Marked,
  /** Where in the rest of it the words are; null where they are in its title. */
  snippet: Marked.nullable(),
  /** From when to when it matters, in epoch milliseconds. */
  starts: z.number().nullable(),
  ends: z.number().nullable(),
});
export type Hit = z.infer<typeof Hit>;

const Part = z.strictObject({ accountId: AccountId, service: ServiceName });

export const SearchAnswer = z.strictObject({
  /** The services in which something was found. */
  groups: z.array(
    z.strictObject({
      service: ServiceName,
      /** What is in its title first; then what matters soonest or mattered last. */
      hits: z.array(Hit).max(mostFindings),
      /** Where to read on; null when this was all. */
      next: z.string().max(8_192).nullable(),
    }),
  ),
  /** Nothing has the words; these are like them, and were looked for in their place. */
  forgiven: z.array(z.string().max(500)).nullable(),
  /** Of what the first copy is being made, so that more may come. */
  unfinished: z.array(Part),
  /** Of what nothing is copied, so that nothing can be found. */
  missing: z.array(Part),
  /** Whether the index is being made anew, so that some of what is copied is not found yet. */
  indexing: z.boolean(),
  /** It was cancelled, and says nothing. */
  cancelled: z.boolean(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
