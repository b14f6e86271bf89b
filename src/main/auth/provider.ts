import { z } from 'zod';
import { isLoopback } from '../../http/loopback.ts';
import type { Fetch } from '../../http/outgoing.ts';
import { parseJson, readText, signInAnswer } from '../../http/read-answer.ts';
import { dpopAlgorithm } from './dpop.ts';

/** Plain http carries tokens in the clear, so it is accepted only where nothing leaves the computer. */
export const EndpointUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    const plain = url.username === '' && url.password === '' && url.hash === '';
    return plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text)));
  },
  { error: 'must be an https address, or an http address on this computer' },
);

/** The OpenID provider's addresses: OpenID Connect Discovery 1.0, section 3. */
export interface Provider {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string;
  readonly jwksUri: string;
  /** RFC 9207, section 3: whether an answer without `iss` has to be refused. */
  readonly issuerInCallback: boolean;
  /** RFC 9449, section 5.1: whether refresh tokens can be bound to a key. An issuer that knows no DPoP is used without. */
  readonly dpop: boolean;
}

export const realIssuer = 'https://accounts.google.com';

/** What https://accounts.google.com/.well-known/openid-configuration said when this was written. */
export const realGoogle: Provider = {
  issuer: realIssuer,
  authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
  revocationEndpoint: 'https://oauth2.googleapis.com/revoke',
  jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
  // Built in for when discovery cannot be read: an `iss` that comes is compared, one that is missing is tolerated.
  issuerInCallback: false,
  // Google documents DPoP for refresh tokens; whether its discovery document says so as well is not relied on.
  dpop: true,
};

const DiscoveryDocument = z.object({
  issuer: z.string(),
  authorization_endpoint: EndpointUrl,
  token_endpoint: EndpointUrl,
  revocation_endpoint: EndpointUrl,
  jwks_uri: EndpointUrl,
  // Missing and null are the same: not said.
  authorization_response_iss_parameter_supported: z.boolean().nullish(),
  dpop_signing_alg_values_supported: z.array(z.string()).nullish(),
});

/** Discovery failed and nothing is built in for this issuer. */
export class DiscoveryError extends Error {
  override name = 'DiscoveryError';
}

const timeout = 10_000;

/**
 * Reads the issuer's discovery document. For the real Google, what is built in stands in when it cannot be read; for any
 * other issuer that is a {@link DiscoveryError}. The document's `issuer` has to be the one asked (Discovery 1.0, 4.3).
 */
export async function discover(fetch: Fetch, issuer: string): Promise<Provider> {
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(timeout),
      redirect: 'error',
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const document = DiscoveryDocument.parse(parseJson(await readText(answer.body, signInAnswer)));
    if (document.issuer !== issuer) throw new Error(`The document is that of ${document.issuer}.`);
    return {
      issuer,
      authorizationEndpoint: document.authorization_endpoint,
      tokenEndpoint: document.token_endpoint,
      revocationEndpoint: document.revocation_endpoint,
      jwksUri: document.jwks_uri,
      issuerInCallback: document.authorization_response_iss_parameter_supported ?? false,
      dpop: issuer === realIssuer || (document.dpop_signing_alg_values_supported ?? []).includes(dpopAlgorithm),
    };
  } catch (cause) {
    if (issuer === realIssuer) return realGoogle;
    throw new DiscoveryError(`The sign-in service at ${issuer} could not be reached or did not describe itself.`, {
      cause,
    });
  }
}

/** One provider for the process: read when first needed, kept once read, asked again after a failure. */
export function rememberProvider(fetch: Fetch, issuer: string): () => Promise<Provider> {
  let known: Promise<Provider> | null = null;
  return () => {
    known ??= discover(fetch, issuer).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
