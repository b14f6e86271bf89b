import type { Problem } from '../../contract/problem.ts';
import { StorageError, storageProblem } from '../storage-error.ts';
import type { CallbackPage } from './callback-page.ts';
import { diagnose } from './diagnosis.ts';
import type { FindingReason } from './diagnosis-rules.ts';
import { IdTokenError } from './id-token.ts';
import { LoopbackError } from './loopback-server.ts';
import { AuthFailure, observeException, observeRedirect } from './observe.ts';
import { DiscoveryError } from './provider.ts';

/** How a sign-in can end without success, each with what it means and what to do. */
export const problems = {
  cancelled: { code: 'cancelled', sentence: 'Signing in was cancelled. Nothing was changed.' },
  replaced: { code: 'replaced', sentence: 'A newer sign-in took the place of this one. Nothing was changed.' },
  quitting: { code: 'quitting', sentence: 'Mooring was closed during the sign-in. Nothing was changed.' },
  silence: {
    code: 'silence',
    sentence:
      'The browser did not answer within five minutes, so the sign-in was ended. Nothing was changed. Sign in again when you are ready.',
  },
  browserNotOpened: {
    code: 'browser-not-opened',
    sentence:
      'Mooring could not open a browser, and signing in happens there. Nothing was changed. Choose a default browser in your system’s settings and try again.',
  },
  wrongIssuer: {
    code: 'wrong-issuer',
    sentence:
      'The answer in the browser came from another service than the one you were sent to, so it was refused. Nothing was changed. Try again; if it happens again, do not use this network.',
  },
  noIdToken: {
    code: 'no-id-token',
    sentence: 'Google did not say who has signed in, so nothing was stored. Try again.',
  },
  consentNeeded: {
    code: 'consent-needed',
    sentence:
      'Google signed you in but gave no lasting access, as it does for apps it knows already. It asks for your consent once more.',
  },
  withoutDpop: {
    code: 'without-dpop',
    sentence:
      'Google does not let this app tie your sign-in to this computer, as some organisations decide. It asks for your consent once more, without that tie.',
  },
  strangerUnusable: {
    code: 'stranger-unusable',
    sentence:
      'Somebody signed in from a browser that Mooring did not open, and that answer could not be used. If it was you, press “Open again” and sign in in the browser that opens; it has to keep cookies.',
  },
  clockWrong: {
    code: 'clock-wrong',
    sentence:
      'This computer’s clock does not agree with Google’s, so Google did not accept the sign-in. Nothing was changed. Correct the date, the time and the time zone in your system’s settings, then sign in again.',
  },
  noRefreshToken: {
    code: 'no-refresh-token',
    sentence:
      'Google signed you in twice without giving lasting access, so Mooring cannot keep a copy up to date. Nothing was changed. Remove Mooring at myaccount.google.com/connections and sign in again.',
  },
  codeRefused: {
    code: 'code-refused',
    sentence:
      'Google did not accept the browser’s answer; it may have come too late or twice. Nothing was changed and your stored access is untouched. Sign in again.',
  },
  idTokenRefused: {
    code: 'id-token-refused',
    sentence:
      'Google’s statement of who signed in did not pass Mooring’s checks, so nothing was stored. Check that this computer’s clock is right, and try again.',
  },
  answerTooLarge: {
    code: 'answer-too-large',
    sentence:
      'What answered in Google’s name sent more than Mooring takes in one answer, so the connection was cut. Nothing was changed. Try again; if it happens again, do not use this network.',
  },
  unexpected: {
    code: 'unexpected',
    sentence: 'Signing in failed for a reason Mooring does not know. Nothing was changed. Try again.',
  },
  otherAccount: (chosen: string, expected: string): Problem => ({
    code: 'other-account',
    sentence: `You chose ${chosen}, but this copy belongs to ${expected}. Nothing was changed. Reconnect and choose ${expected}.`,
  }),
  denied: {
    code: 'denied',
    sentence:
      'Permission was not given at Google. Nothing was changed. Sign in again whenever you like; without permission Mooring cannot copy anything.',
  },
  blockedByAdmin: {
    code: 'blocked-by-admin',
    sentence:
      'Your organisation’s administrator does not allow this app. Nothing was changed. Ask the administrator to allow Mooring, or choose another account.',
  },
  refused: {
    code: 'refused-at-google',
    sentence: 'Google ended the sign-in for a reason Mooring does not know. Nothing was changed. Try again.',
  },
  noListener: {
    code: 'no-listener',
    sentence:
      'Mooring could not open the door on this computer through which the browser’s answer comes back. Nothing was changed. Look whether a firewall or security program stops Mooring, and try again.',
  },
} as const;

/** What stood between this computer and Google while nobody was signed in yet, by what the failure means. */
const onTheWay = {
  'tls-failure':
    'The secure connection to Google could not be made: something between this computer and Google shows a certificate that is not Google’s, or this computer’s clock is wrong. Nothing was signed in. Check the date and the time, and sign in again; on an organisation’s network or with a virus scanner that reads traffic, ask whoever looks after it.',
  'authority-unknown':
    'Something between this computer and Google shows a certificate of an authority that this computer does not know, as networks do that read what passes. Nothing was signed in. On an organisation’s network, ask whoever looks after it for the certificate of its authority, add it to your system’s, and start Mooring again; elsewhere, do not use this network.',
  'proxy-authentication':
    'This network’s proxy server asks for a name and a password before it lets anything through, or does not take those it was given. Nothing was signed in. Put them into the proxy’s address in Mooring’s environment, or ask whoever looks after the network; start Mooring again, and sign in.',
  'proxy-refused':
    'This network’s proxy server does not let Mooring through to Google. Nothing was signed in. Ask whoever looks after the network to allow Google’s addresses, and sign in again.',
  'proxy-unreachable':
    'The proxy server that this computer’s settings name cannot be reached. Nothing was signed in. Look whether its address is right, in your system’s network settings or in Mooring’s environment, and sign in again.',
  'proxy-unusable':
    'This computer’s settings name a proxy server that Mooring cannot use: its address is none, or it is a SOCKS server. Nothing was signed in. Name an HTTP proxy server in your system’s network settings or in Mooring’s environment, or ask whoever looks after the network.',
} as const satisfies Partial<Record<FindingReason, string>>;

const isOnTheWay = (reason: string): reason is keyof typeof onTheWay => Object.hasOwn(onTheWay, reason);

/** Why a sign-in goes through the browser once more, each at most once. */
export type OneMoreRound = 'consent-needed' | 'without-dpop';

export const roundReasons: Readonly<Record<OneMoreRound, Problem>> = {
  'consent-needed': problems.consentNeeded,
  'without-dpop': problems.withoutDpop,
};

/** The problem that an error in Google's redirect stands for. Its words are never shown. */
export function readRefusal(error: string, now: number): Problem {
  const { reason, sentence, kind } = diagnose(observeRedirect(error), now);
  if (reason === 'consent-refused') return problems.denied;
  if (reason === 'blocked-by-admin') return problems.blockedByAdmin;
  if (kind === 'app-misconfigured') return { code: reason, sentence };
  return reason === 'unexpected-answer' ? problems.refused : { code: reason, sentence: notJustNow };
}

const notJustNow =
  'Google could not complete the sign-in just now. Nothing was changed. Wait a moment and sign in again.';

/** Who signs in is written down before their key is stored. */
const notWrittenDown = (error: StorageError): Problem =>
  storageProblem(error, {
    happened: 'Signing in could not be completed',
    meaning: 'Nothing was stored, and what Google gave is given back.',
    afterwards: ', and sign in again',
  });

/** The problem that an exception inside a sign-in stands for. */
export function readFailure(error: unknown, now: number): Problem {
  if (error instanceof LoopbackError) return problems.noListener;
  if (error instanceof StorageError) return notWrittenDown(error);
  if (error instanceof IdTokenError) return problems.idTokenRefused;
  if (error instanceof DiscoveryError) {
    const { reason } = diagnose(observeException('authorization', error), now);
    if (isOnTheWay(reason)) return { code: reason, sentence: onTheWay[reason] };
    return { code: 'no-discovery', sentence: `${error.message} Nothing was changed. Check the network and try again.` };
  }
  // What is not of the token endpoint was met on the way to the keys that ID tokens are signed with.
  const observation = error instanceof AuthFailure ? error.observation : observeException('code-exchange', error);
  if (observation.kind === 'network' && observation.code === 'UNKNOWN') return problems.unexpected;
  const { reason, sentence, kind } = diagnose(observation, now);
  if (reason === 'code-refused') return problems.codeRefused;
  if (reason === 'clock-wrong') return problems.clockWrong;
  if (reason === 'answer-too-large') return problems.answerTooLarge;
  if (isOnTheWay(reason)) return { code: reason, sentence: onTheWay[reason] };
  if (kind === 'app-misconfigured' || kind === 'blocked-by-admin') return { code: reason, sentence };
  return {
    code: reason,
    sentence:
      reason === 'no-network'
        ? 'The connection to Google broke off before the sign-in was complete. Nothing was changed. Check the network and sign in again.'
        : notJustNow,
  };
}

/** What the browser shows for an outcome. */
export function callbackPageFor(outcome: 'connected' | OneMoreRound | Problem): CallbackPage {
  if (outcome === 'connected') {
    return { title: 'You are signed in', text: 'Mooring is connected. You can close this page and return to the app.' };
  }
  if (typeof outcome === 'string') {
    return { title: 'One more step', text: `${roundReasons[outcome].sentence} Mooring opens the page for it now.` };
  }
  return { title: 'Not signed in', text: `${outcome.sentence} You can close this page and return to Mooring.` };
}
