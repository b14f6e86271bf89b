import { z } from 'zod';
import { GoogleError } from './google-error.ts';

/** An item, with the text it came as: the mirror keeps what Google said, not what this version understood of it. */
export interface Received<T> {
  readonly item: T;
  readonly body: string;
}

/** Google allows 2,500 to be asked for. */
const mostItems = 10_000;

/** The items of an answer that can be kept: one odd item must not cost the page. */
export function readItems<T>(
  schema: z.ZodType<T>,
  items: readonly unknown[],
): { items: Received<T>[]; dropped: number } {
  const kept: Received<T>[] = [];
  for (const entry of items) {
    const item = schema.safeParse(entry);
    if (item.success) kept.push({ item: item.data, body: JSON.stringify(entry) });
  }
  return { items: kept, dropped: items.length - kept.length };
}

/** The items of a page, as they come. */
export const Items = z.array(z.unknown()).max(mostItems).default([]);

/** A page token or another that goes back in an address, which has its own limits. */
export const Token = z.string().min(1).max(8_192);

/** The answer was JSON, but not a page of a list: something other than Google may have given it. */
export function notAPage(cause?: unknown): GoogleError {
  const observation = {
    kind: 'unreadable',
    where: 'resource-api',
    status: 200,
    contentType: 'application/json',
  } as const;
  return new GoogleError(observation, cause);
}

/** Asks for a page in the largest of these sizes that is not more than is taken: see `src/http`. */
export async function askForFewer(
  ask: (size: number) => Promise<unknown>,
  [size, ...smaller]: readonly [number, ...number[]],
): Promise<unknown> {
  const [next, ...rest] = smaller;
  if (next === undefined) return ask(size);
  return ask(size).catch((error: unknown) => {
    if (isTooLarge(error)) return askForFewer(ask, [next, ...rest]);
    throw error;
  });
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof GoogleError && error.observation.kind === 'network' && error.observation.code === 'ANSWER_TOO_LARGE';
