export interface GivenBack {
  /** Ends a grant that nobody is going to have. Never rejects. */
  readonly giveBack: (refreshToken: string) => Promise<void>;
  /** Settles when nothing is being given back any more; each is bounded by the time limit of its request. */
  readonly settled: () => Promise<void>;
}

/**
 * Remembers which grants are being given back. Ending one ends every grant of the same person, so one that is late at Google
 * would end what the person has signed in to since.
 */
export function rememberGivenBack(giveBack: (refreshToken: string) => Promise<void>): GivenBack {
  const underWay = new Set<Promise<void>>();
  return {
    async giveBack(refreshToken) {
      const one = giveBack(refreshToken);
      underWay.add(one);
      await one;
      underWay.delete(one);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
