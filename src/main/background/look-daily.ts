import type { Clock } from '../../contract/clock.ts';

const day = 24 * 3_600_000;

/** Looks now, and then once a day as long as the program runs. `look` reports its failures itself. */
export function lookDaily(clock: Clock, look: () => Promise<unknown>): void {
  look().catch(() => {});
  clock.after(day, () => lookDaily(clock, look));
}
