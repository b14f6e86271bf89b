import type { Account } from '../../contract/account.ts';
import type { Attempt } from './authorization-request.ts';
import { type DpopKey, newDpopKey } from './dpop.ts';
import { refusesDpop } from './dpop-answers.ts';
import { type Identity, subjectOf, type VerifyIdToken } from './id-token.ts';
import { AuthFailure } from './observe.ts';
import { failure, type SignInFailure } from './sign-in-outcome.ts';
import { problems } from './sign-in-problems.ts';
import type { TokenEndpoint, Tokens } from './token-endpoint.ts';

/** What an authorization code was redeemed for: nothing of it is stored yet. */
export interface Redeemed {
  readonly kind: 'redeemed';
  readonly identity: Identity;
  readonly tokens: Tokens;
  readonly key: DpopKey | null;
}

export type Redemption = Redeemed | SignInFailure | { readonly kind: 'without-dpop' };

/** Who has to sign in; null when anybody may. */
export type ExpectedAccount = Pick<Account, 'id' | 'email'> | null;

export interface RedeemDeps {
  readonly tokenEndpoint: () => Promise<TokenEndpoint>;
  readonly verifyIdToken: () => Promise<VerifyIdToken>;
  /** Ends a grant that nobody is going to have. Never rejects. */
  readonly giveBack: (refreshToken: string) => Promise<void>;
  /** Whether somebody is signed in, whose grant at Google is the same as that of a new sign-in. */
  readonly isKnown: (accountId: string) => boolean;
}

export interface CodeToRedeem {
  readonly code: string;
  readonly attempt: Attempt;
  readonly redirectUri: string;
  /** Whether the refresh token is to be bound to a new key. */
  readonly dpop: boolean;
  readonly expected: ExpectedAccount;
}

/**
 * Exchanges an authorization code (RFC 6749, section 4.1.3), and finds out by the ID token who has signed in. Rejects with
 * an AuthFailure, or with an IdTokenError where the ID token does not pass.
 */
export async function redeemCode(
  deps: RedeemDeps,
  { code, attempt, redirectUri, dpop, expected }: CodeToRedeem,
): Promise<Redemption> {
  const endpoint = await deps.tokenEndpoint();
  const key = dpop ? await newDpopKey() : null;
  const tokens = await endpoint
    .exchange({ code, verifier: attempt.verifier, redirectUri, key })
    .catch((error: unknown) => {
      if (key !== null && error instanceof AuthFailure && refusesDpop(error.observation)) return null;
      throw error;
    });
  if (tokens === null) return { kind: 'without-dpop' };
  let redeemed: Redeemed | SignInFailure;
  try {
    redeemed = await identify(deps, tokens, attempt, key, expected);
  } catch (error) {
    discard(deps, tokens);
    throw error;
  }
  if (redeemed.kind === 'failed') discard(deps, tokens);
  return redeemed;
}

async function identify(
  deps: RedeemDeps,
  tokens: Tokens,
  attempt: Attempt,
  key: DpopKey | null,
  expected: ExpectedAccount,
): Promise<Redeemed | SignInFailure> {
  if (tokens.idToken === null) return failure(problems.noIdToken);
  const verify = await deps.verifyIdToken();
  const identity = await verify(tokens.idToken, attempt.nonce);
  return otherAccount(identity, expected) ?? { kind: 'redeemed', identity, tokens, key };
}

/** The failure when somebody else has signed in than was expected. */
function otherAccount({ id, email }: Identity, expected: ExpectedAccount): SignInFailure | null {
  if (expected === null || id === expected.id) return null;
  return failure(problems.otherAccount(email, expected.email), email);
}

/**
 * What was issued and cannot be kept would live on at Google without anybody knowing of it. Whose it is stands in the ID
 * token, which came over TLS; ending the grant of somebody who is signed in would end theirs too.
 */
function discard({ giveBack, isKnown }: RedeemDeps, { refreshToken, idToken }: Tokens): void {
  const id = idToken === null ? null : subjectOf(idToken);
  if (refreshToken === null || id === null || isKnown(id)) return;
  // Nobody waits for it: the network may be what is wrong.
  void giveBack(refreshToken);
}
