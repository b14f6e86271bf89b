import { z } from 'zod';
import type { Next } from './feed.ts';

/**
 * How far a list has been read. Every full reading has a generation of its own, and stamps it on the rows it meets: what
 * does not bear it at the end is gone at Google.
 */
export type Cursor<M> =
  /** Reading from the beginning; `page` is the next page. */
  | {
      readonly kind: 'full';
      readonly generation: number;
      readonly page: string | null;
      /** The mark that was taken before this reading, where the feed takes one. */
      readonly begun?: M | undefined;
      /** How many rows the reading before did not meet: too many to be removed by its word alone. */
      readonly doubts?: number | undefined;
    }
  /**
   * All was read. `mark` asks for what changed since; without one, the list is read whole each time. `fullAt`: when it was
   * last read from the beginning, in epoch milliseconds.
   */
  | { readonly kind: 'current'; readonly generation: number; readonly mark: M | null; readonly fullAt: number }
  /** Between two pages of changes. */
  | {
      readonly kind: 'delta';
      readonly generation: number;
      readonly mark: M;
      readonly page: string;
      readonly begun?: M | undefined;
      readonly fullAt: number;
    };

const generation = z.number().int();

/** The cursor of a feed, as it is kept; a mark of another contract does not parse. */
export function cursorSchema<M>(mark: z.ZodType<M>): z.ZodType<Cursor<M>> {
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('full'),
      generation,
      page: z.string().nullable(),
      begun: mark.optional(),
      doubts: z.number().int().optional(),
    }),
    z.strictObject({ kind: z.literal('current'), generation, mark: mark.nullable(), fullAt: z.number() }),
    z.strictObject({
      kind: z.literal('delta'),
      generation,
      mark,
      page: z.string(),
      begun: mark.optional(),
      fullAt: z.number(),
    }),
  ]);
}

/** Where a list starts that was never read. */
export const firstCursor = { kind: 'full', generation: 1, page: null } as const satisfies Cursor<never>;

/** Reads the list from its beginning again; the rows there stay until that reading is complete. */
export function fromTheBeginning({
  generation: last,
}: {
  readonly generation: number;
}): Extract<Cursor<never>, { kind: 'full' }> {
  return { kind: 'full', generation: last + 1, page: null };
}

/** Where to go on after a page. `begun` is the mark that was taken before the reading, null where none was. */
export function afterPage<M>(cursor: Cursor<M>, next: Next<M>, begun: M | null, now: number): Cursor<M> {
  const { generation: own } = cursor;
  if ('mark' in next) {
    const fullAt = cursor.kind === 'full' ? now : cursor.fullAt;
    return { kind: 'current', generation: own, mark: next.mark ?? begun, fullAt };
  }
  const kept = begun === null ? {} : { begun };
  if (cursor.kind === 'full') return { ...cursor, ...kept, page: next.page };
  // Changes are only ever asked for by a mark.
  return cursor.mark === null
    ? fromTheBeginning(cursor)
    : { kind: 'delta', generation: own, mark: cursor.mark, page: next.page, ...kept, fullAt: cursor.fullAt };
}

/**
 * Where to start over when Google no longer knows a page or a mark. Null where nothing was sent that it could have
 * forgotten: the refusal is of the list itself.
 */
export function afterForgetting<M>(cursor: Cursor<M>, what: 'page' | 'mark'): Cursor<M> | null {
  switch (cursor.kind) {
    case 'full':
      return cursor.page === null ? null : fromTheBeginning(cursor);
    case 'delta':
      if (what === 'mark') return fromTheBeginning(cursor);
      return { kind: 'current', generation: cursor.generation, mark: cursor.mark, fullAt: cursor.fullAt };
    case 'current':
      return fromTheBeginning(cursor);
    default:
      return cursor satisfies never;
  }
}

/** A list that gave nothing to ask by is read whole this often: seldom, because each time costs all of it. */
const wholeAgainAfter = 3_600_000;

/**
 * What a pass over a list begins with: the cursor as it is, the list from its beginning because that is due, or nothing,
 * because a list without a mark was read whole a short while ago: one that never has any (`tellsChanges` is false) is left
 * alone for as long as its feed says. A clock that was set back counts as due.
 */
export function beginning<M>(
  cursor: Cursor<M>,
  { rereadAfter, tellsChanges }: { readonly rereadAfter: number | null; readonly tellsChanges: boolean },
  now: number,
): Cursor<M> | null {
  if (cursor.kind !== 'current') return cursor;
  const age = now - cursor.fullAt;
  const without = tellsChanges
    ? Math.min(rereadAfter ?? wholeAgainAfter, wholeAgainAfter)
    : (rereadAfter ?? wholeAgainAfter);
  const due = cursor.mark === null ? without : rereadAfter;
  if (due !== null && (age >= due || age < 0)) return fromTheBeginning(cursor);
  return cursor.mark === null ? null : cursor;
}
