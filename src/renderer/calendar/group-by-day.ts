import type { AgendaItem } from '../../contract/calendar.ts';
import { addDays, daysBetween, dayTeller } from '../common/days.ts';

/** When an item happens, as seen from one of the days it covers. */
export type Span =
  | { readonly kind: 'all-day' }
  | { readonly kind: 'within'; readonly start: number; readonly end: number }
  | { readonly kind: 'begins'; readonly start: number }
  | { readonly kind: 'ends'; readonly end: number };

export interface Entry {
  readonly item: AgendaItem;
  readonly span: Span;
}

export interface AgendaDay {
  readonly day: string;
  readonly entries: readonly Entry[];
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** The days of the range that have something on them, each with what it has: all-day things first, then by time. */
export function groupByDay(items: readonly AgendaItem[], { from, to, timeZone }: Range): AgendaDay[] {
  const dayOf = dayTeller(timeZone);
  const days = new Map<string, Entry[]>(daysBetween(from, to).map((day) => [day, []]));

  for (const item of items) {
    const { first, last } = coverage(item, dayOf);
    // Clipped first: an item may well go on for years.
    const begin = first > from ? first : from;
    const end = last < to ? addDays(last, 1) : to;
    for (const day of daysBetween(begin, end)) days.get(day)?.push({ item, span: spanOn(day, item, first, last) });
  }

  return [...days]
    .filter(([, entries]) => entries.length > 0)
    .map(([day, entries]) => ({ day, entries: entries.toSorted(byTime) }));
}

/** The first and the last day an item covers. What ends at midnight does not reach into the next day. */
function coverage({ when }: AgendaItem, dayOf: (moment: number) => string): { first: string; last: string } {
  switch (when.kind) {
    case 'all-day': {
      // The end is exclusive; something without length still has its day.
      const last = when.end > when.start ? addDays(when.end, -1) : when.start;
      return { first: when.start, last };
    }
    case 'timed':
      return { first: dayOf(when.start), last: dayOf(Math.max(when.start, when.end - 1)) };
    default:
      return when satisfies never;
  }
}

function spanOn(day: string, { when }: AgendaItem, first: string, last: string): Span {
  if (when.kind === 'all-day') return { kind: 'all-day' };
  if (first === last) return { kind: 'within', start: when.start, end: when.end };
  if (day === first) return { kind: 'begins', start: when.start };
  if (day === last) return { kind: 'ends', end: when.end };
  return { kind: 'all-day' };
}

/** What is still going on from the day before comes ahead of what begins today. */
function rank(span: Span): number {
  switch (span.kind) {
    case 'all-day':
      return Number.NEGATIVE_INFINITY;
    case 'ends':
      return 0;
    case 'within':
    case 'begins':
      return span.start;
    default:
      return span satisfies never;
  }
}

function byTime(a: Entry, b: Entry): number {
  const [left, right] = [rank(a.span), rank(b.span)];
  // Not a subtraction: two infinities make NaN. Sorting is stable, so equals keep the order of the answer.
  return left < right ? -1 : left > right ? 1 : 0;
}
