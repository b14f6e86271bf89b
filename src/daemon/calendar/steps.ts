/**
 * What looking into recurrences may cost: a step is a day that is looked at or an occurrence that is met, well below a
 * microsecond each. Counted, so that what is found does not depend on the computer.
 */
export interface Steps {
  /** Spends some; false where there are not so many left, and then there are none. */
  take(amount: number): boolean;
  /** How many have been spent. */
  spent(): number;
}

/** So many steps at most; what is spent of them is spent of `purse`, too. */
export function stepsUpTo(most: number, purse?: Steps): Steps {
  let spent = 0;
  return {
    take(amount) {
      spent = Math.min(most, spent + amount);
      return (purse?.take(amount) ?? true) && spent < most;
    },
    spent: () => spent,
  };
}
