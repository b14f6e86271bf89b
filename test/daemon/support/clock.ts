import type { Clock } from '../../../src/contract/clock.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves on, running what falls due in order. */
  advance(by: number): void;
  /** How far away each waiting task is, soonest first. */
  waiting(): number[];
}

export function fakeClock(start = Date.parse('2026-11-02T09:00:00Z')): FakeClock {
  let now = start;
  let tasks: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after(delay, task) {
      const entry = { at: now + delay, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance(by) {
      const end = now + by;
      for (;;) {
        const [next] = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        tasks = tasks.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.task();
      }
      now = end;
    },
    waiting: () => tasks.map(({ at }) => at - now).sort((a, b) => a - b),
  };
}
