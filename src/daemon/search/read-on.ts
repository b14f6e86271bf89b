import { z } from 'zod';
import { tiers } from './candidates.ts';

/** Where a search of one service goes on. */
const ReadOn = z.strictObject({
  tier: z.enum(tiers),
  /** Below which id each shelf is looked at; a shelf that is not there has been looked through. */
  below: z.record(z.string().regex(/^\d+$/), z.number().int().nonnegative()),
  /** How many of the best of what follows were shown already. */
  skip: z.number().int().nonnegative(),
});
export type ReadOn = z.infer<typeof ReadOn>;

/** @throws {RangeError} for a place that no answer named. */
export function readReadOn(text: string): ReadOn {
  try {
    return ReadOn.parse(JSON.parse(text));
  } catch (cause) {
    throw new RangeError('There is no such place among what was found.', { cause });
  }
}
