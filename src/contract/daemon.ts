import { z } from 'zod';
import { ExportOrder, ExportOutcome, ExportProgress } from './export.ts';
import { Instant } from './instant.ts';
import { SearchAnswer, SearchRequest } from './search.ts';
import { Question, ServiceName } from './services.ts';
import { SyncStatus } from './sync.ts';
import { Way } from './way.ts';

const ofAccount = z.strictObject({ accountId: z.string() });

/** What decides, besides how the last sync went, when to sync next. */
export const Conditions = z.strictObject({
  /** Whether a person can see the window: it sets how often to look. */
  watched: z.boolean(),
  onBattery: z.boolean(),
  /** The computer is going to sleep, or asleep: nothing is begun. */
  asleep: z.boolean(),
  /** Until when a person wants nothing synced, in epoch milliseconds; a sync they ask for is done all the same. */
  pausedUntil: Instant.nullable(),
});
export type Conditions = z.infer<typeof Conditions>;

/** How a service of an account stands; also said of those that are not mirrored, for what is held of them. */
export const ServiceStatus = z.strictObject({ accountId: z.string(), service: ServiceName, status: SyncStatus });
export type ServiceStatus = z.infer<typeof ServiceStatus>;

/** What main may ask of the daemon. Accounts are mirrored side by side, each with a pace of its own. */
export const daemonRequests = {
  /**
   * Mirrors these services of the account from now on and no others; of those that are new a sync is due at once, conditions
   * permitting. Answers when nothing of the others runs any more.
   */
  attach: { params: z.strictObject({ accountId: z.string(), services: z.array(ServiceName) }), result: z.null() },
  /** Stops syncing it; with `erase`, removes every row of the account before it answers. */
  detach: { params: z.strictObject({ accountId: z.string(), erase: z.boolean() }), result: z.null() },
  /** Removes every row of a service of the account that is not mirrored any more. */
  erase: { params: z.strictObject({ accountId: z.string(), service: ServiceName }), result: z.null() },
  /** Answers when the syncs it started, or joined, have ended: one for each service that is mirrored. */
  syncNow: { params: ofAccount, result: z.null() },
  /** Said whole whenever they change. A sync that they no longer permit is dropped at the next whole page. */
  setConditions: { params: Conditions, result: z.null() },
  /** The computer woke up: whatever was planned by the old clock is due now. */
  resumed: { params: z.null(), result: z.null() },
  /** What a service answers from the mirror, about accounts that are attached. */
  ask: { params: Question, result: z.unknown() },
  /** Looks for words in what is mirrored, of accounts that are attached. */
  search: { params: SearchRequest, result: SearchAnswer },
  /** Ends a search, which then answers that it was cancelled. */
  cancelSearch: { params: z.strictObject({ id: z.string().max(64) }), result: z.null() },
  /** Writes files that other programs read. Answers when it has ended, however it did; one at a time. */
  export: { params: ExportOrder, result: ExportOutcome },
  /** Answers when nothing of the export runs any more. */
  cancelExport: { params: z.null(), result: z.null() },
  /** Sets the database file aside, never deleting it, begins a new one, and syncs every attached account into it. */
  rebuild: { params: z.null(), result: z.null() },
  /** Finishes or drops the running page, closes the database and answers; the process may then be ended. */
  stop: { params: z.null(), result: z.null() },
} as const;

/** What the daemon may ask of main. */
export const mainRequests = {
  /**
   * An access token that is good now. `rejected` is the serial of a token that Google answered with 401: main refreshes
   * unless it already holds a newer one. Null when there is none to be had; main shows why.
   */
  accessToken: {
    params: z.strictObject({ accountId: z.string(), rejected: z.number().int().nullable() }),
    result: z.strictObject({ token: z.string(), serial: z.number().int() }).nullable(),
  },
  /** By which ways a request to this origin may leave the computer. A password for a proxy stays in memory. */
  waysOut: {
    params: z.strictObject({ origin: z.string().regex(/^https:\/\/[\w.:[\]-]{1,300}$/) }),
    result: z.array(Way).max(20),
  },
} as const;

/** What the daemon says by itself. */
export const daemonEvents = { status: ServiceStatus, exporting: ExportProgress } as const;

/** Main says nothing by itself. */
export const mainEvents = {} as const;
