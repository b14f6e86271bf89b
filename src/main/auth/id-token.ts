import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import { shownAddress, shownText } from '../../contract/shown-text.ts';
import type { Fetch } from '../../http/outgoing.ts';
import { parseJson, readText, signInAnswer } from '../../http/read-answer.ts';
import { AuthFailure, observeException, observeTokenAnswer } from './observe.ts';
import type { Provider } from './provider.ts';

/** Who Google says has signed in. */
export interface Identity {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly pictureUrl: string | null;
}

/** The ID token does not prove what it should. `code` tells which check it failed; the token itself is never quoted. */
export class IdTokenError extends Error {
  override name = 'IdTokenError';
  readonly code: string;
  constructor(code: string) {
    super(`The ID token was refused: ${code}.`);
    this.code = code;
  }
}

const Subject = z.string().min(1).max(255);

const Claims = z.object({
  sub: Subject,
  nonce: z.string().nullish(),
  azp: z.string().nullish(),
  // What is only shown may be missing, null or anything else: it must not cost a sign-in.
  email: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  picture: z.string().max(2_000).nullish().catch(null),
});

/**
 * Whom an ID token speaks of; null where it does not say. Only for one that came straight from the token endpoint over TLS,
 * which is proof enough of who issued it (OpenID Connect Core 1.0, section 3.1.3.7, item 6).
 */
export function subjectOf(idToken: string): string | null {
  try {
    const subject = Subject.safeParse(decodeJwt(idToken).sub);
    return subject.success ? subject.data : null;
  } catch {
    return null;
  }
}

/** Seconds by which this computer's clock may be off, as Google's own libraries allow. */
const clockTolerance = 300;

export type VerifyIdToken = (idToken: string, nonce: string) => Promise<Identity>;

/**
 * Verifies an ID token (OpenID Connect Core 1.0, section 3.1.3.7): signature by the provider's published keys, `iss`,
 * `aud`, `azp`, `exp`, and the `nonce` of this attempt. Throws {@link IdTokenError}; a network failure while fetching the
 * keys is thrown as it is.
 */
export function idTokenVerifier(fetch: Fetch, provider: Provider, clientId: string, now: () => number): VerifyIdToken {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(provider.jwksUri), {
    timeoutDuration: 10_000,
    [customFetch]: (url, options) => fetchKeys(fetch, url, options),
  });
  // Google's real tokens carry its name with or without the scheme.
  const issuers = [provider.issuer, provider.issuer.replace('https://accounts.google.com', 'accounts.google.com')];
  return async (idToken, nonce) => {
    const { payload } = await jwtVerify(idToken, keys, {
      issuer: issuers,
      audience: clientId,
      algorithms: ['RS256'],
      clockTolerance,
      currentDate: new Date(now()),
      requiredClaims: ['exp', 'iat', 'sub', 'aud', 'iss'],
    }).catch((error: unknown) => {
      throw refusal(error);
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success) throw new IdTokenError('claims');
    const { sub, email, name, picture, azp } = claims.data;
    if (claims.data.nonce !== nonce) throw new IdTokenError('nonce');
    // Several audiences would let another party's token pass; Google issues one.
    if (Array.isArray(payload.aud) && payload.aud.length !== 1) throw new IdTokenError('aud');
    if (azp != null && azp !== clientId) throw new IdTokenError('azp');
    const address = shownAddress(email ?? '');
    return {
      id: sub,
      email: address,
      name: shownText(name ?? '') || address || `Google account …${sub.slice(-4)}`,
      pictureUrl: picture || null,
    };
  };
}

/**
 * As jose fetches them, but no further than the limits allow, and once more where that fails: a code has been spent by then.
 * What passed the limits is not asked for again, because it would only be as large.
 * @throws {AuthFailure} when they cannot be had.
 */
async function fetchKeys(fetch: Fetch, url: string, options: RequestInit): Promise<Response> {
  return fetchKeysOnce(fetch, url, options).catch((error: unknown) => {
    if (error instanceof AuthFailure && isTooLarge(error.observation)) throw error;
    return fetchKeysOnce(fetch, url, options);
  });
}

const isTooLarge = (observation: Observation): boolean =>
  observation.kind === 'network' && observation.code === 'ANSWER_TOO_LARGE';

async function fetchKeysOnce(fetch: Fetch, url: string, options: RequestInit): Promise<Response> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, options);
    text = await readText(answer.body, signInAnswer);
  } catch (error) {
    throw new AuthFailure(observeException('code-exchange', error));
  }
  const data = parseJson(text);
  if (answer.status === 200 && data !== null) return new Response(text, { status: 200 });
  throw new AuthFailure(observeTokenAnswer('code-exchange', { status: answer.status, headers: answer.headers, data }));
}

/** The codes that speak of the token; every other failure is of fetching the keys. */
const aboutTheToken = new Set([
  errors.JWSSignatureVerificationFailed.code,
  errors.JWKSNoMatchingKey.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JWSInvalid.code,
  errors.JWTInvalid.code,
]);

/** jose's errors quote the payload; only the name of the failed check goes on. */
function refusal(error: unknown): Error {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
    return new IdTokenError(error.claim);
  }
  if (error instanceof errors.JOSEError && aboutTheToken.has(error.code)) return new IdTokenError(error.code);
  return error instanceof Error ? error : new Error('The keys of the sign-in service could not be read.');
}
