import type { Account } from '../../contract/account.ts';
import type { Clock } from '../../contract/clock.ts';
import type { SignInPurpose } from '../../contract/state.ts';
import type { KeychainWrite } from '../keychain/keychain.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import type { KeychainProblem } from '../keychain/problem.ts';
import type { GrantRead, Grants } from './grants.ts';
import type { Redeemed } from './redeem-code.ts';
import { failure, type SignedIn, type SignInFailure } from './sign-in-outcome.ts';
import { takeAccess } from './token-endpoint.ts';

export interface KeepDeps {
  readonly clock: Clock;
  readonly grants: Grants;
  /** The picture as a `data:` URL, or null. Never rejects. */
  readonly fetchPicture: (url: string | null) => Promise<string | null>;
}

type NotKept = SignInFailure | { readonly kind: 'consent-needed' };

/**
 * Puts the refresh token and the key it is bound to into the keychain; without one in the answer, the one held before
 * has to be there. That one stays bound as it was: a new key binds only what is issued with it.
 */
export async function keepGrant(
  { clock, grants, fetchPicture }: KeepDeps,
  { identity, tokens, key }: Redeemed,
  { purpose, scopes }: { readonly purpose: SignInPurpose; readonly scopes: readonly string[] },
): Promise<SignedIn | NotKept> {
  const { refreshToken } = tokens;
  const notKept =
    refreshToken === null
      ? judgeHeld(await grants.read(identity.id), purpose)
      : judgeStored(await grants.store(identity.id, { refreshToken, key }));
  if (notKept !== null) return notKept;
  const account: Account = {
    id: identity.id,
    email: identity.email,
    name: identity.name,
    picture: await fetchPicture(identity.pictureUrl),
    // An answer that names no scopes says that they are those that were asked for (RFC 6749, section 5.1).
    grantedScopes: tokens.scopes.length > 0 ? [...tokens.scopes] : [...scopes].sort(),
    consentedAt: clock.now(),
    grantExpiresAt: tokens.grantExpiresAt,
  };
  return { kind: 'connected', account, access: takeAccess(tokens) };
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
