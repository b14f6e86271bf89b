import { z } from 'zod';
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
