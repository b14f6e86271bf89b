import { count } from '../common/count.ts';

/** Says of how many series only the first entry could be found out. */
export function skippedWords(locale: string | undefined, skipped: number): string {
  const which = count(locale, skipped, 'repeating event');
  const shows = skipped === 1 ? 'shows only its first entry' : 'show only their first entry';
  return `${which} ${shows} here: there is too much to work out at once. The copy has all of it.`;
}
