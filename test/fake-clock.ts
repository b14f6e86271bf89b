import type { Clock } from '../src/contract/clock.ts';

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what has become due, in order. */
  advance(milliseconds: number): void;
  /** Time passes as over a sleeping computer: what became due runs only at the end, and sees the time of then. */
  sleep(milliseconds: number): void;
  /** How far away each waiting task is, soonest first. */
  waiting(): number[];
}

export function fakeClock(start = Date.now()): FakeClock {
  let now = start;
  let tasks: { at: number; run: () => void }[] = [];
  const clock: FakeClock = {
    now: () => now,
    after(delay, run) {
      const task = { at: now + delay, run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        tasks = tasks.filter((task) => task !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
    sleep(milliseconds) {
      now += milliseconds;
      clock.advance(0);
    },
    waiting: () => tasks.map(({ at }) => at - now).sort((a, b) => a - b),
  };
  return clock;
}
