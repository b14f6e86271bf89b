import type { z } from 'zod';
import type { Reply } from '../../contract/window.ts';

/** An answer that tells a list page by page. */
interface ListAnswer {
  readonly items: readonly unknown[];
  /** Where to read on; null when this was all. */
  readonly next: string | null;
}

/**
 * Reads a list from its beginning, answer by answer of at most `most` items, until there are `amount` of them or no more.
 * The reply is like one answer that holds them all; one that does not parse is replied as it is.
 */
export async function readUpTo<A extends ListAnswer>(
  { amount, most, answer }: { readonly amount: number; readonly most: number; readonly answer: z.ZodType<A> },
  ask: (after: string | null, limit: number) => Promise<Reply<unknown>>,
): Promise<Reply<unknown>> {
  const items: unknown[] = [];
  let after: string | null = null;
  for (;;) {
    const reply = await ask(after, Math.min(most, amount - items.length));
    if (!reply.ok) return reply;
    const read = answer.safeParse(reply.value);
    if (!read.success) return reply;
    items.push(...read.data.items);
    after = read.data.next;
    if (after === null || items.length >= amount || read.data.items.length === 0) {
      return { ok: true, value: { ...read.data, items } };
    }
  }
}
