import type { Database } from 'better-sqlite3';
import type { Matches } from './query.ts';
import { shelfSize } from './tables.ts';

/** A document that may be shown. */
export interface Candidate {
  readonly id: number;
  readonly starts: number | null;
  readonly ends: number | null;
  readonly family: string | null;
  readonly title: string;
  readonly item: string;
}

/** Where the words are: what has all of them in its title is better than what does not, and pieces of words come last. */
export const tiers = ['title', 'text', 'pieces'] as const;
export type Tier = (typeof tiers)[number];

/** Where on a shelf to look. */
export interface Place {
  readonly tier: Tier;
  readonly shelf: number;
  /** Below this id; the latest come first. */
  readonly below: number;
}

export interface Days {
  readonly from: number | null;
  readonly to: number | null;
}

/** So many of a shelf are looked at before the best of them are chosen: what costs a few milliseconds. */
export const block = 500;

export interface Candidates {
  /** The latest documents of a shelf that match, at most {@link block} of them. */
  read(matches: Matches, place: Place, days: Days): Candidate[];
  /** The shelf of an account's rows of a table; null where nothing was ever put on it. */
  shelf(accountId: string, source: string): number | null;
  textOf(id: number): string;
}

/** Reads what matches from the index, by the ids of documents, which is what costs least. */
export function candidatesOf(db: Database): Candidates {
  const columns = 'd.id, d.starts, d.ends, d.family, d.title, d.item';
  const dated = '(? IS NULL OR coalesce(d.ends, d.starts) >= ?) AND (? IS NULL OR d.starts < ?)';
  type Params = [string, number, number, number | null, number | null, number | null, number | null];
  const inWords = db.prepare<[...Params, number], Candidate>(`
    SELECT ${columns} FROM words JOIN documents d ON d.id = words.rowid
    WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? AND ${dated}
    ORDER BY words.rowid DESC LIMIT ?`);
  const inPieces = db.prepare<[...Params, string, number], Candidate>(`
    SELECT ${columns} FROM pieces JOIN documents d ON d.id = pieces.rowid
    WHERE pieces MATCH ? AND pieces.rowid >= ? AND pieces.rowid < ? AND ${dated}
      AND NOT EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND words.rowid = d.id)
    ORDER BY pieces.rowid DESC LIMIT ?`);
  const shelf = db
    .prepare<[string, string], number>('SELECT number FROM shelves WHERE account_id = ? AND source = ?')
    .pluck();
  const text = db.prepare<[number], string>('SELECT text FROM documents WHERE id = ?').pluck();

  return {
    read(matches, { tier, shelf: number, below }, { from, to }) {
      const range = [number * shelfSize, below, from, from, to, to] as const;
      switch (tier) {
        case 'title':
          return inWords.all(matches.inTitle, ...range, block);
        case 'text':
          return inWords.all(matches.inText, ...range, block);
        case 'pieces':
          return matches.pieces === null ? [] : inPieces.all(matches.pieces, ...range, matches.any, block);
        default:
          return tier satisfies never;
      }
    },
    shelf: (accountId, source) => shelf.get(accountId, source) ?? null,
    textOf: (id) => text.get(id) ?? '',
  };
}
