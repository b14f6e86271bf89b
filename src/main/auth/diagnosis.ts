import type { Connection } from '../../contract/connection.ts';
import type { Observation } from '../../contract/observation.ts';
import { clockOff } from './dpop-answers.ts';

/**
 * What an observed failure means, in the one vocabulary the whole app speaks. Only proof of a dead grant leads to
 * Reconnect: everything that may pass by itself is waited out, and what only an administrator or the developer can mend
 * is never put upon the user. Pure; `now` in epoch milliseconds.
 *
 * The wire forms are those of https://developers.google.com/identity/protocols/oauth2/native-app and
 * https://developers.google.com/calendar/api/guides/errors
 */
export function diagnose(observation: Observation, now: number): Connection {
  switch (observation.kind) {
    case 'network':
      return offline('no-network', sentences.noNetwork, null);
    case 'unreadable':
      return observation.status >= 500
        ? offline('google-unavailable', sentences.googleUnavailable, null)
        : offline('not-google', sentences.notGoogle, null);
    case 'answer':
      return diagnoseAnswer(observation, now);
    default:
      return observation satisfies never;
  }
}

type Answer = Extract<Observation, { kind: 'answer' }>;

function diagnoseAnswer(answer: Answer, now: number): Connection {
  const error = answer.error ?? '';
  const retryAt = answer.retryAfterSeconds === null ? null : now + answer.retryAfterSeconds * 1000;
  if (answer.status >= 500 || answer.status === 408 || temporary.has(error)) {
    return offline('google-unavailable', sentences.googleUnavailable, retryAt);
  }
  if (answer.status === 429 || rateLimits.has(error)) return offline('rate-limited', sentences.rateLimited, retryAt);
  if (quotas.has(error)) return offline('quota-exhausted', sentences.quotaExhausted, retryAt);
  if (adminBlocks.has(error)) {
    return { kind: 'blocked-by-admin', reason: 'blocked-by-admin', sentence: sentences.blocked, action: 'ask-admin' };
  }
  if (error === 'deleted_client') return misconfigured('client-deleted', sentences.clientDeleted);
  if (clientErrors.has(error)) return misconfigured('client-invalid', sentences.clientInvalid);
  if (disabledApis.has(error)) return misconfigured('api-disabled', sentences.apiDisabled);
  if (missingScopes.has(error)) {
    return {
      kind: 'needs-permission',
      reason: 'scope-missing',
      sentence: sentences.scopeMissing,
      action: 'grant-permission',
      scopes: [],
    };
  }
  // An exchange that fails says something of a code, never of the grant that is already held.
  if (error === 'invalid_grant' && answer.where === 'refresh') {
    return answer.subtype === 'invalid_rapt' || answer.subtype === 'rapt_required'
      ? reconnect('session-expired', sentences.sessionExpired)
      : reconnect('grant-revoked', sentences.grantRevoked);
  }
  // Nothing is known of the grant where a wrong clock may have spoilt the proof. Where the clock is right, Google has
  // bound the grant to another key than ours, and only a new consent brings a grant that is bound to ours.
  if (error === 'invalid_dpop_proof' && answer.where !== 'resource-api') {
    if (answer.subtype === clockOff) return offline('clock-wrong', sentences.clockWrong, retryAt);
    if (answer.where === 'refresh') return keyLost;
  }
  // The daemon reports a 401 only after a freshly refreshed token was refused as well.
  if (answer.status === 401 && answer.where === 'resource-api') {
    return reconnect('access-rejected', sentences.accessRejected);
  }
  return offline('unexpected-answer', sentences.unexpected, retryAt);
}

const temporary = new Set(['internal_failure', 'server_error', 'temporarily_unavailable', 'backendError']);
const rateLimits = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'slow_down']);
const quotas = new Set(['quotaExceeded', 'dailyLimitExceeded']);
const adminBlocks = new Set(['admin_policy_enforced', 'access_not_configured', 'domainPolicy', 'org_internal']);
const clientErrors = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_request',
  'invalid_scope',
]);
const disabledApis = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);
const missingScopes = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);

const sentences = {
  working: 'Your copy is kept up to date in the background.',
  notSignedIn: 'Nobody is signed in on this computer.',
  refreshing: 'Checking with Google that the connection still holds. Your data is here and can be used.',
  noNetwork:
    'Google cannot be reached from this computer. Your copy is complete up to the last sync and can be used; syncing goes on by itself when the network is back.',
  googleUnavailable:
    'Google has a problem of its own at the moment. Your copy is safe and can be used; Mooring tries again by itself.',
  rateLimited: 'Google asked for a pause between requests. Nothing is lost; Mooring goes on after it.',
  quotaExhausted:
    'Google’s daily limit for this app is used up. Your copy is safe; syncing goes on when Google allows it.',
  notGoogle:
    'Something between this computer and Google answered in its place, such as the sign-in page of a public network. Nothing is lost; open a web page in your browser to sign in to the network, then try again.',
  unexpected: 'Google answered in a way that Mooring does not know. Your copy is safe; Mooring tries again by itself.',
  blocked:
    'Your organisation’s administrator does not allow this app to use your account. Your copy stays here; only the administrator can allow it again.',
  clientDeleted:
    'The registration of this app at Google was deleted, so Google no longer answers it. Your copy is safe. Signing in again would not help: choose a client file that is still registered.',
  clientInvalid:
    'Google does not accept this app’s client ID or secret. Your copy is safe and your sign-in is intact. Choose a client file with a valid ID and secret.',
  apiDisabled:
    'The Google Calendar API is switched off for this app’s client. Your copy is safe. Whoever owns the client has to switch it on in Google’s console.',
  scopeMissing:
    'Google was not allowed to share your calendar with Mooring. What was copied before stays here; give permission to go on.',
  sessionExpired:
    'Your organisation asks for a new sign-in from time to time, and that time has come. Nothing is lost; reconnect to go on syncing.',
  grantRevoked:
    'Google no longer accepts Mooring’s access to your account: it was removed, or it has expired. Your copy is complete up to the last sync; reconnect to go on syncing.',
  accessRejected:
    'Google refuses access even with a fresh key. Your copy is complete up to the last sync; reconnect to go on syncing.',
  clockWrong:
    'This computer’s clock does not agree with Google’s, so Google refuses the proof that it is really this computer asking. Your copy and your sign-in are intact. Correct the date, the time and the time zone in your system’s settings, then try again.',
  keyLost:
    'Your sign-in is tied to a key in this computer’s keychain, and that key is lost or damaged. Your copy is complete up to the last sync; reconnect to go on syncing.',
  grantMissing:
    'The key to your account is no longer in this computer’s keychain. Your copy is complete up to the last sync; reconnect to go on syncing.',
} as const;

function offline(
  reason: Extract<Connection, { kind: 'offline' }>['reason'],
  sentence: string,
  retryAt: number | null,
): Connection {
  return { kind: 'offline', reason, sentence, action: 'retry', retryAt };
}

function reconnect(reason: Connection['reason'], sentence: string): Connection {
  return { kind: 'needs-reconnect', reason, sentence, action: 'reconnect' };
}

function misconfigured(reason: Connection['reason'], sentence: string): Connection {
  return { kind: 'app-misconfigured', reason, sentence, action: 'fix-client' };
}

export const connected: Connection = {
  kind: 'connected',
  reason: 'working',
  sentence: sentences.working,
  action: 'none',
};

export const signedOut: Connection = {
  kind: 'signed-out',
  reason: 'not-signed-in',
  sentence: sentences.notSignedIn,
  action: 'sign-in',
};

export const refreshing: Connection = {
  kind: 'refreshing',
  reason: 'refreshing',
  sentence: sentences.refreshing,
  action: 'none',
};

/** The keychain holds nothing for an account that was connected. */
export const grantMissing: Connection = reconnect('grant-missing', sentences.grantMissing);

/** The keychain holds a refresh token, but not the key it is bound to (RFC 9449): Google takes neither without the other. */
export const keyLost: Connection = reconnect('key-lost', sentences.keyLost);

/** Some of what Mooring asked for was not granted. */
export function permissionMissing(scopes: string[]): Connection {
  return {
    kind: 'needs-permission',
    reason: 'scope-missing',
    sentence: sentences.scopeMissing,
    action: 'grant-permission',
    scopes,
  };
}
