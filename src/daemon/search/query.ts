import { spaced } from './spaced.ts';

/** A word, or words in a row. */
export interface Term {
  /** As it was typed, without quotation marks. */
  readonly text: string;
  /** Whether words that begin with it count. */
  readonly prefix: boolean;
  /** Whether what has it is left out. */
  readonly without: boolean;
  /** Whether it was put in quotation marks. */
  readonly exact: boolean;
}

/** So many terms are looked for; nobody types more, and each costs. */
const mostTerms = 12;

/** Quotation marks of several languages all mean that the words belong together. */
const quoted = /^["“”„«»](.*)["“”„«»]$/u;

/**
 * What somebody typed: words that all have to be there, "words in a row", and -words that must not be there. The last word
 * counts by its beginning, because more of it may be coming, unless a space says that it is whole.
 */
export function readQuery(text: string): Term[] {
  // FTS5 reads its notation as C does: a zero is its end.
  const clean = text
    .normalize('NFC')
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ');
  const parts = clean.match(/-?["“”„«»][^"“”„«»]*["“”„«»]?|\S+/gu) ?? [];
  return parts
    .map((part, index): Term => {
      const without = /^-./u.test(part);
      const bare = without ? part.slice(1) : part;
      const exact = /^["“”„«»]/u.test(bare);
      const words = (quoted.exec(bare)?.[1] ?? bare.replace(/^["“”„«»]/u, '')).trim();
      const prefix = !exact && !without && index === parts.length - 1 && !/\s$/u.test(clean);
      return { text: words, prefix, without, exact };
    })
    .filter((term) => /[\p{L}\p{N}]/u.test(term.text))
    .slice(0, mostTerms);
}

/** Whether there is anything to look for. */
export const asks = (terms: readonly Term[]): boolean => terms.some(({ without }) => !without);

/** What is asked of the index, in FTS5's notation: https://www.sqlite.org/fts5.html#full_text_query_syntax */
export interface Matches {
  /** Documents that have all of it in their title. */
  readonly inTitle: string;
  /** Those that have all of it, but not all in their title. */
  readonly inText: string;
  /** Those that have pieces of words like these in their title; null where a piece is too short to be looked for. */
  readonly pieces: string | null;
  /** Those that are among the first two, or are not wanted. */
  readonly any: string;
}

/** A term is the words that it stands for, any of which will do. */
export function matching(terms: readonly Term[], alike: ReadonlyMap<Term, readonly string[]> = new Map()): Matches {
  const either = (term: Term) => {
    const words = alike.get(term);
    return words === undefined ? phrase(term) : `(${words.map(quote).join(' OR ')})`;
  };
  const wanted = terms.filter(({ without }) => !without);
  const unwanted = terms.filter(({ without }) => without).map(phrase);
  const all = `(${wanted.map(either).join(' AND ')})`;
  const none = unwanted.length > 0 ? ` NOT (${unwanted.join(' OR ')})` : '';
  const title = `(title : ${all})`;
  const long = wanted.every(({ text }) => [...text].length >= 3);
  return {
    inTitle: `(${title}${none})`,
    inText: `((${all} NOT ${title})${none})`,
    pieces: long ? wanted.map(({ text }) => quote(text)).join(' AND ') : null,
    any: unwanted.length > 0 ? `(${all} OR ${unwanted.join(' OR ')})` : all,
  };
}

const phrase = ({ text, prefix }: Term): string => `${quote(spaced(text).trim())}${prefix ? ' *' : ''}`;

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
