import type { Connection } from '../../contract/connection.ts';
import { thisMoment, timeSince } from '../../contract/moment.ts';
import { connected, refreshing } from './diagnosis.ts';
import { type RefreshDeps, type RefreshOutcome, refreshGrant, type Unstored } from './refresh-grant.ts';
import type { FreshAccess } from './token-endpoint.ts';

/** A short-lived access token. `serial` names it without quoting it. Instants are epoch milliseconds. */
export interface HeldToken {
  readonly token: string;
  readonly serial: number;
  readonly bornAt: number;
  readonly expiresAt: number;
}

export interface AccessTokens {
  /**
   * A token that is good now, refreshed 5 minutes before its end; null when there is none to be had, and then
   * `onConnection` has said why. `rejected` is the serial of a token that Google answered with 401: unless a newer one
   * is held already, it is refreshed. However many ask, one refresh is in flight.
   */
  get(rejected: number | null): Promise<HeldToken | null>;
  /** Refreshes to see whether it works, also where the grant was found dead; joins a refresh that is in flight. */
  check(): Promise<RefreshOutcome>;
  /** A person has asked, or the computer woke up: what was left alone for a while is tried again. */
  tryAgain(): void;
  /** The token that is held, good or not. */
  held(): HeldToken | null;
  /** Takes over what a sign-in brought; a refresh still in flight can no longer change anything. */
  adopt(access: FreshAccess): void;
}

const eagerness = 5 * 60_000;

/** A keychain that is locked may put up a prompt each time it is asked, so it is not asked on every sync. */
const restAfterPrompt = 15 * 60_000;

/** Longer than Google would ever want to be left alone. */
const longestRest = 86_400_000;

/** Access tokens of one account, from its refresh token in the keychain. They live in memory only. */
export function openAccessTokens(
  options: RefreshDeps & {
    readonly onConnection: (connection: Connection) => void;
    readonly onRefresh: (outcome: RefreshOutcome) => void;
  },
): AccessTokens {
  const { clock, onConnection, onRefresh } = options;
  let current: HeldToken | null = null;
  let born = thisMoment(clock);
  let inFlight: Promise<RefreshOutcome> | null = null;
  /** A grant that Google has declared dead is not tried again before a reconnect, or a check by a person. */
  let dead = false;
  /** What went wrong last is shown until something better is known; only a person's own try shows that it is one. */
  let failing = false;
  let serial = 0;
  // By the clock that only goes on.
  let restUntil = Number.NEGATIVE_INFINITY;
  /** Until when Google wants to be left alone; no wish of a person goes below that. */
  let demandedUntil = Number.NEGATIVE_INFINITY;
  /** A refresh token that the keychain has not taken yet. */
  let unstored: Unstored | null = null;
  /** Grows with each sign-in, so that a refresh begun before it cannot undo it. */
  let generation = 0;

  function hold({ accessToken, accessExpiresAt }: FreshAccess): void {
    serial += 1;
    born = thisMoment(clock);
    current = { token: accessToken, serial, bornAt: born.at, expiresAt: accessExpiresAt };
    dead = false;
    failing = false;
    onConnection(connected);
  }

  async function refresh(): Promise<RefreshOutcome> {
    const begun = generation;
    if (current === null && !dead && !failing) onConnection(refreshing);
    const isCurrent = () => begun === generation;
    const refreshed = await refreshGrant(options, unstored, isCurrent);
    const { outcome, result } = refreshed;
    if (!isCurrent()) return outcome;
    unstored = refreshed.unstored;
    onRefresh(outcome);
    const prompted = outcome.kind === 'no-grant' && (outcome.answer === 'locked' || outcome.answer === 'denied');
    restUntil = prompted ? clock.elapsed() + restAfterPrompt : Number.NEGATIVE_INFINITY;
    demandedUntil = clock.elapsed() + demandedRest(outcome);
    if ('accessToken' in result) hold(result);
    else {
      // The former client may be chosen again, and then the grant is as good as before.
      dead = result.kind === 'needs-reconnect' && result.reason !== 'client-changed';
      failing = true;
      onConnection(result);
    }
    return outcome;
  }

  function refreshOnce(): Promise<RefreshOutcome> {
    if (inFlight !== null) return inFlight;
    const mine = refresh().finally(() => {
      // A sign-in may have let go of it, and another refresh begun since.
      if (inFlight === mine) inFlight = null;
    });
    inFlight = mine;
    return mine;
  }

  /** The token that is held, if Google has not rejected it and it lasts for longer than `reserve` milliseconds. */
  function usable(rejected: number | null, reserve: number): HeldToken | null {
    if (dead || current === null || current.serial === rejected) return null;
    return current.expiresAt - current.bornAt - timeSince(born, clock) > reserve ? current : null;
  }

  return {
    async get(rejected) {
      const good = usable(rejected, eagerness);
      if (good !== null || dead) return good;
      if (clock.elapsed() >= Math.max(restUntil, demandedUntil)) await refreshOnce();
      // Where the refresh failed, a token in its last minutes still serves.
      return usable(rejected, 0);
    },
    check: refreshOnce,
    tryAgain() {
      restUntil = Number.NEGATIVE_INFINITY;
      failing = false;
    },
    held: () => current,
    adopt(access) {
      generation += 1;
      unstored = null;
      inFlight = null;
      demandedUntil = Number.NEGATIVE_INFINITY;
      hold(access);
    },
  };
}

/** For how long Google asked to be left alone, in milliseconds (RFC 9110, section 10.2.3). */
function demandedRest(outcome: RefreshOutcome): number {
  if (outcome.kind !== 'failed' || outcome.observation.kind === 'network') return 0;
  return Math.min((outcome.observation.retryAfterSeconds ?? 0) * 1_000, longestRest);
}
