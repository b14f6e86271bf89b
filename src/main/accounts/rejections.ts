import type { Clock } from '../../contract/clock.ts';
import type { SyncFailure } from '../../contract/sync.ts';

/** For how long each service has refused access tokens, also those that the token endpoint had just given. */
export interface Rejections {
  note(service: string, failure: SyncFailure | null): void;
  /** Whether a service has refused them for so long that it is not Google's trouble, which passes. */
  isLasting(service: string): boolean;
  forget(): void;
}

/**
 * Google's APIs may refuse good tokens for a while: only the token endpoint knows whether a grant is alive, and it has just
 * given a token. What it gives and a service goes on refusing for longer than this is refused for good.
 */
const passing = 600_000;

export function openRejections(clock: Clock): Rejections {
  // By the clock that only goes on, and counts no sleep on most systems: nothing is asked then.
  const since = new Map<string, number>();
  return {
    note(service, failure) {
      if (!isRejection(failure)) since.delete(service);
      else if (!since.has(service)) since.set(service, clock.elapsed());
    },
    isLasting(service) {
      const from = since.get(service);
      return from !== undefined && clock.elapsed() - from >= passing;
    },
    forget: () => since.clear(),
  };
}

function isRejection(failure: SyncFailure | null): boolean {
  if (failure?.kind !== 'observed') return false;
  const { observation } = failure;
  return observation.kind === 'answer' && observation.where === 'resource-api' && observation.status === 401;
}
