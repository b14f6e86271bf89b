import { z } from 'zod';
import { readDate } from '../../http/date.ts';
import type { Fetch } from '../../http/outgoing.ts';
import type { OAuthClient } from './client.ts';
import { codeJti, type DpopKey, type DpopNonces, htuOf, makeProof, type ProofUse, randomJti } from './dpop.ts';
import { asksForNonce, nonceOf, type WireAnswer, withClock } from './dpop-answers.ts';
import { type LibraryClient, openLibrary } from './library-client.ts';
import { AuthFailure, observeException, observeTokenAnswer } from './observe.ts';
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
  /** Empty where the answer does not say: they are those that were asked for, or given before (RFC 6749, 5.1 and 6). */
  readonly scopes: readonly string[];
  /** Google's clock, by the answer's `Date`. */
  readonly serverDate: number | null;
}

/** What is passed on once the refresh token is in the keychain: that token is not part of it. */
export interface FreshAccess {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  /** Whether a refresh token came with it. */
  readonly issued: boolean;
  readonly scopes: readonly string[];
  readonly serverDate: number | null;
}

export const takeAccess = ({
  accessToken,
  accessExpiresAt,
  refreshToken,
  scopes,
  serverDate,
}: Tokens): FreshAccess => ({
  accessToken,
  accessExpiresAt,
  issued: refreshToken !== null,
  scopes,
  serverDate,
});

export interface TokenEndpoint {
  /**
   * RFC 6749, section 4.1.3. A code is good for one use and is sent once, whatever happens, but for one case: an answer
   * that asks for a nonce says that the code was not used (RFC 9449, section 8). With a key, the refresh token that
   * comes is bound to it.
   */
  exchange(options: { code: string; verifier: string; redirectUri: string; key: DpopKey | null }): Promise<Tokens>;
  /** RFC 6749, section 6. `key` is the one the refresh token is bound to. */
  refresh(options: { refreshToken: string; key: DpopKey | null }): Promise<Tokens>;
}

/** Google's access tokens last an hour; one that is said to last longer than a day is asked for anew after a day. */
const longestAccess = 86_400_000;

/** Seconds. Beyond ten years an end is none, and beyond what a date can hold it could not even be shown. */
const longestGrant = 10 * 366 * 86_400;

/** How long an access token lasts where the answer does not say: an hour, as all of Google's do. */
const usualAccess = 3_600_000;

/** A member that is missing, null, empty or of another type was not said: a code is spent by then, and must not be lost. */
const said = z.string().min(1).nullish().catch(null);
const seconds = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);

/**
 * RFC 6749, section 5.1, as far as it can be used. What kind of token it is need not be asked: Google gives bearers only.
 * google-auth-library has put `expires_in` into `expiry_date` by the local clock by the time this is read.
 */
const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expiry_date: z.number().nullish().catch(null),
  refresh_token: said,
  refresh_token_expires_in: seconds.pipe(z.number().positive().max(longestGrant)).nullish().catch(null),
  id_token: said,
  scope: said,
});

/** Where an observation says that a failure was met. */
const metAt = { exchange: 'code-exchange', refresh: 'refresh' } as const;

/** One request to the token endpoint: what it is for, the `jti` of its proof, and how the library makes it. */
interface TokenRequest {
  readonly use: ProofUse;
  readonly key: DpopKey | null;
  readonly jti: () => string;
  readonly call: (library: LibraryClient) => Promise<{ res?: WireAnswer | null }>;
}

/**
 * The token endpoint of one provider, for one client. Every failure is an {@link AuthFailure}. `nonces`
 * are those of the process, so that a nonce learnt from one answer is used in the next request.
 */
export function openTokenEndpoint(
  fetch: Fetch,
  provider: Provider,
  client: OAuthClient,
  now: () => number,
  nonces: DpopNonces,
): TokenEndpoint {
  const htu = htuOf(provider.tokenEndpoint);

  async function send({ use, key, jti, call }: TokenRequest, nonce: string | null): Promise<WireAnswer> {
    const where = metAt[use];
    const proof = key && (await makeProof(key, { htu, jti: jti(), now: now(), nonce }));
    const { res } = await call(openLibrary(fetch, provider, client, proof)).catch((cause: unknown) => {
      // The cause is left out: the library's errors carry the request, and with it the tokens.
      throw new AuthFailure(observeException(where, cause));
    });
    if (!res) throw new AuthFailure({ kind: 'network', where, code: 'UNKNOWN' });
    // RFC 9449, section 8.2: a success may bring the nonce of the next request.
    const fresh = nonceOf(res);
    if (key !== null && fresh !== null) nonces.keep(htu, use, fresh);
    return res;
  }

  /** Sends once more only when the answer asks for a nonce and brings another than the one it was asked with. */
  async function sendWithNonce(request: TokenRequest): Promise<WireAnswer> {
    const known = nonces.recall(htu, request.use);
    const first = await send(request, known);
    const fresh = nonceOf(first);
    const again = request.key !== null && asksForNonce(first) && fresh !== null && fresh !== known;
    return again ? send(request, fresh) : first;
  }

  async function ask(request: TokenRequest): Promise<Tokens> {
    const where = metAt[request.use];
    const res = await sendWithNonce(request);
    const answer = res.status === 200 ? TokenAnswer.safeParse(res.data) : null;
    if (!answer?.success) throw new AuthFailure(withClock(observeTokenAnswer(where, res), res, now()));
    const { data } = answer;
    return {
      accessToken: data.access_token,
      // By our own clock: the library has added the seconds to the system's.
      accessExpiresAt: now() + lifetimeOf((data.expiry_date ?? 0) - Date.now()),
      refreshToken: data.refresh_token ?? null,
      grantExpiresAt: data.refresh_token_expires_in ? now() + data.refresh_token_expires_in * 1000 : null,
      idToken: data.id_token ?? null,
      scopes: readScopes(data.scope ?? ''),
      serverDate: readDate(res.headers.get('date') ?? ''),
    };
  }

  return {
    exchange: ({ code, verifier, redirectUri, key }) =>
      ask({
        use: 'exchange',
        key,
        jti: () => codeJti(code),
        call: (library) => library.getToken({ code, codeVerifier: verifier, redirect_uri: redirectUri }),
      }),
    refresh: ({ refreshToken, key }) =>
      ask({ use: 'refresh', key, jti: randomJti, call: (library) => library.refreshOnce(refreshToken) }),
  };
}

/** For how many milliseconds an access token is used; `left` is what was said, and may be no time at all. */
const lifetimeOf = (left: number): number => (left > 0 ? Math.min(left, longestAccess) : usualAccess);
