import { setImmediate } from 'node:timers/promises';

/** Fills the index in the background, slice by slice, so that everything else has its turn in between. */
export interface CatchingUp {
  /** Begins, unless it is at it already. */
  start(): void;
  /** Answers when it has stopped, for good. */
  stop(): Promise<void>;
}

/** `step` fills some of it and answers whether there is more; `onTrouble` hears of what it throws, which ends this round. */
export function catchingUp(step: () => boolean, onTrouble: (error: unknown) => void): CatchingUp {
  let running: Promise<void> | null = null;
  let stopped = false;

  async function run(): Promise<void> {
    try {
      do await setImmediate();
      while (!stopped && step());
    } catch (error) {
      onTrouble(error);
    }
    running = null;
  }

  return {
    start() {
      if (!stopped) running ??= run();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
