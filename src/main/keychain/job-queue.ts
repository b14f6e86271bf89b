import type { Clock } from '../../contract/clock.ts';

/** Runs jobs strictly one after another and answers each within a limit, however long the job before it takes. */
export interface JobQueue {
  /**
   * Answers what `job` answers or, after the limit, what `late` does. A job that has not begun by then never runs; one
   * that has is seen through before the next begins, and learns from `givenUp` that nobody waits for it any more.
   * Jobs do not reject.
   */
  run<T>(job: (givenUp: () => boolean) => Promise<T>, late: () => T): Promise<T>;
}

export function openJobQueue(clock: Clock, limit: number): JobQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run<T>(job: (givenUp: () => boolean) => Promise<T>, late: () => T): Promise<T> {
      return new Promise((resolve) => {
        let givenUp = false;
        const cancel = clock.after(limit, () => {
          givenUp = true;
          resolve(late());
        });
        last = last.then(async () => {
          if (givenUp) return;
          const answer = await job(() => givenUp);
          cancel();
          resolve(answer);
        });
      });
    },
  };
}
