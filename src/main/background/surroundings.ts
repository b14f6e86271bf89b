import type { Conditions } from '../../contract/daemon.ts';

/** What the system and the window say around the app. */
export interface Surroundings {
  /** The window is on the screen: neither hidden nor minimised. */
  readonly windowShown: boolean;
  readonly locked: boolean;
  readonly onBattery: boolean;
  readonly asleep: boolean;
}

export type Happening =
  | 'window-shown'
  | 'window-hidden'
  | 'locked'
  | 'unlocked'
  | 'on-battery'
  | 'on-mains'
  | 'suspended'
  | 'resumed';

/** As it is before anything was heard: the window has not been opened yet. */
export const firstSurroundings: Surroundings = { windowShown: false, locked: false, onBattery: false, asleep: false };

/**
 * What a happening changes. Who looks at the window, or unlocks the screen, shows that the computer is awake: systems
 * sometimes tell of a suspend and never of its end.
 */
export function applyHappening(before: Surroundings, happening: Happening): Surroundings {
  switch (happening) {
    case 'window-shown':
      return { ...before, windowShown: true, asleep: false };
    case 'window-hidden':
      return { ...before, windowShown: false };
    case 'locked':
      return { ...before, locked: true };
    case 'unlocked':
      return { ...before, locked: false, asleep: false };
    case 'on-battery':
      return { ...before, onBattery: true };
    case 'on-mains':
      return { ...before, onBattery: false };
    case 'suspended':
      return { ...before, asleep: true };
    case 'resumed':
      return { ...before, asleep: false };
    default:
      return happening satisfies never;
  }
}

/** What of it concerns the planning of syncs. */
export function conditionsIn(
  { windowShown, locked, onBattery, asleep }: Surroundings,
  pausedUntil: number | null,
): Conditions {
  return { watched: windowShown && !locked, onBattery, asleep, pausedUntil };
}
