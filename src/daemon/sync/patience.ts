import type { Clock } from '../../contract/clock.ts';
import type { StuckList } from '../../contract/sync.ts';

/** Lists that failed by themselves, each left alone for longer and longer. */
export interface Patience {
  /** Whether it is this list's turn. */
  mayTry(key: string): boolean;
  failed(key: string, stuck: StuckList): void;
  succeeded(key: string): void;
  /** Forgets all lists but these. */
  keep(keys: ReadonlySet<string>): void;
  /** What is to be said of the lists that stand still. */
  stuck(): StuckList[];
  /** A person asks, or the computer woke up: nothing is left alone any more. */
  tryAll(): void;
}

const shortest = 60_000;
const longest = 6 * 3_600_000;

export function createPatience(clock: Clock): Patience {
  const lists = new Map<string, { stuck: StuckList; failures: number; triedAt: number }>();
  return {
    mayTry(key) {
      const list = lists.get(key);
      if (list === undefined || list.failures === 0) return true;
      const wait = Math.min(shortest * 2 ** (list.failures - 1), longest);
      return clock.elapsed() - list.triedAt >= wait;
    },
    failed(key, stuck) {
      const failures = (lists.get(key)?.failures ?? 0) + 1;
      lists.set(key, { stuck, failures, triedAt: clock.elapsed() });
    },
    succeeded: (key) => void lists.delete(key),
    keep(keys) {
      for (const key of lists.keys()) if (!keys.has(key)) lists.delete(key);
    },
    stuck: () => [...lists.values()].map(({ stuck }) => stuck),
    tryAll() {
      for (const list of lists.values()) list.failures = 0;
    },
  };
}
