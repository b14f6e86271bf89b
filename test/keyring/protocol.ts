import { z } from 'zod';

/** What a test asks of the probe. */
export const Command = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('read'), name: z.string() }),
  z.strictObject({ do: z.literal('write'), name: z.string(), value: z.string() }),
  z.strictObject({ do: z.literal('remove'), name: z.string() }),
  z.strictObject({ do: z.literal('list') }),
  /** Moves the probe's clock on. */
  z.strictObject({ do: z.literal('advance'), milliseconds: z.number() }),
  /** Ends the process that runs keytar, as a crash in native code does. */
  z.strictObject({ do: z.literal('kill') }),
  z.strictObject({ do: z.literal('observe') }),
]);
export type Command = z.infer<typeof Command>;

export const Question = z.strictObject({ id: z.number(), command: Command });

/** What the probe has seen of its calls to keytar. */
export const Observed = z.strictObject({
  /** The most calls to keytar that were ever under way at once. */
  mostAtOnce: z.number(),
  busy: z.boolean(),
  /** How many processes have run keytar so far. */
  hosts: z.number(),
  /** The calls so far, such as `get account:1`; canaries without the part that is random. */
  calls: z.array(z.string()),
  /** What keytar said when it failed. */
  errors: z.array(z.string()),
});
export type Observed = z.infer<typeof Observed>;

export const Answer = z.strictObject({ id: z.number(), result: z.unknown() });
