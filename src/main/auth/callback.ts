import type { Attempt } from './authorization-request.ts';
import type { Provider } from './provider.ts';

/** The parts of an HTTP request that decide what it is. */
export interface CallbackRequest {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** What a request to the loopback listener turned out to be. */
export type Callback =
  /** The authorization code, for this attempt, from this issuer. */
  | { readonly kind: 'code'; readonly code: string }
  /** Google's own error for this attempt (RFC 6749, section 4.1.2.1). */
  | { readonly kind: 'error'; readonly error: string }
  /** An answer of another authorization server (RFC 9207): refused unread, and the attempt goes on. */
  | { readonly kind: 'wrong-issuer' }
  /** Somebody's answer, but not to this attempt: refused, and the attempt goes on. */
  | { readonly kind: 'wrong-state' }
  /** The page shown after the answer was taken. */
  | { readonly kind: 'done-page' }
  /** The page shown to a browser that the app did not open, while the person is asked about it. */
  | { readonly kind: 'asked-page' }
  /** A favicon, a port scan, a wrong method, a foreign host: the attempt goes on. */
  | { readonly kind: 'noise'; readonly status: 400 | 403 | 404 | 405 | 414 };

const longestTarget = 8192;

/** RFC 6749, appendices A.7 and A.11: what an error and a code are made of. Anything else in them is not Google's. */
const codeForm = /^[\x20-\x7e]+$/;
const notOfAnError = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

/** Decides what a request to the listener is. Never throws, because any program may have written the request. */
export function readCallback(
  request: CallbackRequest,
  expected: { attempt: Attempt; host: string; provider: Pick<Provider, 'issuer' | 'issuerInCallback'> },
): Callback {
  const { attempt, host, provider } = expected;
  if (request.target.length > longestTarget) return { kind: 'noise', status: 414 };
  if (request.host !== host) return { kind: 'noise', status: 403 };
  // A redirect is a navigation and carries no Origin; a page that calls us from a script does.
  if (request.origin !== undefined) return { kind: 'noise', status: 403 };
  // As it stands, and not as a parser of addresses would mend it: no other host, no dots, no encodings.
  const [path = '', ...query] = request.target.split('?');
  if (![attempt.path, donePath(attempt), askedPath(attempt)].includes(path)) return { kind: 'noise', status: 404 };
  if (request.method !== 'GET') return { kind: 'noise', status: 405 };
  if (path === donePath(attempt)) return { kind: 'done-page' };
  if (path === askedPath(attempt)) return { kind: 'asked-page' };

  const parameters = new URLSearchParams(query.join('?'));
  const one = (name: string): string | null => {
    const values = parameters.getAll(name);
    return values.length === 1 ? (values[0] ?? null) : null;
  };
  if (one('state') !== attempt.state) return { kind: 'wrong-state' };
  const issuerGiven = parameters.has('iss');
  if (issuerGiven ? one('iss') !== provider.issuer : provider.issuerInCallback) return { kind: 'wrong-issuer' };
  const error = one('error');
  if (error !== null) return { kind: 'error', error: error.replace(notOfAnError, '').slice(0, 100) };
  // An answer with several errors, or with a code beside an error, is not Google's.
  const code = parameters.has('error') ? null : one('code');
  return code !== null && codeForm.test(code) ? { kind: 'code', code } : { kind: 'noise', status: 400 };
}

/** Where the browser is sent at once, so that the code stays in no address bar and no history. */
export const donePath = (attempt: Attempt): string => `${attempt.path}/done`;

/** The same for a browser that the app did not open. */
export const askedPath = (attempt: Attempt): string => `${attempt.path}/asked`;
