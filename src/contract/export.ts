import { z } from 'zod';
import { Instant } from './instant.ts';
import { Problem } from './problem.ts';
import { ServiceName } from './services.ts';

/** What of one account is written; `label` is what a person calls it. */
export const ExportPart = z.strictObject({
  accountId: z.string().min(1).max(255),
  label: z.string().max(1_000),
  services: z.array(ServiceName).max(64),
});
export type ExportPart = z.infer<typeof ExportPart>;

/** What is written, below which folder. The folder has to be there. */
export const ExportOrder = z.strictObject({
  folder: z.string().min(1).max(32_767),
  parts: z.array(ExportPart).max(1_000),
});
export type ExportOrder = z.infer<typeof ExportOrder>;

/** How many things are written, of how many. */
export const ExportProgress = z.strictObject({ done: z.number().int(), total: z.number().int() });
export type ExportProgress = z.infer<typeof ExportProgress>;

/** How an export ended. Unless it is done, whatever was exported before is as it was. */
export const ExportOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('done'),
    items: z.number().int(),
    files: z.number().int(),
    /** Folders that are called otherwise than usual, because something of somebody else's is there. */
    beside: z.array(z.string().max(1_000)).max(1_000),
  }),
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('failed'), problem: Problem }),
]);
export type ExportOutcome = z.infer<typeof ExportOutcome>;

/** How often Mooring exports by itself. */
export const ExportEvery = z.enum(['never', 'day', 'week']);
export type ExportEvery = z.infer<typeof ExportEvery>;

/** What a person has chosen to be exported, and how often. */
export const ExportChoice = z.strictObject({
  every: ExportEvery,
  /** Null for every account. */
  accountId: z.string().min(1).max(255).nullable(),
  /** Services that are not exported; what is new is. */
  leftOut: z.array(ServiceName).max(64),
});
export type ExportChoice = z.infer<typeof ExportChoice>;

/** What a person changes of it; what is left out stays as it is. */
export const ExportChange = ExportChoice.partial();
export type ExportChange = z.infer<typeof ExportChange>;

/** An export that has ended. */
export const ExportAttempt = z.strictObject({ at: Instant, outcome: ExportOutcome });
export type ExportAttempt = z.infer<typeof ExportAttempt>;

/** Everything the window shows of exports. */
export const ExportsView = z.strictObject({
  ...ExportChoice.shape,
  /** The folder below which they are written, as it may be shown; null while none is chosen. */
  folder: z.string().max(1_000).nullable(),
  last: ExportAttempt.nullable(),
  /** How far the one that is under way has come. */
  running: ExportProgress.nullable(),
  /** When the next one by itself is due; null where none is. */
  nextAt: Instant.nullable(),
});
export type ExportsView = z.infer<typeof ExportsView>;
