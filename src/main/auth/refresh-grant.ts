import { decodeJwt } from 'jose';
import type { Clock } from '../../contract/clock.ts';
import type { Connection } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { KeychainError } from '../keychain/problem.ts';
import { clientChanged, connectionOf, diagnose, grantMissing, grantSwapped, keyLost } from './diagnosis.ts';
import type { GrantRead, Grants } from './grants.ts';
import { AuthFailure, observeException } from './observe.ts';
import { type FreshAccess, type TokenEndpoint, type Tokens, takeAccess } from './token-endpoint.ts';

/** What one refresh came to. Instants are epoch milliseconds. */
export type RefreshOutcome =
  | {
      readonly kind: 'ok';
      readonly at: number;
      /** Null when Google did not say, which means those that were granted before (RFC 6749, section 6). */
      readonly scopes: readonly string[] | null;
      /** Whether Google says that the grant is this account's; null when it did not say. */
      readonly sameAccount: boolean | null;
      /** This computer's clock less Google's, in milliseconds; null when the answer had no date. */
      readonly clockSkew: number | null;
    }
  | { readonly kind: 'failed'; readonly at: number; readonly observation: Observation }
  /** The keychain held nothing that could be tried. */
  | { readonly kind: 'no-grant'; readonly at: number; readonly answer: Exclude<GrantRead['kind'], 'ok'> };

export interface RefreshDeps {
  readonly accountId: string;
  readonly grants: Grants;
  readonly endpoint: () => Promise<TokenEndpoint>;
  readonly clock: Clock;
}

/**
 * Tries the account's refresh token once (RFC 6749, section 6): what came of it, and the access token or the state that the
 * account is in without one. `isCurrent` says whether no sign-in has brought another refresh token meanwhile. Never rejects.
 */
export async function refreshGrant(
  { accountId, grants, endpoint, clock }: RefreshDeps,
  isCurrent: () => boolean,
): Promise<[RefreshOutcome, Connection | FreshAccess]> {
  const at = clock.now();
  const grant = await grants.read(accountId);
  if (grant.kind !== 'ok') return [{ kind: 'no-grant', at, answer: grant.kind }, withoutGrant(grant.kind)];
  let tokens: Tokens;
  try {
    tokens = await (await endpoint()).refresh(grant);
  } catch (error) {
    if (error instanceof KeychainError) {
      return [{ kind: 'no-grant', at, answer: error.problem }, keychainState(error.problem)];
    }
    const observation = error instanceof AuthFailure ? error.observation : observeException('refresh', error);
    return [{ kind: 'failed', at, observation }, connectionOf(diagnose(observation, clock.now()))];
  }
  const sameAccount = isOf(accountId, tokens.idToken);
  const clockSkew = tokens.serverDate === null ? null : clock.now() - tokens.serverDate;
  const scopes = tokens.scopes.length > 0 ? tokens.scopes : null;
  const outcome = { kind: 'ok', at, scopes, sameAccount, clockSkew } as const;
  if (sameAccount === false) return [outcome, grantSwapped];
  // Google does not rotate refresh tokens today; should it hand out a new one, it is stored before it is relied on.
  if (isCurrent() && tokens.refreshToken !== null && tokens.refreshToken !== grant.refreshToken) {
    const stored = await grants.store(accountId, { refreshToken: tokens.refreshToken, key: grant.key });
    if (stored.kind !== 'ok') return [outcome, keychainState(stored.kind)];
  }
  return [outcome, takeAccess(tokens)];
}

function withoutGrant(answer: Exclude<GrantRead['kind'], 'ok'>): Connection {
  switch (answer) {
    case 'absent':
    case 'ruined':
      return grantMissing;
    case 'key-lost':
      return keyLost;
    case 'other-client':
      return clientChanged;
    default:
      return keychainState(answer);
  }
}

/**
 * Whether an ID token speaks of the account. It came straight from the token endpoint over TLS, which is proof enough of
 * who issued it (OpenID Connect Core 1.0, section 3.1.3.7, item 6).
 */
function isOf(accountId: string, idToken: string | null): boolean | null {
  if (idToken === null) return null;
  try {
    const { sub } = decodeJwt(idToken);
    return sub === undefined ? null : sub === accountId;
  } catch {
    return null;
  }
}
