import { expect } from 'vitest';
import type { Core } from './core.ts';

export const hour = 3_600_000;
export const day = 24 * hour;

/** Lets time pass in steps, and the hourly round of each step come to its end. */
export async function passTime(core: Core, milliseconds: number, step = day): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    // Slept through, not advanced: a keychain that is asked in the middle of a jump would seem to answer too late.
    core.clock.sleep(Math.min(step, left));
    await expect.poll(() => core.clock.waiting(), { interval: 2 }).toContain(hour);
  }
}
