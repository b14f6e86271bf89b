import type { Database } from 'better-sqlite3';
import type { Term } from './query.ts';

/** Words that are like one that nobody wrote. */
const mostWords = 8;

/** Words looked at; a mirror of a million things has a few hundred thousand. */
const mostLooked = 300_000;

export interface Forgiving {
  /** For each term that nothing has, the words that are like it; null where one has none. */
  alike(terms: readonly Term[]): ReadonlyMap<Term, readonly string[]> | null;
}

/** Forgives typing errors: one in a word of four letters or more, two in one of eight or more. */
export function forgiving(db: Database): Forgiving {
  const exists = db
    .prepare<[string, string], number>('SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1')
    .pluck();
  const like = db.prepare<[string, string], string>('SELECT term FROM vocabulary WHERE term >= ? AND term < ?').pluck();

  /** The words that are most like one, among those that begin so. */
  function nearest(word: string, beginnings: readonly string[]): string[] {
    const most = word.length >= 8 ? 2 : 1;
    const near: [errors: number, word: string][] = [];
    let looked = 0;
    for (const beginning of new Set(beginnings)) {
      for (const term of like.iterate(beginning, after(beginning))) {
        looked += 1;
        if (looked > mostLooked) break;
        if (Math.abs(term.length - word.length) > most) continue;
        const errors = distance(word, term, most);
        if (errors <= most) near.push([errors, term]);
      }
    }
    const fewest = Math.min(...near.map(([errors]) => errors));
    return near.flatMap(([errors, term]) => (errors === fewest ? [term] : [])).slice(0, mostWords);
  }

  /** Most errors are further behind; to look through all words of a letter takes ten times as long. */
  function wordsLike(word: string): string[] {
    const [first = '', second = ''] = word;
    const near = nearest(word, [first + second, second + first]);
    return near.length > 0 ? near : nearest(word, [first, second]);
  }

  return {
    alike(terms) {
      const found = new Map<Term, readonly string[]>();
      for (const term of terms) {
        const word = fold(term.text);
        if (term.without || term.exact || !/^[\p{L}\p{N}]{4,}$/u.test(word)) continue;
        if (exists.get(word, term.prefix ? after(word) : `${word}\0`) === 1) continue;
        const words = wordsLike(word);
        if (words.length === 0) return null;
        found.set(term, words);
      }
      return found.size > 0 ? found : null;
    },
  };
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What comes after all words that begin so. */
const after = (beginning: string): string => `${beginning}\u{10ffff}`;

/**
 * How many letters were left out, added, taken for others or swapped with their neighbour; `most` + 1 where it is more than
 * that: https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
export function distance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
