import type { Account } from '../../contract/account.ts';
import type { Clock } from '../../contract/clock.ts';
import type { SignInPurpose } from '../../contract/state.ts';
import type { KeychainWrite } from '../keychain/keychain.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import type { KeychainProblem } from '../keychain/problem.ts';
import type { GrantRead, Grants } from './grants.ts';
import type { RedeemDeps, Redeemed } from './redeem-code.ts';
import { failure, type SignedIn, type SignInFailure } from './sign-in-outcome.ts';
import { type FreshAccess, takeAccess } from './token-endpoint.ts';

/** Where what is signed in is written down. */
export interface SignInBook {
  /** Writes down whose key is about to be stored. Throws a StorageError, and then it must not be stored. */
  readonly expect: (account: Account, access: FreshAccess) => void;
  /** The key that was expected has not come. */
  readonly giveUp: (accountId: string) => void;
  /** The key is stored. Rejects with a StorageError where the account cannot be taken over. */
  readonly adopt: (account: Account, access: FreshAccess, pictureUrl: string | null) => Promise<void>;
}

export interface KeepDeps extends Pick<RedeemDeps, 'giveBack' | 'isKnown'> {
  readonly clock: Clock;
  readonly grants: Grants;
  readonly book: SignInBook;
}

type NotKept = SignInFailure | { readonly kind: 'consent-needed' };

/**
 * Writes down who has signed in, then puts the refresh token and the key it is bound to into the keychain; without one in
 * the answer, the one held before has to be there. That one stays bound as it was: a new key binds only what is issued with
 * it. Nothing slow is done in between. What cannot be kept is given back.
 */
export async function keepGrant(
  deps: KeepDeps,
  redeemed: Redeemed,
  { purpose, scopes }: { readonly purpose: SignInPurpose; readonly scopes: readonly string[] },
): Promise<SignedIn | NotKept> {
  const { clock, grants, book } = deps;
  const { identity, tokens, key } = redeemed;
  const account: Account = {
    id: identity.id,
    email: identity.email,
    name: identity.name,
    picture: null,
    // An answer that names no scopes says that they are those that were asked for (RFC 6749, section 5.1).
    grantedScopes: tokens.scopes.length > 0 ? [...tokens.scopes] : [...scopes].sort(),
    consentedAt: clock.now(),
    grantExpiresAt: tokens.grantExpiresAt,
  };
  const access = takeAccess(tokens);
  try {
    book.expect(account, access);
    const { refreshToken } = tokens;
    const notKept =
      refreshToken === null
        ? judgeHeld(await grants.read(account.id), purpose)
        : judgeStored(await grants.store(account.id, { refreshToken, key }));
    if (notKept !== null) {
      book.giveUp(account.id);
      giveBackTokens(deps, redeemed);
      return notKept;
    }
    await book.adopt(account, access, identity.pictureUrl);
  } catch (error) {
    giveBackTokens(deps, redeemed);
    throw error;
  }
  return { kind: 'connected', account };
}

/** Ending the grant of somebody who is signed in would end theirs too. Nobody waits for it. */
function giveBackTokens({ giveBack, isKnown }: KeepDeps, { identity, tokens }: Redeemed): void {
  if (tokens.refreshToken !== null && !isKnown(identity.id)) void giveBack(tokens.refreshToken);
}

/** Null where the new refresh token is in the keychain. */
const judgeStored = (stored: KeychainWrite): NotKept | null =>
  stored.kind === 'ok' ? null : keychainFailed(stored.kind);

/** Null where the refresh token of an earlier sign-in will do. */
function judgeHeld(held: GrantRead, purpose: SignInPurpose): NotKept | null {
  switch (held.kind) {
    case 'ok':
      // After a reconnect the held token is the dead one, and it never gives more than it was given for.
      return purpose !== 'sign-in' ? { kind: 'consent-needed' } : null;
    case 'absent':
    case 'ruined':
    case 'key-lost':
    case 'other-client':
      return { kind: 'consent-needed' };
    default:
      return keychainFailed(held.kind);
  }
}

const keychainFailed = (problem: KeychainProblem): SignInFailure =>
  failure({ code: 'keychain', sentence: keychainState(problem).sentence });
