import { z } from 'zod';
import type { When } from './when.ts';

/**
 * A place in the order of an agenda: by the moment something starts, all-day things before timed ones of the same moment,
 * then by the row and the start of it, which together tell any two occurrences apart.
 */
export interface Position {
  /** Epoch milliseconds; of an all-day thing the midnight in the zone that asks. */
  readonly at: number;
  readonly kind: When['kind'];
  readonly row: number;
  /** In the terms of {@link When}. */
  readonly start: number;
}

const Encoded = z.tuple([z.number(), z.literal([0, 1]), z.number().int(), z.number()]);

const rank = ({ kind }: Pick<Position, 'kind'>): 0 | 1 => (kind === 'timed' ? 1 : 0);

/** Negative where `a` comes before `b`. */
export const inOrder = (a: Position, b: Position): number =>
  a.at - b.at || rank(a) - rank(b) || a.row - b.row || a.start - b.start;

/** The index of the first that comes behind a position, of things in order. */
export function firstBehind(ordered: readonly Position[], position: Position): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = ordered[middle];
    if (at !== undefined && inOrder(at, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const writePosition = (position: Position): string =>
  Buffer.from(JSON.stringify([position.at, rank(position), position.row, position.start])).toString('base64url');

/** @throws {RangeError} where the text is none that {@link writePosition} wrote. */
export function readPosition(text: string): Position {
  try {
    const [at, kind, row, start] = Encoded.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { at, kind: kind === 1 ? 'timed' : 'all-day', row, start };
  } catch (cause) {
    throw new RangeError('This place in the agenda makes no sense. Nothing is lost; read it from its beginning.', {
      cause,
    });
  }
}
