import { count } from '../common/count.ts';

/** Says of how many series not all could be found out. */
export function skippedWords(locale: string | undefined, skipped: number): string {
  const which = count(locale, skipped, 'repeating event');
  return `${which} may show less than there is here: it is too much to work out at once. The copy has all of it.`;
}
