import { createHash, randomBytes } from 'node:crypto';
import type { Provider } from './provider.ts';

/** What one attempt to sign in is bound to. Fresh for each attempt, in memory only, gone with it. */
export interface Attempt {
  /** Unguessable path of the redirect, so that other programs on this computer cannot guess it. */
  readonly path: string;
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636: sent with the code only. */
  readonly verifier: string;
}

const unguessable = () => randomBytes(32).toString('base64url');

export function newAttempt(): Attempt {
  return { path: `/${unguessable()}`, state: unguessable(), nonce: unguessable(), verifier: unguessable() };
}

/** RFC 7636, section 4.2. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/**
 * The address the browser is sent to: https://developers.google.com/identity/protocols/oauth2/native-app
 * `forceConsent` is what makes Google hand out a refresh token again. `loginHint` is the `sub` or address to sign in as.
 */
export function authorizationUrl(options: {
  provider: Provider;
  clientId: string;
  redirectUri: string;
  attempt: Attempt;
  scopes: readonly string[];
  forceConsent: boolean;
  loginHint: string | null;
}): string {
  const { provider, clientId, redirectUri, attempt, scopes, forceConsent, loginHint } = options;
  const url = new URL(provider.authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: challengeOf(attempt.verifier),
    code_challenge_method: 'S256',
    access_type: 'offline',
    ...(forceConsent ? { prompt: 'consent' } : {}),
    ...(loginHint === null ? {} : { login_hint: loginHint }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
