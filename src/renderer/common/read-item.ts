import type { z } from 'zod';

/** What the `item` of something that was opened says, which is JSON; null where it does not say that. */
export function readItem<T>(schema: z.ZodType<T>, item: string): T | null {
  try {
    return schema.safeParse(JSON.parse(item)).data ?? null;
  } catch {
    return null;
  }
}
