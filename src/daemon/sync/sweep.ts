/** So many rows may go by the word of one reading. */
const few = 50;

/** And so large a part of a list. */
const part = 0.25;

/**
 * Whether a reading from the beginning would take so much of a list away that a second one has to agree: a half-broken
 * Google that leaves things out is more likely than a person who removes so much while nobody looks. `doubted` is how many
 * rows the reading before did not meet; null where there was none.
 */
export function isTooMuch(
  { all, unmet }: { readonly all: number; readonly unmet: number },
  doubted: number | null,
): boolean {
  if (unmet <= few || unmet <= all * part) return false;
  return doubted === null || unmet > doubted;
}
