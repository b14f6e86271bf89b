import type { Clock } from '../../contract/clock.ts';
import type { Connection } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { KeychainError } from '../keychain/problem.ts';
import { clientChanged, connectionOf, diagnose, grantMissing, grantSwapped, keyLost } from './diagnosis.ts';
import type { Grant, GrantRead, Grants } from './grants.ts';
import { subjectOf } from './id-token.ts';
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

/** A refresh token that Google has given in the place of another, and that the keychain has not taken yet. */
export interface Unstored {
  /** What stands in the keychain in its place. */
  readonly former: string;
  readonly grant: Grant;
}

/** What one refresh leaves. */
export interface Refreshed {
  readonly outcome: RefreshOutcome;
  /** The access token, or the state that the account is in without one. */
  readonly result: Connection | FreshAccess;
  readonly unstored: Unstored | null;
}

/**
 * Tries the account's refresh token once (RFC 6749, section 6), or the one that is to take its place. `isCurrent` says whether
 * no sign-in has brought another meanwhile. Never rejects.
 */
export async function refreshGrant(
  { accountId, grants, endpoint, clock }: RefreshDeps,
  unstored: Unstored | null,
  isCurrent: () => boolean,
): Promise<Refreshed> {
  const at = clock.now();
  const held = unstored === null ? await grants.read(accountId) : ({ kind: 'ok', ...unstored.grant } as const);
  if (held.kind !== 'ok') {
    return { outcome: { kind: 'no-grant', at, answer: held.kind }, result: withoutGrant(held.kind), unstored: null };
  }
  let tokens: Tokens;
  try {
    tokens = await (await endpoint()).refresh(held);
  } catch (error) {
    if (error instanceof KeychainError) {
      const outcome = { kind: 'no-grant', at, answer: error.problem } as const;
      return { outcome, result: keychainState(error.problem), unstored };
    }
    const observation = error instanceof AuthFailure ? error.observation : observeException('refresh', error);
    const result = connectionOf(diagnose(observation, clock.now()));
    return { outcome: { kind: 'failed', at, observation }, result, unstored };
  }
  const sameAccount = isOf(accountId, tokens.idToken);
  const clockSkew = tokens.serverDate === null ? null : clock.now() - tokens.serverDate;
  const scopes = tokens.scopes.length > 0 ? tokens.scopes : null;
  const outcome = { kind: 'ok', at, scopes, sameAccount, clockSkew } as const;
  if (sameAccount === false) return { outcome, result: grantSwapped, unstored };
  const result = takeAccess(tokens);
  // Google does not rotate refresh tokens today. Should it hand out a new one, the old one may be dead: what the keychain
  // does not take at once is kept in memory, and tried again with every refresh.
  const former = unstored?.former ?? held.refreshToken;
  const rotated = tokens.refreshToken !== null && tokens.refreshToken !== held.refreshToken;
  const latest = rotated ? { refreshToken: tokens.refreshToken ?? '', key: held.key } : unstored?.grant;
  if (latest === undefined || !isCurrent()) return { outcome, result, unstored: null };
  const stored = await grants.replace(accountId, former, latest);
  const isKept = stored.kind === 'ok' || stored.kind === 'other';
  return { outcome, result, unstored: isKept ? null : { former, grant: latest } };
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

/** Whether an ID token speaks of the account; null where it does not say of whom. */
function isOf(accountId: string, idToken: string | null): boolean | null {
  const subject = idToken === null ? null : subjectOf(idToken);
  return subject === null ? null : subject === accountId;
}
