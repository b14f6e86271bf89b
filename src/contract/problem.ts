import { z } from 'zod';

/**
 * Something that went wrong, as a person is told of it. `code` is for programs and reports; `sentence` says what
 * happened, what it means for the data, and what to do.
 */
export const Problem = z.strictObject({ code: z.string(), sentence: z.string() });
export type Problem = z.infer<typeof Problem>;
