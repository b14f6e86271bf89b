import { type gaxios, OAuth2Client } from 'google-auth-library';
import type { Fetch } from '../../http/outgoing.ts';
import { parseJson, readText, signInAnswer } from '../../http/read-answer.ts';
import type { OAuthClient } from './client.ts';
import type { Provider } from './provider.ts';

/** Milliseconds. */
const timeout = 30_000;

/**
 * The library's client, opened where its public surface loses something: `refreshAccessToken` overwrites a new refresh
 * token with the old one, while the protected call below hands the answer over as it came.
 */
export class LibraryClient extends OAuth2Client {
  refreshOnce(refreshToken: string) {
    return this.refreshTokenNoCache(refreshToken);
  }
}

/** google-auth-library's client for one request; it knows nothing of DPoP, so the proof is put beside what it sends. */
export function openLibrary(
  fetch: Fetch,
  provider: Provider,
  client: OAuthClient,
  proof: string | null,
): LibraryClient {
  const library = new LibraryClient({
    clientId: client.id,
    clientSecret: client.secret,
    endpoints: { oauth2TokenUrl: provider.tokenEndpoint },
    // It would make itself a proxy agent of what the environment names.
    transporterOptions: { noProxy: [/^/] },
  });
  library.transporter.interceptors.request.add({
    resolved: async (request) => {
      if (proof !== null) request.headers.set('DPoP', proof);
      return {
        ...request,
        // Its own `timeout` is read before interceptors run.
        signal: AbortSignal.timeout(timeout),
        // The library retries POSTs; a code that is sent twice kills a sign-in that had gone through.
        retry: false,
        retryConfig: { retry: 0, noResponseRetries: 0 },
        validateStatus: () => true,
        adapter: sendBy(fetch),
      };
    },
  });
  return library;
}

/** In place of the library's own way out, and of its way of reading an answer, which takes whatever comes. */
const sendBy =
  (fetch: Fetch): NonNullable<gaxios.GaxiosOptions['adapter']> =>
  async (request) => {
    const { url, method = 'GET', headers, body, signal } = request;
    const answer = await fetch(url, {
      method,
      headers,
      body: body as URLSearchParams | string | null,
      signal: signal ?? null,
      // A redirect would carry the client secret to another address.
      redirect: 'error',
    });
    const text = await readText(answer.body, signInAnswer);
    // Whatever it calls itself: a code is spent by then, and a proxy may have changed the name of the type.
    return Object.assign(answer, { config: request, data: parseJson(text) as never });
  };
