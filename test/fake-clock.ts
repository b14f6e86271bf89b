import type { Clock } from '../src/contract/clock.ts';

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what has become due, in order. */
  advance(milliseconds: number): void;
  /** Time passes as over a sleeping computer: what became due runs only at the end, and sees the time of then. */
  sleep(milliseconds: number): void;
  /** Sets the clock that a person reads; time itself neither passes nor goes back. */
  set(now: number): void;
  /** How far away each waiting task is, soonest first. */
  waiting(): number[];
}

export function fakeClock(start = Date.now()): FakeClock {
  let elapsed = 0;
  /** What the clock shows when no time has passed yet. */
  let epoch = start;
  let tasks: { at: number; run: () => void }[] = [];
  const clock: FakeClock = {
    now: () => epoch + elapsed,
    elapsed: () => elapsed,
    after(delay, run) {
      const task = { at: elapsed + delay, run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    advance(milliseconds) {
      const end = elapsed + milliseconds;
      for (;;) {
        const [next] = tasks.filter((task) => task.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        tasks = tasks.filter((task) => task !== next);
        elapsed = Math.max(elapsed, next.at);
        next.run();
      }
      elapsed = end;
    },
    sleep(milliseconds) {
      elapsed += milliseconds;
      clock.advance(0);
    },
    set(now) {
      epoch = now - elapsed;
    },
    waiting: () => tasks.map(({ at }) => at - elapsed).sort((a, b) => a - b),
  };
  return clock;
}
