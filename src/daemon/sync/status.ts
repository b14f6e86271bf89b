import type { Clock } from '../../contract/clock.ts';
import { idleSync, type SyncStatus } from '../../contract/sync.ts';

export interface StatusBoard {
  current(): SyncStatus;
  update(change: Partial<SyncStatus>): void;
}

/** Often enough to look alive, seldom enough to cost nothing. */
const pace = 200;

/** Keeps the status and says it at most every {@link pace} milliseconds; the last word is always said. */
export function createStatusBoard(clock: Clock, say: (status: SyncStatus) => void): StatusBoard {
  let status = idleSync;
  let saidAt = Number.NEGATIVE_INFINITY;
  let waiting = false;

  function speak(): void {
    waiting = false;
    saidAt = clock.elapsed();
    say(status);
  }

  return {
    current: () => status,
    update(change) {
      const turn = change.running !== undefined && change.running !== status.running;
      status = { ...status, ...change };
      const since = clock.elapsed() - saidAt;
      // Beginnings and ends are said at once.
      if (turn || since >= pace) speak();
      else if (!waiting) {
        waiting = true;
        clock.after(pace - since, () => waiting && speak());
      }
    },
  };
}
