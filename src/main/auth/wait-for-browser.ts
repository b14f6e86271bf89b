import type { Clock } from '../../contract/clock.ts';
import type { Problem } from '../../contract/problem.ts';
import type { BrowserAnswer } from './loopback.ts';
import type { Redemption } from './redeem-code.ts';
import { failure, type SignInFailure } from './sign-in-outcome.ts';
import { problems, readRefusal } from './sign-in-problems.ts';

/** Milliseconds. */
const silenceShownAfter = 20_000;
const silenceEndsAfter = 5 * 60_000;

export interface WaitDeps {
  readonly clock: Clock;
  /** The browser has answered. */
  readonly onAnswer: () => void;
}

/** What may end the wait. */
export interface Waits {
  /** Opens the browser. Rejects when it cannot. */
  readonly open: () => Promise<void>;
  readonly answer: Promise<BrowserAnswer>;
  /** What a browser brought that the app did not open, once it is known to be the person's. */
  readonly accepted: Promise<Redemption>;
  readonly cancelled: Promise<Problem>;
  /** There has been no word for a while, and the wait goes on. */
  readonly onSilence: () => void;
}

export type BrowserWait = Extract<BrowserAnswer, { kind: 'code' }> | Redemption | SignInFailure;

/** Opens the browser and waits for what comes first: its answer, the end of patience, or a cancellation. */
export async function waitForBrowser({ clock, onAnswer }: WaitDeps, waits: Waits): Promise<BrowserWait> {
  const { open, answer, accepted, cancelled, onSilence } = waits;
  // An attempt that was cancelled or replaced while it was being prepared opens no page.
  const cancelledBefore = await Promise.race([cancelled, null]);
  if (cancelledBefore !== null) return failure(cancelledBefore);
  const ended = Promise.withResolvers<Problem>();
  const stopTimers = [
    clock.after(silenceShownAfter, onSilence),
    clock.after(silenceEndsAfter, () => ended.resolve(problems.silence)),
  ];
  open().catch(() => ended.resolve(problems.browserNotOpened));
  try {
    const first = await Promise.race([answer, accepted, cancelled, ended.promise]);
    if (!('kind' in first)) return failure(first);
    onAnswer();
    return first.kind === 'error' ? failure(readRefusal(first.error, clock.now())) : first;
  } finally {
    for (const stop of stopTimers) stop();
  }
}
