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
  /** An answer of another authorization server (RFC 9207): it ends the attempt, unread. */
  | { readonly kind: 'wrong-issuer' }
  /** Somebody's answer, but not to this attempt: refused, and the attempt goes on. */
  | { readonly kind: 'wrong-state' }
  /** The page shown after the answer was taken. */
  | { readonly kind: 'done-page' }
  /** A favicon, a port scan, a wrong method, a foreign host: the attempt goes on. */
  | { readonly kind: 'noise'; readonly status: 400 | 403 | 404 | 405 | 414 };

const longestTarget = 8192;

/** Decides what a request to the listener is. Never throws: everything about it is a stranger's. */
export function readCallback(
  request: CallbackRequest,
  expected: { attempt: Attempt; host: string; provider: Pick<Provider, 'issuer' | 'issuerInCallback'> },
): Callback {
  const { attempt, host, provider } = expected;
  if (request.target.length > longestTarget) return { kind: 'noise', status: 414 };
  if (request.host !== host) return { kind: 'noise', status: 403 };
  // A redirect is a navigation and carries no Origin; a page that calls us from a script does.
  if (request.origin !== undefined) return { kind: 'noise', status: 403 };
  if (!URL.canParse(request.target, `http://${host}`)) return { kind: 'noise', status: 400 };
  const url = new URL(request.target, `http://${host}`);
  if (url.host !== host) return { kind: 'noise', status: 403 };
  if (url.pathname !== attempt.path && url.pathname !== donePath(attempt)) return { kind: 'noise', status: 404 };
  if (request.method !== 'GET') return { kind: 'noise', status: 405 };
  if (url.pathname === donePath(attempt)) return { kind: 'done-page' };

  const one = (name: string): string | null => {
    const values = url.searchParams.getAll(name);
    return values.length === 1 ? (values[0] ?? null) : null;
  };
  if (one('state') !== attempt.state) return { kind: 'wrong-state' };
  const issuerGiven = url.searchParams.has('iss');
  if (issuerGiven ? one('iss') !== provider.issuer : provider.issuerInCallback) return { kind: 'wrong-issuer' };
  const error = one('error');
  if (error !== null) return { kind: 'error', error: error.slice(0, 100) };
  const code = one('code');
  if (code === null || code === '') return { kind: 'noise', status: 400 };
  return { kind: 'code', code };
}

/** Where the browser is sent at once, so that the code stays in no address bar and no history. */
export const donePath = (attempt: Attempt): string => `${attempt.path}/done`;
