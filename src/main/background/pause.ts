import type { PauseLength } from '../../contract/window.ts';

const hour = 3_600_000;
const morning = 8;

/** When a pause that begins now ends, in epoch milliseconds: in an hour, or at eight tomorrow morning, local time. */
export function pauseEnd(length: PauseLength, now: number): number {
  switch (length) {
    case 'hour':
      return now + hour;
    case 'tomorrow': {
      const today = new Date(now);
      return new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, morning).getTime();
    }
    default:
      return length satisfies never;
  }
}

/** Until tomorrow morning is at most so long; what ends later was measured by a clock that has been set back since. */
const longest = 33 * hour;

/** The end of a pause that still lasts; null when there is none, or it is over. */
export const lastingPause = (pausedUntil: number | null, now: number): number | null =>
  pausedUntil !== null && pausedUntil > now && pausedUntil - now <= longest ? pausedUntil : null;
