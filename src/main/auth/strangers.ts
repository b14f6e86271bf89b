import type { RedeemDeps, Redeemed, Redemption } from './redeem-code.ts';

export type StrangerDeps = Pick<RedeemDeps, 'giveBack' | 'isKnown'>;

/** Codes that came from browsers which the app did not open, or which keep no cookies. */
export interface Strangers {
  /** Settles once the person has said of one that it was theirs, or it came from their own browser as well. */
  readonly accepted: Promise<Redemption>;
  /** Answers whether the code is looked at: one at a time is. */
  heard(code: string): boolean;
  /** The person's own browser has brought the code, too: whoever came before it had read the address. */
  own(code: string): void;
  /** The person's answer to the question. */
  answer(isMe: boolean): void;
  /** The attempt is over; `keptId` is the account that it brought. */
  close(keptId: string | null): void;
}

/**
 * Asks the person about each stranger, one at a time, by the name of who has signed in there: only Google knows that, so
 * the code is redeemed first. Whatever comes of it, the attempt goes on until the person has said yes.
 */
export function askAboutStrangers(
  { giveBack, isKnown }: StrangerDeps,
  {
    redeem,
    onQuestion,
    onWithoutDpop,
  }: {
    redeem: (code: string) => Promise<Redemption>;
    /** Who is asked about; null when nobody is any more. */
    onQuestion: (who: string | null) => void;
    /**
     * Google took no proof with a stranger's code. It does not lead to the round without proofs that the same answer leads
     * to in the app's own browser: whoever signs in elsewhere must not decide that the person's refresh token is bound to
     * no key.
     */
    onWithoutDpop: () => void;
  },
): Strangers {
  const accepted = Promise.withResolvers<Redemption>();
  // Nobody may be waiting for it any more when it fails.
  accepted.promise.catch(() => {});
  const redemptions = new Map<string, Promise<Redemption>>();
  const owned = new Set<string>();
  let asked: Redeemed | null = null;
  let busy = false;
  let over: { readonly keptId: string | null } | null = null;

  async function consider(code: string): Promise<void> {
    const redemption = redeem(code);
    redemptions.set(code, redemption);
    const redeemed = await redemption;
    if (owned.has(code)) return;
    if (redeemed.kind === 'redeemed') {
      if (over !== null) return drop(redeemed, over.keptId);
      asked = redeemed;
      const { email, name, id } = redeemed.identity;
      onQuestion(email || name || id);
    } else if (redeemed.kind === 'without-dpop' && over === null) onWithoutDpop();
  }

  async function drop({ identity, tokens }: Redeemed, keptId: string | null): Promise<void> {
    // Ending one grant ends every grant that the person has given to this client.
    if (identity.id === keptId || isKnown(identity.id) || tokens.refreshToken === null) return;
    await giveBack(tokens.refreshToken);
  }

  return {
    accepted: accepted.promise,
    heard(code) {
      if (busy) return false;
      busy = true;
      consider(code)
        .catch(() => {})
        .finally(() => {
          busy = asked !== null;
        });
      return true;
    },
    own(code) {
      owned.add(code);
      if (asked !== null) onQuestion(null);
      asked = null;
      redemptions.get(code)?.then(accepted.resolve, accepted.reject);
    },
    answer(isMe) {
      const redeemed = asked;
      if (redeemed === null) return;
      asked = null;
      busy = false;
      onQuestion(null);
      if (isMe) accepted.resolve(redeemed);
      else void drop(redeemed, null);
    },
    close(keptId) {
      over = { keptId };
      if (asked !== null) void drop(asked, keptId);
      asked = null;
    },
  };
}
