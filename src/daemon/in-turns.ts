import { setImmediate } from 'node:timers/promises';

/** Does work piece by piece, and lets whatever else there is have its turn in between. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
