import { OAuth2Client } from 'google-auth-library';
import { z } from 'zod';
import type { OAuthClient } from './client.ts';
import { AuthFailure, observeAnswer, observeException } from './observe.ts';
import type { Provider } from './provider.ts';
import { readScopes } from './scopes.ts';

/** What the token endpoint handed out. Instants are epoch milliseconds. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  /** Null when Google gave none, as it does when no consent was shown. */
  readonly refreshToken: string | null;
  /** Set when the grant itself ends by a date. */
  readonly grantExpiresAt: number | null;
  readonly idToken: string | null;
  readonly scopes: readonly string[];
}

export interface TokenEndpoint {
  /** RFC 6749, section 4.1.3. Sent once, whatever happens: a code is good for one use. */
  exchange(options: { code: string; verifier: string; redirectUri: string }): Promise<Tokens>;
  /** RFC 6749, section 6. */
  refresh(refreshToken: string): Promise<Tokens>;
  /** RFC 7009. Resolves also when Google no longer knows the token: then there is nothing left to end. */
  revoke(refreshToken: string): Promise<void>;
}

/** google-auth-library has put `expires_in` into `expiry_date` by the local clock by the time this is read. */
const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expiry_date: z.number(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
  id_token: z.string().optional(),
  scope: z.string().default(''),
  token_type: z.string().regex(/^bearer$/i),
});

const timeout = 30_000;

/**
 * The library's client, opened where its public surface loses something: `refreshAccessToken` overwrites a new refresh
 * token with the old one, while the protected call below hands the answer over as it came.
 */
class LibraryClient extends OAuth2Client {
  refreshOnce(refreshToken: string) {
    return this.refreshTokenNoCache(refreshToken);
  }
}

/** The token and revocation endpoints of one provider, for one client. Every failure is an {@link AuthFailure}. */
export function openTokenEndpoint(provider: Provider, client: OAuthClient, now: () => number): TokenEndpoint {
  const library = new LibraryClient({
    clientId: client.id,
    clientSecret: client.secret,
    endpoints: { oauth2TokenUrl: provider.tokenEndpoint },
  });
  library.transporter.interceptors.request.add({
    resolved: async (request) => ({
      ...request,
      timeout,
      // The library retries POSTs; a code that is sent twice kills a sign-in that had gone through.
      retry: false,
      retryConfig: { retry: 0, noResponseRetries: 0 },
      // A redirect would carry the client secret to another address.
      redirect: 'error',
      validateStatus: () => true,
    }),
  });

  async function ask(
    where: 'code-exchange' | 'refresh',
    call: () => Promise<{ res?: { status: number; headers: Headers; data: unknown } | null }>,
  ): Promise<Tokens> {
    const { res } = await call().catch((cause: unknown) => {
      // The cause is left out: the library's errors carry the request, and with it the tokens.
      throw new AuthFailure(observeException(where, cause));
    });
    if (!res) throw new AuthFailure({ kind: 'network', where, code: 'UNKNOWN' });
    const answer = res.status === 200 ? TokenAnswer.safeParse(res.data) : null;
    if (!answer?.success) throw new AuthFailure(observeAnswer(where, res));
    const { data } = answer;
    return {
      accessToken: data.access_token,
      accessExpiresAt: data.expiry_date,
      refreshToken: data.refresh_token ?? null,
      grantExpiresAt: data.refresh_token_expires_in === undefined ? null : now() + data.refresh_token_expires_in * 1000,
      idToken: data.id_token ?? null,
      scopes: readScopes(data.scope),
    };
  }

  return {
    exchange: ({ code, verifier, redirectUri }) =>
      ask('code-exchange', () => library.getToken({ code, codeVerifier: verifier, redirect_uri: redirectUri })),
    refresh: (refreshToken) => ask('refresh', () => library.refreshOnce(refreshToken)),
    async revoke(refreshToken) {
      // Not the library's: it puts the token into the address, where servers and proxies log it.
      const answer = await fetch(provider.revocationEndpoint, {
        method: 'POST',
        body: new URLSearchParams({ token: refreshToken }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      }).catch((cause: unknown) => {
        throw new AuthFailure(observeException('refresh', cause));
      });
      if (answer.ok) return;
      const data: unknown = await answer.json().catch(() => null);
      const observation = observeAnswer('refresh', { status: answer.status, headers: answer.headers, data });
      if (observation.kind === 'answer' && observation.error === 'invalid_token') return;
      throw new AuthFailure(observation);
    },
  };
}
