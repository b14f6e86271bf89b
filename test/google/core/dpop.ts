import { createHash, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Ctx, Double } from './double.ts';
import type { TokenProblem } from './grants.ts';

/**
 * How the token endpoint treats proofs of possession. `required-for-bound`: a proof with the exchange binds the refresh
 * token to its key, and from then on a proof by that key is required. `off`: proofs and bindings mean nothing.
 * `reject`: as for an organisation that does not take them, any exchange with a proof fails.
 * @see https://developers.google.com/identity/protocols/oauth2/resources/dpop-adoption
 */
export type DpopMode = 'required-for-bound' | 'off' | 'reject';
export type DpopRefusal = 'invalid_dpop_proof' | 'invalid_request';

/** What a proof is for: each has nonces of its own. */
export type ProofUse = 'exchange' | 'refresh';

export interface Dpop {
  mode: DpopMode;
  /** The error with which `reject` refuses. */
  refusal: DpopRefusal;
  nonceRequired: boolean;
  nonces: Record<ProofUse, string>;
  /** Each `jti` that was used, with the end of its time. */
  used: Map<string, number>;
}

/** The proof of a request: the thumbprint of its key (RFC 7638), or null when none was sent or proofs mean nothing. */
export type Proof = { thumbprint: string | null };

const WINDOW = 60_000;

export function makeDpop(): Dpop {
  return {
    mode: 'required-for-bound',
    refusal: 'invalid_dpop_proof',
    nonceRequired: true,
    nonces: newNonces(),
    used: new Map(),
  };
}

export function newNonces(): Record<ProofUse, string> {
  return { exchange: randomBytes(24).toString('base64url'), refresh: randomBytes(24).toString('base64url') };
}

/**
 * Checks the `DPoP` header of a request to the token endpoint (RFC 9449, section 4.3). With a code, `jti` has to be the
 * code's hash. A proof without the current nonce is answered before its `jti` counts as used.
 */
export async function checkProof(
  double: Double,
  use: ProofUse,
  c: Ctx,
  code: string | null,
): Promise<Proof | TokenProblem> {
  const { dpop } = double;
  const header = c.req.header('dpop');
  if (header === undefined || dpop.mode === 'off') return { thumbprint: null };
  if (dpop.mode === 'reject' && use === 'exchange') {
    return { status: 400, error: dpop.refusal, description: 'DPoP is not available for this client.' };
  }
  const proof = await verify(double, header);
  if (typeof proof === 'string') return refused(proof);
  const { claims, thumbprint } = proof;
  const now = double.now();
  if (claims.htm !== 'POST') return refused('htm');
  if (claims.htu !== `${double.issuer}/token`) return refused('htu');
  if (Math.abs(claims.iat * 1000 - now) > WINDOW) return refused('iat');
  if (code !== null && claims.jti !== createHash('sha256').update(code).digest('base64url')) return refused('jti');
  if (claims.nonce === undefined ? dpop.nonceRequired : claims.nonce !== dpop.nonces[use]) {
    return { status: 400, error: 'use_dpop_nonce', description: 'Authorization server requires nonce in DPoP proof.' };
  }
  for (const [jti, end] of dpop.used) if (end < now) dpop.used.delete(jti);
  if (dpop.used.has(claims.jti)) return refused('jti was used before');
  dpop.used.set(claims.jti, now + 2 * WINDOW);
  return { thumbprint };
}

/** Refuses the use of a bound refresh token without a proof by its key. */
export function checkBinding(double: Double, boundTo: string | null, proof: Proof): TokenProblem | undefined {
  if (boundTo === null || double.dpop.mode === 'off' || boundTo === proof.thumbprint) return undefined;
  return refused(proof.thumbprint === null ? 'missing' : 'key');
}

/** The nonce for next time goes out with a success, and with the error that asks for it (RFC 9449, section 8). */
export function addNonce(double: Double, use: ProofUse, c: Ctx, response: Response, error: string | null): Response {
  const told = error === null || error === 'use_dpop_nonce';
  if (told && double.dpop.mode !== 'off' && c.req.header('dpop') !== undefined) {
    response.headers.set('dpop-nonce', double.dpop.nonces[use]);
  }
  return response;
}

const Claims = z.object({
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  jti: z.string().min(1),
  nonce: z.string().optional(),
});

const PublicKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });

/** The claims and the key of a proof, or the name of what is wrong with it. */
async function verify(
  double: Double,
  proof: string,
): Promise<{ claims: z.infer<typeof Claims>; thumbprint: string } | string> {
  try {
    const header = decodeProtectedHeader(proof);
    if (header.typ !== 'dpop+jwt') return 'typ';
    if (header.alg !== 'ES256') return 'alg';
    if (header.jwk && 'd' in header.jwk) return 'jwk has a private part';
    const jwk = PublicKey.safeParse(header.jwk);
    if (!jwk.success) return 'jwk';
    const { payload } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: ['ES256'],
      currentDate: new Date(double.now()),
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success) return `claims: ${claims.error.issues.map((issue) => issue.path.join('.')).join(', ')}`;
    return { claims: claims.data, thumbprint: await calculateJwkThumbprint(jwk.data) };
  } catch {
    return 'signature';
  }
}

function refused(what: string): TokenProblem {
  return { status: 400, error: 'invalid_dpop_proof', description: `Invalid DPoP proof: ${what}` };
}
