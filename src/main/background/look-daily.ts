import type { Clock } from '../../contract/clock.ts';

const day = 24 * 3_600_000;

/** Looks now and then once a day, for good. `look` has said itself what went wrong; there is another day. */
export function lookDaily(clock: Clock, look: () => Promise<unknown>): void {
  look().catch(() => {});
  clock.after(day, () => lookDaily(clock, look));
}
