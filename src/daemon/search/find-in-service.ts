import { block, type Candidate, type Candidates, type Days, tiers } from './candidates.ts';
import type { Matches } from './query.ts';
import type { ReadOn } from './read-on.ts';
import { shelfSize } from './tables.ts';

export interface FindOptions {
  readonly candidates: Candidates;
  readonly matches: Matches;
  readonly days: Days;
  /** What the person typed, to know what begins with it. */
  readonly typed: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Lets everything else have its turn; throws when nobody waits for the answer any more. */
  readonly breathe: () => Promise<void>;
  /** Whether it has taken long enough: what was found so far is told then. */
  readonly isLate: () => boolean;
}

/** Finds in the shelves of a service; `next` is where to go on, null when this was all. */
export async function findInService(
  shelves: readonly number[],
  limit: number,
  after: ReadOn | null,
  { candidates, matches, days, typed, now, breathe, isLate }: FindOptions,
): Promise<{ found: Candidate[]; next: ReadOn | null }> {
  const whole = Object.fromEntries(shelves.map((shelf) => [shelf, (shelf + 1) * shelfSize]));
  const found: Candidate[] = [];
  const families = new Set<string>();
  let place: ReadOn = after ?? { tier: tiers[0], below: whole, skip: 0 };

  for (;;) {
    const below: Record<string, number> = {};
    const all: Candidate[] = [];
    for (const shelf of shelves) {
      const under = place.below[shelf];
      if (under === undefined) continue;
      await breathe();
      const read = candidates.read(matches, { tier: place.tier, shelf, below: under }, days);
      const last = read.at(-1);
      if (read.length === block && last) below[shelf] = last.id;
      all.push(...read);
    }
    const best = all.sort((a, b) => byWorth(a, b, typed, now)).slice(place.skip);
    for (const [index, each] of best.entries()) {
      if (found.length === limit) return { found, next: { ...place, skip: place.skip + index } };
      if (each.family !== null && families.has(each.family)) continue;
      if (each.family !== null) families.add(each.family);
      found.push(each);
    }
    const next = Object.keys(below).length > 0 ? place.tier : tiers[tiers.indexOf(place.tier) + 1];
    if (next === undefined) return { found, next: null };
    place = { tier: next, below: next === place.tier ? below : whole, skip: 0 };
    if (isLate()) return { found, next: place };
  }
}

/** What begins with what was typed comes first; then what is on now, or nearest to now; then what came last. */
function byWorth(a: Candidate, b: Candidate, typed: string, now: number): number {
  return Number(begins(b, typed)) - Number(begins(a, typed)) || distance(a, now) - distance(b, now) || b.id - a.id;
}

const begins = ({ title }: Candidate, typed: string): boolean => title.slice(0, typed.length).toLowerCase() === typed;

function distance({ starts, ends }: Candidate, now: number): number {
  if (starts === null || (starts <= now && now <= (ends ?? starts))) return 0;
  return starts > now ? starts - now : now - (ends ?? starts);
}
