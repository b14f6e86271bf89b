import type { Clock } from '../../contract/clock.ts';

/** The time of this computer. */
export const systemClock: Clock = {
  now: Date.now,
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};
