import type { Clock } from '../contract/clock.ts';

/** How long a disk is left alone that has just refused. */
const pause = 60_000;

/** Tries once a minute what the disk has refused, for as long as something `waits`. */
export function saveAgain(options: { clock: Clock; waits: () => boolean; save: () => void }): {
  /** Something may have been refused. */
  look(): void;
  stop(): void;
} {
  const { clock, waits, save } = options;
  let cancel: (() => void) | null = null;

  function look(): void {
    if (cancel !== null || !waits()) return;
    cancel = clock.after(pause, () => {
      cancel = null;
      save();
      look();
    });
  }

  return {
    look,
    stop: () => cancel?.(),
  };
}
