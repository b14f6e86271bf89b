import type { Clock } from '../../contract/clock.ts';
import type { Connection } from '../../contract/connection.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { connected, diagnose, grantMissing, keyLost, permissionMissing, refreshing } from './diagnosis.ts';
import type { Grants } from './grants.ts';
import { AuthFailure, observeException } from './observe.ts';
import { missingScopes } from './scopes.ts';
import type { TokenEndpoint, Tokens } from './token-endpoint.ts';

/** A short-lived access token. `serial` names it without quoting it. */
export interface AccessToken {
  readonly token: string;
  readonly serial: number;
  readonly expiresAt: number;
}

export interface AccessTokens {
  /**
   * A token that is good now, refreshed 5 minutes before its end; null when there is none to be had, and then
   * `onConnection` has said why. `rejected` is the serial of a token that Google answered with 401: unless a newer one
   * is held already, it is refreshed. However many ask, one refresh is in flight.
   */
  get(rejected: number | null): Promise<AccessToken | null>;
  /** Takes over what a sign-in brought; a refresh still in flight can no longer change anything. */
  adopt(tokens: Tokens): void;
}

const eagerness = 5 * 60_000;

/** Access tokens of one account, from its refresh token in the keychain. They live in memory only. */
export function openAccessTokens(options: {
  accountId: string;
  grants: Grants;
  endpoint: () => Promise<TokenEndpoint>;
  clock: Clock;
  onConnection: (connection: Connection) => void;
}): AccessTokens {
  const { accountId, grants, endpoint, clock, onConnection } = options;
  let current: AccessToken | null = null;
  let inFlight: Promise<AccessToken | null> | null = null;
  /** A grant that Google has declared dead is not knocked at again before a reconnect. */
  let dead = false;
  let serial = 0;
  /** Grows with each sign-in, so that a refresh begun before it cannot undo it. */
  let generation = 0;

  function hold(tokens: Tokens): AccessToken {
    serial += 1;
    current = { token: tokens.accessToken, serial, expiresAt: tokens.accessExpiresAt };
    const missing = missingScopes(tokens.scopes);
    onConnection(missing.length === 0 ? connected : permissionMissing(missing));
    return current;
  }

  async function refresh(): Promise<AccessToken | null> {
    const begun = generation;
    const settle = (connection: Connection): AccessToken | null => {
      if (begun !== generation) return current;
      dead = connection.kind === 'needs-reconnect';
      onConnection(connection);
      return null;
    };
    if (current === null) onConnection(refreshing);
    const grant = await grants.read(accountId);
    if (grant.kind === 'absent' || grant.kind === 'ruined') return settle(grantMissing);
    if (grant.kind === 'key-lost') return settle(keyLost);
    if (grant.kind !== 'ok') return settle(keychainState(grant.kind));
    try {
      const tokens = await (await endpoint()).refresh(grant);
      if (begun !== generation) return current;
      // Google does not rotate refresh tokens today; should it hand out a new one, it is stored before it is relied on.
      if (tokens.refreshToken !== null && tokens.refreshToken !== grant.refreshToken) {
        const stored = await grants.store(accountId, { refreshToken: tokens.refreshToken, key: grant.key });
        if (begun !== generation) return current;
        if (stored.kind !== 'ok') return settle(keychainState(stored.kind));
      }
      return hold(tokens);
    } catch (error) {
      const observation = error instanceof AuthFailure ? error.observation : observeException('refresh', error);
      return settle(diagnose(observation, clock.now()));
    }
  }

  return {
    async get(rejected) {
      if (dead) return null;
      if (current !== null && current.serial !== rejected && current.expiresAt - clock.now() > eagerness)
        return current;
      inFlight ??= refresh().finally(() => {
        inFlight = null;
      });
      return inFlight;
    },
    adopt(tokens) {
      generation += 1;
      dead = false;
      inFlight = null;
      hold(tokens);
    },
  };
}
