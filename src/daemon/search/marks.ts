import type { Marked } from '../../contract/search.ts';
import type { Term } from './query.ts';
import { signs } from './spaced.ts';

/** A text without case and diacritics, and where in the original each unit of it came from. */
interface Folded {
  readonly text: string;
  readonly origins: readonly number[] | null;
}

/** What is shown of a text around the first match. */
const before = 60;
const shown = 220;

/** A title with everything that matched in it. */
export const markTitle = (title: string, terms: readonly Term[]): Marked => ({
  text: title,
  marks: find(title, terms),
});

/** The part of a text around its first match; null where nothing in it matched. */
export function markText(text: string, terms: readonly Term[]): Marked | null {
  const marks = find(text, terms);
  const [first] = marks;
  if (first === undefined) return null;
  const from = first[0] <= before ? 0 : wordBefore(text, first[0] - before);
  const to = Math.min(text.length, from + shown);
  const head = from > 0 ? '…' : '';
  const shift = head.length - from;
  const seen = marks
    .filter(([, end]) => end <= to)
    .map(([start, end]): [number, number] => [start + shift, end + shift]);
  return { text: `${head}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`, marks: seen };
}

/** The beginning of the word that follows a place, so that no word is shown by half. */
function wordBefore(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  return space < 0 || space > at + 20 ? at : space + 1;
}

/** Where in the text the terms are: whole words, beginnings, words in a row; failing that, pieces. */
function find(text: string, terms: readonly Term[]): [from: number, to: number][] {
  const folded = fold(text);
  const found = terms
    .filter(({ without }) => !without)
    .flatMap((term) => {
      const inWords = ranges(folded.text, wordPattern(term));
      return inWords.length > 0 ? inWords : ranges(folded.text, new RegExp(RegExp.escape(fold(term.text).text), 'gu'));
    })
    .sort(([a], [b]) => a - b);
  const apart: [number, number][] = [];
  for (const [from, to] of found) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  const origin = (at: number) => folded.origins?.[at] ?? at;
  return apart.slice(0, 50).map(([from, to]) => [origin(from), origin(to)]);
}

/** The words of a term, with anything between them that is no word. */
function wordPattern({ text, prefix }: Term): RegExp {
  const words = fold(text).text.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];
  const row = words.map((word) => RegExp.escape(word)).join('[^\\p{L}\\p{N}\\p{Co}]+');
  // A run of signs has no words by which it begins or ends.
  const inRun = text.search(signs) >= 0;
  return inRun
    ? new RegExp(row, 'gu')
    : new RegExp(`(?<![\\p{L}\\p{N}])${row}${prefix ? '[\\p{L}\\p{N}]*' : '(?![\\p{L}\\p{N}])'}`, 'gu');
}

function ranges(text: string, pattern: RegExp): [number, number][] {
  if (pattern.source === '(?:)') return [];
  return [...text.matchAll(pattern)].flatMap(({ index, 0: match }) =>
    match === '' ? [] : [[index, index + match.length] as [number, number]],
  );
}

function fold(text: string): Folded {
  if (/^[\0-\x7f]*$/.test(text)) return { text: text.toLowerCase(), origins: null };
  const origins: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    folded += plain;
    at += character.length;
  }
  origins.push(text.length);
  return { text: folded, origins };
}
