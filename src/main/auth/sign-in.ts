import type { Account } from '../../contract/account.ts';
import type { Clock } from '../../contract/clock.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Services } from '../../contract/service.ts';
import type { SignInPurpose } from '../../contract/state.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { type Attempt, authorizationUrl, newAttempt } from './authorization-request.ts';
import type { CallbackPage } from './callback-page.ts';
import { type DpopKey, newDpopKey } from './dpop.ts';
import { refusesDpop } from './dpop-answers.ts';
import type { Grants } from './grants.ts';
import type { Identity, VerifyIdToken } from './id-token.ts';
import { type Loopback, listenForCallback } from './loopback.ts';
import { AuthFailure } from './observe.ts';
import type { Provider } from './provider.ts';
import { scopesFor } from './scopes.ts';
import {
  callbackPageFor,
  type OneMoreRound,
  problems,
  readFailure,
  readRefusal,
  roundReasons,
} from './sign-in-problems.ts';
import { askAboutStrangers, type Redeemed } from './strangers.ts';
import { type FreshAccess, type TokenEndpoint, type Tokens, takeAccess } from './token-endpoint.ts';

/** What a sign-in needs from the world. */
export interface SignInDeps {
  readonly clock: Clock;
  readonly clientId: string;
  /** Every service there is. */
  readonly services: Services;
  readonly provider: () => Promise<Provider>;
  readonly tokenEndpoint: () => Promise<TokenEndpoint>;
  readonly verifyIdToken: () => Promise<VerifyIdToken>;
  readonly grants: Grants;
  /** Opens the system's browser at an address that is asked for when it is time; null by then opens nothing. Rejects when it cannot. */
  readonly openPage: (address: () => string | null) => Promise<void>;
  /** The browser has answered. */
  readonly onAnswer: () => void;
  /** Ends a grant that nobody wanted to have. Never rejects. */
  readonly giveBack: (refreshToken: string) => Promise<void>;
  /** Whether somebody is signed in, whose grant at Google is the same as that of a new sign-in. */
  readonly isKnown: (accountId: string) => boolean;
  /** The picture as a `data:` URL, or null. Never rejects. */
  readonly fetchPicture: (url: string | null) => Promise<string | null>;
  readonly onProgress: (progress: SignInProgress) => void;
}

/** How far an attempt has come. */
export type SignInProgress =
  | {
      readonly kind: 'waiting';
      readonly silent: boolean;
      readonly note: string | null;
      /** Who has signed in from a browser that the app did not open; the person is asked whether it was them. */
      readonly stranger: string | null;
    }
  | { readonly kind: 'finishing' };

export interface SignInRequest {
  readonly purpose: SignInPurpose;
  /** The account that has to come back; null when anybody may. */
  readonly expected: Pick<Account, 'id' | 'email'> | null;
  /** The address to offer at Google when anybody may sign in. */
  readonly hint: string | null;
  /** The services that permission is asked for: all that the person wants, because the answer is all that is granted. */
  readonly wanted: readonly string[];
}

export type SignInResult =
  | { readonly kind: 'connected'; readonly account: Account; readonly access: FreshAccess }
  | {
      readonly kind: 'failed';
      readonly problem: Problem;
      /** Who was chosen in place of the account that was to come back. */
      readonly chosen: string | null;
    };

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

const silenceShownAfter = 20_000;
const silenceEndsAfter = 5 * 60_000;

/**
 * What one round through the browser came to: the end, or one more. `consent-needed`: Google gave no refresh token.
 * `without-dpop`: Google takes no proof from this app, and then a refresh token that is bound to no key has to do.
 */
type Round = SignInResult | { readonly kind: OneMoreRound };

interface RoundOptions {
  readonly forceConsent: boolean;
  readonly dpop: boolean;
  readonly note: string | null;
}

/**
 * Signs somebody in with the system's browser (RFC 8252): signing in and offline access are one flow. The promise always
 * settles, within 5 minutes of silence; nothing is called connected before the refresh token has been read back from
 * the keychain, and a failure leaves everything stored as it was.
 */
export function startSignIn(deps: SignInDeps, request: SignInRequest): RunningSignIn {
  const cancelled = Promise.withResolvers<Problem>();
  let cancelledBy: Problem | null = null;
  let newLink: (() => string) | null = null;
  let answerStranger: (isMe: boolean) => void = () => {};

  const scopes = scopesFor(deps.services, request.wanted);
  /** Whoever comes back, or gives one permission more, has to consent: without that, Google gives no refresh token. */
  const returns = request.purpose !== 'sign-in';

  async function run(): Promise<SignInResult> {
    const more = new Set<OneMoreRound>();
    let note: string | null = null;
    for (;;) {
      // A round that is asked for again needs consent: the one before may have used up what Google gives with it.
      const outcome = await round({
        forceConsent: returns || more.size > 0,
        dpop: !more.has('without-dpop'),
        note,
      });
      if (outcome.kind === 'connected' || outcome.kind === 'failed') return outcome;
      if (more.has(outcome.kind)) return failure(problems.noRefreshToken);
      more.add(outcome.kind);
      note = roundReasons[outcome.kind].sentence;
    }
  }

  async function round({ forceConsent, dpop, note }: RoundOptions): Promise<Round> {
    const { expected, hint } = request;
    let waiting: Extract<SignInProgress, { kind: 'waiting' }> = {
      kind: 'waiting',
      silent: false,
      note,
      stranger: null,
    };
    const show = (change: Partial<typeof waiting>) => {
      waiting = { ...waiting, ...change };
      deps.onProgress(waiting);
    };
    show({});
    const provider = await Promise.race([deps.provider(), cancelled.promise]);
    if ('sentence' in provider) return failure(provider);
    const attempt = newAttempt();
    const redeem = (code: string) => redeemCode(code, attempt, loopback.redirectUri, provider.dpop && dpop);
    const strangers = askAboutStrangers({
      redeem: async (code) => {
        const redeemed = await redeem(code);
        return 'kind' in redeemed ? null : redeemed;
      },
      giveBack: deps.giveBack,
      isKnown: deps.isKnown,
      onQuestion: (stranger) => show({ silent: true, stranger }),
    });
    answerStranger = strangers.answer;
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
        show({ silent: true, ...(what === 'wrong-issuer' && { note: problems.wrongIssuer.sentence }) }),
      onStranger: strangers.heard,
    });
    let page: CallbackPage = callbackPageFor(problems.cancelled);
    try {
      newLink = loopback.newAddress;
      const waited = await waitForBrowser(loopback, strangers.accepted, () => show({ silent: true }));
      const outcome = await conclude(waited, redeem).catch(failed);
      page = callbackPageFor(outcome.kind === 'failed' ? outcome.problem : outcome.kind);
      strangers.close(outcome.kind === 'connected' ? outcome.account.id : null);
      return outcome;
    } finally {
      newLink = null;
      answerStranger = () => {};
      await loopback.finish(page);
    }
  }

  async function waitForBrowser(
    loopback: Loopback,
    accepted: Promise<Redeemed>,
    onSilence: () => void,
  ): Promise<{ kind: 'code'; code: string } | { kind: 'accepted'; redeemed: Redeemed } | ReturnType<typeof failure>> {
    // An attempt that was cancelled or replaced while it was being prepared opens no page.
    if (cancelledBy !== null) return failure(cancelledBy);
    const silence = Promise.withResolvers<Problem>();
    const stopTimers = [
      deps.clock.after(silenceShownAfter, onSilence),
      deps.clock.after(silenceEndsAfter, () => silence.resolve(problems.silence)),
    ];
    const notOpened = Promise.withResolvers<Problem>();
    open().catch(() => notOpened.resolve(problems.browserNotOpened));
    try {
      const first = await Promise.race([
        loopback.answer,
        accepted.then((redeemed) => ({ kind: 'accepted', redeemed }) as const),
        silence.promise,
        cancelled.promise,
        notOpened.promise,
      ]);
      if (!('kind' in first)) return failure(first);
      deps.onAnswer();
      return first.kind === 'error' ? failure(readRefusal(first.error, deps.clock.now())) : first;
    } finally {
      for (const stop of stopTimers) stop();
    }
  }

  async function conclude(
    waited: Awaited<ReturnType<typeof waitForBrowser>>,
    redeem: (code: string) => Promise<Redeemed | Round>,
  ): Promise<Round> {
    if (waited.kind === 'failed') return waited;
    deps.onProgress({ kind: 'finishing' });
    const redeemed = waited.kind === 'accepted' ? waited.redeemed : await redeem(waited.code);
    return 'kind' in redeemed ? redeemed : keep(redeemed);
  }

  /** Exchanges a code, and finds out who has signed in. */
  async function redeemCode(
    code: string,
    attempt: Attempt,
    redirectUri: string,
    dpop: boolean,
  ): Promise<Redeemed | Round> {
    const endpoint = await deps.tokenEndpoint();
    const key = dpop ? await newDpopKey() : null;
    const tokens = await endpoint
      .exchange({ code, verifier: attempt.verifier, redirectUri, key })
      .catch((error: unknown) => {
        if (key !== null && error instanceof AuthFailure && refusesDpop(error.observation)) return null;
        throw error;
      });
    if (tokens === null) return { kind: 'without-dpop' };
    if (tokens.idToken === null) return failure(problems.noIdToken);
    const identity = await (await deps.verifyIdToken())(tokens.idToken, attempt.nonce);
    const { expected } = request;
    if (expected !== null && identity.id !== expected.id) {
      return { ...failure(problems.otherAccount(identity.email, expected.email)), chosen: identity.email };
    }
    return { identity, tokens, key };
  }

  async function keep({ identity, tokens, key }: Redeemed): Promise<Round> {
    const kept = await keepGrant(identity, tokens, key);
    if (kept !== 'kept') return kept;
    const picture = await deps.fetchPicture(identity.pictureUrl);
    const account: Account = {
      id: identity.id,
      email: identity.email,
      name: identity.name,
      picture,
      // An answer that names no scopes says that they are those that were asked for (RFC 6749, section 5.1).
      grantedScopes: tokens.scopes.length > 0 ? [...tokens.scopes] : [...scopes].sort(),
      consentedAt: deps.clock.now(),
      grantExpiresAt: tokens.grantExpiresAt,
    };
    return { kind: 'connected', account, access: takeAccess(tokens) };
  }

  /**
   * Puts the refresh token and the key it is bound to into the keychain; without one in the answer, the one held before
   * has to be there. That one stays bound as it was: a new key binds only what is issued with it.
   */
  async function keepGrant(identity: Identity, tokens: Tokens, key: DpopKey | null): Promise<'kept' | Round> {
    const { refreshToken } = tokens;
    if (refreshToken !== null) {
      const stored = await deps.grants.store(identity.id, { refreshToken, key });
      return stored.kind === 'ok' ? 'kept' : keychainFailed(keychainState(stored.kind).sentence);
    }
    const held = await deps.grants.read(identity.id);
    switch (held.kind) {
      case 'ok':
        // After a reconnect the held token is the dead one.
        return returns ? { kind: 'consent-needed' } : 'kept';
      case 'absent':
      case 'ruined':
      case 'key-lost':
      case 'other-client':
        return { kind: 'consent-needed' };
      default:
        return keychainFailed(keychainState(held.kind).sentence);
    }
  }

  const open = () => deps.openPage(() => newLink?.() ?? null);

  const failed = (error: unknown) => failure(readFailure(error, deps.clock.now()));

  return {
    result: run().catch(failed),
    cancel(problem) {
      cancelledBy ??= problem;
      cancelled.resolve(problem);
    },
    openAgain: async () => {
      if (newLink !== null) await open();
    },
    newLink: () => newLink?.() ?? null,
    answerStranger: (isMe) => answerStranger(isMe),
  };
}

const failure = (problem: Problem) => ({ kind: 'failed', problem, chosen: null }) as const;

const keychainFailed = (sentence: string) => failure({ code: 'keychain', sentence });
