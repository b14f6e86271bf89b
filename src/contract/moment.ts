import type { Clock } from './clock.ts';

/** A moment of the past by both clocks: what a person reads, in epoch milliseconds, and the one that only goes on. */
export interface Moment {
  readonly at: number;
  readonly elapsed: number;
}

/** The moment that it is now. */
export const thisMoment = (clock: Clock): Moment => ({ at: clock.now(), elapsed: clock.elapsed() });

/**
 * A moment that was written down by another run of the program. One that is still to come was written by a clock that has
 * been set back since; when it was, nobody knows, and it counts as now.
 */
export function writtenMoment(clock: Clock, at: number): Moment {
  const ago = Math.max(0, clock.now() - at);
  return { at: clock.now() - ago, elapsed: clock.elapsed() - ago };
}

/**
 * Milliseconds since a moment, by the clock that says more of them: one may have been set back, the other does not count the
 * time that the computer sleeps.
 */
export const timeSince = (moment: Moment, clock: Clock): number =>
  Math.max(0, clock.now() - moment.at, clock.elapsed() - moment.elapsed);
