import type { Problem } from '../../contract/problem.ts';
import type { SignInPurpose } from '../../contract/state.ts';
import { authorizationUrl, newAttempt } from './authorization-request.ts';
import type { CallbackPage } from './callback-page.ts';
import { type KeepDeps, keepGrant } from './keep-grant.ts';
import { listenForCallback } from './loopback.ts';
import type { Provider } from './provider.ts';
import { type ExpectedAccount, type RedeemDeps, redeemCode } from './redeem-code.ts';
import { failure, type RoundOutcome } from './sign-in-outcome.ts';
import { callbackPageFor, problems, readFailure } from './sign-in-problems.ts';
import { type SignInProgress, showProgress } from './sign-in-progress.ts';
import { askAboutStrangers, type StrangerDeps } from './strangers.ts';
import { type WaitDeps, waitForBrowser } from './wait-for-browser.ts';

export interface RoundDeps extends RedeemDeps, KeepDeps, WaitDeps, StrangerDeps {
  readonly clientId: string;
  readonly provider: () => Promise<Provider>;
  /** Settles once no grant is being ended: that would end what Google is about to give, too. */
  readonly nothingGivenBack: () => Promise<void>;
  readonly onProgress: (progress: SignInProgress) => void;
}

export interface SignInRequest {
  readonly purpose: SignInPurpose;
  /** The account that has to come back; null when anybody may. */
  readonly expected: ExpectedAccount;
  /** The address to offer at Google when anybody may sign in. */
  readonly hint: string | null;
  /** All that is wanted, because what is granted takes the place of what was granted before. */
  readonly scopes: readonly string[];
}

export interface RoundOptions {
  readonly forceConsent: boolean;
  /** Whether the refresh token is to be bound to a key, where the issuer knows how. */
  readonly dpop: boolean;
  /** Why there is one more round. */
  readonly note: string | null;
  readonly cancelled: Promise<Problem>;
  /** Opens the browser at a new link of this round. Rejects when it cannot. */
  readonly open: () => Promise<void>;
  /** Gives what can be asked of the round while it waits; null once it does not any more. */
  readonly onControls: (controls: RoundControls | null) => void;
}

export interface RoundControls {
  /** A fresh link that begins the sign-in in whichever browser it is opened. */
  newLink(): string;
  /** Answers the question about a stranger's browser. */
  answerStranger(isMe: boolean): void;
}

/** Goes through the browser once. Rejects only where nothing can be listened on, or the provider cannot be read. */
export async function signInRound(
  deps: RoundDeps,
  { purpose, expected, hint, scopes }: SignInRequest,
  { forceConsent, dpop, note, cancelled, open, onControls }: RoundOptions,
): Promise<RoundOutcome> {
  const progress = showProgress(deps.onProgress, note);
  const provider = await Promise.race([deps.nothingGivenBack().then(deps.provider), cancelled]);
  if ('sentence' in provider) return failure(provider);
  const attempt = newAttempt();
  const redeem = (code: string) =>
    redeemCode(deps, { code, attempt, redirectUri: loopback.redirectUri, dpop: provider.dpop && dpop, expected });
  const strangers = askAboutStrangers(deps, {
    redeem,
    onQuestion: (stranger) => progress.waiting({ silent: true, stranger }),
    onWithoutDpop: () => progress.waiting({ silent: true, note: problems.strangerUnusable.sentence }),
  });
  const loopback = await listenForCallback({
    attempt,
    provider,
    destination: (redirectUri) =>
      authorizationUrl({
        provider,
        clientId: deps.clientId,
        redirectUri,
        attempt,
        scopes,
        forceConsent,
        loginHint: expected?.id ?? hint,
      }),
    onRefused: (what) =>
      progress.waiting({ silent: true, ...(what === 'wrong-issuer' && { note: problems.wrongIssuer.sentence }) }),
    onStranger: strangers.heard,
    onOwn: strangers.own,
  });

  async function conclude(): Promise<RoundOutcome> {
    const waited = await waitForBrowser(deps, {
      open,
      answer: loopback.answer,
      accepted: strangers.accepted,
      cancelled,
      onSilence: () => progress.waiting({ silent: true }),
    });
    if (waited.kind === 'failed') return waited;
    progress.finishing();
    const redeemed = waited.kind === 'code' ? await redeem(waited.code) : waited;
    return redeemed.kind === 'redeemed' ? keepGrant(deps, redeemed, { purpose, scopes }) : redeemed;
  }

  let page: CallbackPage = callbackPageFor(problems.cancelled);
  let keptId: string | null = null;
  try {
    onControls({ newLink: loopback.newAddress, answerStranger: strangers.answer });
    const outcome = await conclude().catch((error: unknown) => failure(readFailure(error, deps.clock.now())));
    page = callbackPageFor(outcome.kind === 'failed' ? outcome.problem : outcome.kind);
    if (outcome.kind === 'connected') keptId = outcome.account.id;
    return outcome;
  } finally {
    onControls(null);
    strangers.close(keptId);
    await loopback.finish(page);
  }
}
