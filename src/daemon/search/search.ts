import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Clock } from '../../contract/clock.ts';
import type { Hit, SearchAnswer, SearchRequest } from '../../contract/search.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { findInService } from './find-in-service.ts';
import { forgiving } from './forgive.ts';
import { markText, markTitle } from './marks.ts';
import { asks, type Matches, matching, readQuery, type Term } from './query.ts';
import { readReadOn } from './read-on.ts';
import { shelfSize } from './tables.ts';

/** What somebody looks for, and where. */
export type Wish = Pick<SearchRequest, 'text' | 'from' | 'to' | 'limit' | 'after'> & {
  readonly accounts: readonly string[];
  /** The tables of each service that is asked. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
};

export type Findings = Pick<SearchAnswer, 'groups' | 'forgiven'>;

export interface Search {
  /** @throws {RangeError} for a place that no answer named, and the reason of the signal. */
  find(wish: Wish, clock: Clock, signal: AbortSignal): Promise<Findings>;
}

/** After so many milliseconds what was found so far is told, with where to go on. */
const budget = 200;

/** Reads the index. Nothing is held up for longer than one reading of one shelf takes. */
export function searchIn(db: Database): Search {
  const candidates = candidatesOf(db);
  const forgive = forgiving(db);

  return {
    async find(wish, clock, signal) {
      const terms = readQuery(wish.text);
      if (!asks(terms)) return { groups: [], forgiven: null };
      const groups = await findAll(matching(terms), terms);
      if (groups.length > 0 || wish.after !== null) return { groups, forgiven: null };
      const alike = forgive.alike(terms);
      if (alike === null) return { groups, forgiven: null };
      const meant = terms.flatMap((term): Term[] => {
        return (alike.get(term) ?? [term.text]).map((text) => ({
          ...term,
          text,
          prefix: alike.has(term) ? false : term.prefix,
        }));
      });
      const words = [...new Set(terms.flatMap((term) => alike.get(term) ?? []))];
      return { groups: await findAll(matching(terms, alike), meant), forgiven: words };

      async function findAll(matches: Matches, marked: readonly Term[]): Promise<Findings['groups']> {
        const began = clock.elapsed();
        const options = {
          candidates,
          matches,
          days: wish,
          typed: wish.text.trim().toLowerCase(),
          now: clock.now(),
          isLate: () => clock.elapsed() - began > budget,
          async breathe() {
            await setImmediate();
            signal.throwIfAborted();
          },
        };
        const found: Findings['groups'] = [];
        const after = wish.after === null ? null : readReadOn(wish.after);
        for (const [service, sources] of wish.sources) {
          const shelves = new Map(
            wish.accounts.flatMap((accountId) =>
              sources.flatMap((source) => {
                const shelf = candidates.shelf(accountId, source);
                return shelf === null ? [] : [[shelf, accountId] as const];
              }),
            ),
          );
          const { found: best, next } = await findInService([...shelves.keys()], wish.limit, after, options);
          if (best.length === 0 && next === null) continue;
          const hits = best.map((each) => hitOf(each, shelves.get(Math.floor(each.id / shelfSize)) ?? '', marked));
          found.push({ service, hits, next: next && JSON.stringify(next) });
        }
        return found;
      }
    },
  };

  function hitOf({ id, item, title, starts, ends }: Candidate, accountId: string, terms: readonly Term[]): Hit {
    const marked = markTitle(title, terms);
    const snippet = marked.marks.length > 0 ? null : markText(candidates.textOf(id), terms);
    return { accountId, item, title: marked, snippet, starts, ends };
  }
}
