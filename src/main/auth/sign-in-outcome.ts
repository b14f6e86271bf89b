import type { Account } from '../../contract/account.ts';
import type { Problem } from '../../contract/problem.ts';
import type { OneMoreRound } from './sign-in-problems.ts';

export interface SignedIn {
  readonly kind: 'connected';
  readonly account: Account;
}

export interface SignInFailure {
  readonly kind: 'failed';
  readonly problem: Problem;
  /** Who was chosen in place of the account that was to come back. */
  readonly chosen: string | null;
}

/** How a sign-in ends. */
export type SignInResult = SignedIn | SignInFailure;

/**
 * What one round through the browser came to: the end, or one more. `consent-needed`: Google gave no refresh token.
 * `without-dpop`: Google takes no proof from this app, and then a refresh token that is bound to no key has to do.
 */
export type RoundOutcome = SignInResult | { readonly kind: OneMoreRound };

export const failure = (problem: Problem, chosen: string | null = null): SignInFailure => ({
  kind: 'failed',
  problem,
  chosen,
});
