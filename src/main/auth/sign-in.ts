import type { Problem } from '../../contract/problem.ts';
import { failure, type SignInResult } from './sign-in-outcome.ts';
import { type OneMoreRound, problems, readFailure, roundReasons } from './sign-in-problems.ts';
import { type RoundControls, type RoundDeps, type SignInRequest, signInRound } from './sign-in-round.ts';

/** What a sign-in needs from the world. */
export interface SignInDeps extends RoundDeps {
  /** Opens the system's browser at an address that is asked for when it is time; null by then opens nothing. Rejects when it cannot. */
  readonly openPage: (address: () => string | null) => Promise<void>;
}

export interface RunningSignIn {
  readonly result: Promise<SignInResult>;
  /** Ends the wait for the browser. An exchange that has begun is seen through. */
  cancel(problem: Problem): void;
  openAgain(): Promise<void>;
  /** A fresh link that begins the sign-in in whichever browser it is opened; null before there is one. */
  newLink(): string | null;
  /** Answers the question about a stranger's browser. */
  answerStranger(isMe: boolean): void;
}

/**
 * Signs somebody in with the system's browser (RFC 8252): signing in and offline access are one flow. The promise always
 * settles, within 5 minutes of silence; nothing is called connected before the refresh token has been read back from
 * the keychain, and a failure leaves everything stored as it was.
 */
export function startSignIn(deps: SignInDeps, request: SignInRequest): RunningSignIn {
  const cancelled = Promise.withResolvers<Problem>();
  let controls: RoundControls | null = null;
  const newLink = () => controls?.newLink() ?? null;
  const open = () => deps.openPage(newLink);

  async function run(): Promise<SignInResult> {
    const more = new Set<OneMoreRound>();
    let note: string | null = null;
    for (;;) {
      const outcome = await signInRound(deps, request, {
        // Whoever comes back has to consent, or Google gives no refresh token; and so has who is asked for one more round:
        // the one before may have used up what Google gives with a consent.
        forceConsent: request.purpose !== 'sign-in' || more.size > 0,
        dpop: !more.has('without-dpop'),
        note,
        cancelled: cancelled.promise,
        open,
        onControls: (given) => {
          controls = given;
        },
      });
      if (outcome.kind === 'connected' || outcome.kind === 'failed') return outcome;
      if (more.has(outcome.kind)) return failure(problems.noRefreshToken);
      more.add(outcome.kind);
      note = roundReasons[outcome.kind].sentence;
    }
  }

  return {
    result: run().catch((error: unknown) => failure(readFailure(error, deps.clock.now()))),
    cancel: cancelled.resolve,
    openAgain: async () => {
      if (controls !== null) await open();
    },
    newLink,
    answerStranger: (isMe) => controls?.answerStranger(isMe),
  };
}
