/** Embeddings, overrides, isolates and marks (https://www.unicode.org/reports/tr9/), and the deprecated ones beside them. */
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/gu;
const controls = /[\p{Cc}\u2028\u2029]+/gu;
/** As many as the longest flag has behind its first character; no language stacks more marks on a letter. */
const stacks = /([\p{M}\p{Cf}]{6})[\p{M}\p{Cf}]+/gu;
/** What a font draws nothing for; U+2800 is Braille without dots. */
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text of somebody else's as it may be shown: at most `longest` UTF-16 units, one line, and without what would change
 * the order or cover the words beside it. What lies far beyond the cut is never looked at, so a huge text costs no more
 * than a long one.
 */
export function shownText(text: string, longest = 1_000): string {
  const seen = beginning(text, longest);
  const clean = seen.replaceAll(directions, '').replaceAll(controls, ' ').replaceAll(stacks, '$1');
  return shortened(clean, longest, seen.length < text.length);
}

/** An address or an identifier as it may be shown: each run of invisible characters shows as one U+FFFD. */
export function shownAddress(text: string): string {
  const longest = 1_000;
  const seen = beginning(text, longest);
  const clean = seen.replaceAll(invisible, '\ufffd').replaceAll(stacks, '$1');
  return shortened(clean, longest, seen.length < text.length);
}

/** Enough of the text to fill `longest` units after cleaning, unless most of it is invisible; lone surrogates replaced. */
function beginning(text: string, longest: number): string {
  const end = 4 * longest;
  const whole = isInsidePair(text, end) ? end - 1 : end;
  return text.slice(0, whole).toWellFormed();
}

function shortened(text: string, longest: number, more: boolean): string {
  if (!more && text.length <= longest) return text;
  return `${text.slice(0, lastBoundary(text, longest - 1))}…`;
}

/** The last place at or before `at` where a character ends; inside a character that is longer still, a code point. */
function lastBoundary(text: string, at: number): number {
  if (text.length <= at) return text.length;
  const begins = graphemes.segment(text).containing(at)?.index ?? 0;
  if (begins > 0) return begins;
  return isInsidePair(text, at) ? at - 1 : at;
}

const isInsidePair = (text: string, at: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
