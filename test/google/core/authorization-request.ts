import type { Client } from './model.ts';
import { scopesOf } from './scopes.ts';

export interface AuthorizationRequest {
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  challenge: string;
  offline: boolean;
  prompt: string[];
  loginHint: string | undefined;
}

/** An error Google draws on its own page instead of telling the app. */
export interface PageError {
  status: number;
  error: string;
  explanation: string;
}

/**
 * Reads an authorization request (RFC 6749, section 4.1.1; RFC 7636, section 4.3). Stricter than Google in one point:
 * PKCE with S256 is required, because an app that leaves it out has a bug.
 */
export function readAuthorizationRequest(
  client: Client,
  url: URL,
  userAgent: string,
): AuthorizationRequest | PageError {
  const query = url.searchParams;
  if (/Electron\//i.test(userAgent)) {
    return pageError(
      403,
      'disallowed_useragent',
      'You can’t sign in from this screen because this app doesn’t comply.',
    );
  }
  const names = [...query.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) return invalid(`OAuth 2 parameters can only have a single value: ${repeated}`);
  const missing = ['client_id', 'redirect_uri', 'response_type', 'scope'].find((name) => !query.get(name));
  if (missing) return invalid(`Required parameter is missing: ${missing}`);
  if (query.get('client_id') !== client.id) return pageError(401, 'invalid_client', 'The OAuth client was not found.');
  if (client.deleted) return pageError(401, 'deleted_client', 'The OAuth client was deleted.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isLoopback(redirectUri)) {
    const explanation = 'You can’t sign in because this app sent an invalid request.';
    return pageError(400, 'redirect_uri_mismatch', explanation);
  }
  if (query.get('response_type') !== 'code') return invalid(`Invalid response_type: ${query.get('response_type')}`);
  const challenge = query.get('code_challenge') ?? '';
  if (query.get('code_challenge_method') !== 'S256') return invalid('code_challenge_method must be S256.');
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) return invalid('code_challenge is not a SHA-256 digest in base64url.');
  const prompt = (query.get('prompt') ?? '').split(' ').filter(Boolean);
  const unknown = prompt.find((value) => !['none', 'consent', 'select_account'].includes(value));
  if (unknown || (prompt.includes('none') && prompt.length > 1)) return invalid(`Invalid parameter value for prompt`);
  return {
    redirectUri,
    scopes: scopesOf(query.get('scope') ?? ''),
    state: query.get('state'),
    nonce: query.get('nonce'),
    challenge,
    offline: query.get('access_type') === 'offline',
    prompt,
    loginHint: query.get('login_hint') ?? undefined,
  };
}

// A desktop client may come back to any port and path of a loopback address (RFC 8252, section 7.3).
function isLoopback(redirectUri: string): boolean {
  if (!/^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/.test(redirectUri)) return false;
  const url = URL.parse(redirectUri);
  return url !== null && url.hash === '' && url.username === '' && url.password === '';
}

function invalid(explanation: string): PageError {
  return pageError(400, 'invalid_request', explanation);
}

function pageError(status: number, error: string, explanation: string): PageError {
  return { status, error, explanation };
}
