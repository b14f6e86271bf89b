/** Time as the app sees it; passed in so that a test can hold it still. Milliseconds throughout. */
export interface Clock {
  /** What a person reads off the clock, in epoch milliseconds. It may be set forward or back at any time. */
  now(): number;
  /** Milliseconds since some moment of the past: it only ever goes on, so waits are measured by it. */
  elapsed(): number;
  /** Runs `task` once after `delay`; the answer takes it back. */
  after(delay: number, task: () => void): () => void;
}

/** What Node's timers can count up to: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimer = 2 ** 31 - 1;

/** The time of this computer. */
export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  after(delay, task) {
    if (delay <= longestTimer) {
      const timer = setTimeout(task, delay);
      return () => clearTimeout(timer);
    }
    // Node would run it at once, and whoever waits for a moment in the far future, after the clock was set back, would
    // try again and again without a pause.
    let cancel = systemClock.after(longestTimer, () => {
      cancel = systemClock.after(delay - longestTimer, task);
    });
    return () => cancel();
  },
};
