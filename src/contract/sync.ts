import { z } from 'zod';
import { Instant } from './instant.ts';
import { Observation } from './observation.ts';

/** How far a running sync has come. All numbers are counts of things done, never estimates. */
export const SyncProgress = z.strictObject({
  /** The list being read, its name cut for showing: see shown-text.ts. */
  list: z.string().max(1_000).nullable(),
  /** Lists done, of those that are known; null while it is not known which there are. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** Items received since this sync began. */
  items: z.number().int(),
  /** True while a list is being read from its beginning. */
  full: z.boolean(),
});
export type SyncProgress = z.infer<typeof SyncProgress>;

/** Why the daemon's last sync failed. */
export const SyncFailure = z.discriminatedUnion('kind', [
  /** Google, or the way to it: main diagnoses what it means. */
  z.strictObject({ kind: z.literal('observed'), observation: Observation }),
  /** Main would not hand out an access token; main knows why. */
  z.strictObject({ kind: z.literal('no-access-token') }),
  /** As much was asked of the service today as may be, so that there is enough for everybody; it goes on at `resumesAt`. */
  z.strictObject({ kind: z.literal('budget-spent'), resumesAt: Instant }),
  /** The database or the disk. `rebuild` says that setting the file aside and copying anew would mend it. */
  z.strictObject({ kind: z.literal('storage'), code: z.string(), sentence: z.string(), rebuild: z.boolean() }),
  /** A fault of Mooring's own. */
  z.strictObject({ kind: z.literal('internal'), sentence: z.string() }),
]);
export type SyncFailure = z.infer<typeof SyncFailure>;

/** A list that failed by itself; without a name, it is one that says which others there are. */
export const StuckList = z.strictObject({ list: z.string().max(1_000).nullable(), failure: SyncFailure });
export type StuckList = z.infer<typeof StuckList>;

/** How one service of one account stands. */
export const SyncStatus = z.strictObject({
  running: z.boolean(),
  progress: SyncProgress.nullable(),
  /** Epoch milliseconds of the end of the last sync that went through. */
  lastSuccessAt: z.number().nullable(),
  /** Epoch milliseconds of the next planned sync; null while none is planned. */
  nextAt: z.number().nullable(),
  /** How much is held of each kind of thing, by the names that its service has for them. */
  counts: z.record(z.string().regex(/^[a-z][A-Za-z]{0,63}$/), z.number().int()),
  failure: SyncFailure.nullable(),
  /** Lists that stand still, while the others go on. */
  stuck: z.array(StuckList).max(1_000),
  /** Another one after every commit that changed rows of this service, so that a view knows when to read again. */
  revision: z.number().int(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

export const idleSync: SyncStatus = {
  running: false,
  progress: null,
  lastSuccessAt: null,
  nextAt: null,
  counts: {},
  failure: null,
  stuck: [],
  revision: 0,
};
