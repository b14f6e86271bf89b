import type { Fetch } from '../../http/outgoing.ts';
import { parseJson, readText, signInAnswer } from '../../http/read-answer.ts';
import { AuthFailure, observeException, observeTokenAnswer } from './observe.ts';
import type { Provider } from './provider.ts';

const timeout = 30_000;

/**
 * Ends a grant at its issuer (RFC 7009). Resolves also when the issuer no longer knows the token: then there is nothing
 * left to end. Every failure is an {@link AuthFailure}.
 */
export async function revokeGrant(fetch: Fetch, provider: Provider, refreshToken: string): Promise<void> {
  const observation = await send(fetch, provider, refreshToken).catch((cause: unknown) =>
    observeException('refresh', cause),
  );
  if (observation === null) return;
  if (observation.kind === 'answer' && observation.error === 'invalid_token') return;
  throw new AuthFailure(observation);
}

/** Not google-auth-library's: it puts the token into the address, where servers and proxies log it. */
async function send(fetch: Fetch, provider: Provider, refreshToken: string) {
  const answer = await fetch(provider.revocationEndpoint, {
    method: 'POST',
    body: new URLSearchParams({ token: refreshToken }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  });
  const text = await readText(answer.body, signInAnswer);
  const data = parseJson(text);
  // A success need not say anything (RFC 7009, section 2.2), but a page of HTML is somebody else's, and nothing has ended.
  if (answer.ok && (text.trim() === '' || data !== null)) return null;
  return observeTokenAnswer('refresh', { status: answer.status, headers: answer.headers, data });
}
