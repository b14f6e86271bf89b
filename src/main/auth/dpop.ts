import { createECDH, createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { z } from 'zod';

/*
 * Proof of possession for refresh tokens (RFC 9449). Google binds the refresh token to the key that signed the proof of
 * the exchange; without that key, a copied refresh token is worth nothing. Access tokens stay plain Bearer tokens.
 * https://developers.google.com/identity/protocols/oauth2/resources/dpop-adoption
 */

const coordinate = z.string().regex(/^[\w-]{43}$/);

/**
 * A private P-256 key as a JWK (RFC 7518, section 6.2). It can be exported because it has to outlive the process: it is
 * kept where the refresh token is, in the same entry of the keychain, and nowhere else.
 */
const DpopKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  d: coordinate,
});
export type DpopKey = z.infer<typeof DpopKey>;

/** The one algorithm that Google takes. */
export const dpopAlgorithm = 'ES256';

/** What a proof is for; Google counts nonces for the two apart. */
export type ProofUse = 'exchange' | 'refresh';

export async function newDpopKey(): Promise<DpopKey> {
  const { privateKey } = await generateKeyPair(dpopAlgorithm, { extractable: true });
  return DpopKey.parse(await exportJWK(privateKey));
}

/** A key as it came out of the keychain; null when it is none, or when its halves do not belong together. */
export function readDpopKey(value: unknown): DpopKey | null {
  const parsed = DpopKey.safeParse(value);
  if (!parsed.success) return null;
  const key = parsed.data;
  try {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(Buffer.from(key.d, 'base64url'));
    // An uncompressed point: 4, x, y (SEC 1, section 2.3.3).
    const point = Buffer.concat([Buffer.of(4), Buffer.from(key.x, 'base64url'), Buffer.from(key.y, 'base64url')]);
    return pair.getPublicKey().equals(point) ? key : null;
  } catch {
    return null;
  }
}

/** `jti` of the proof that goes with a code: Google wants the proof bound to the code. */
export const codeJti = (code: string): string => createHash('sha256').update(code).digest('base64url');

/** `jti` of every other proof. */
export const randomJti = (): string => randomBytes(32).toString('base64url');

/** RFC 9449, section 4.2: the address without query and fragment. */
export function htuOf(endpoint: string): string {
  const url = new URL(endpoint);
  url.search = '';
  url.hash = '';
  return url.href;
}

/** The value of the `DPoP` header for one POST (RFC 9449, section 4.2). `now` in epoch milliseconds. */
export async function makeProof(
  key: DpopKey,
  about: { htu: string; jti: string; now: number; nonce: string | null },
): Promise<string> {
  const { kty, crv, x, y } = key;
  const { htu, jti, now, nonce } = about;
  return new SignJWT({ htm: 'POST', htu, jti, ...(nonce === null ? {} : { nonce }) })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: dpopAlgorithm, jwk: { kty, crv, x, y } })
    .setIssuedAt(Math.floor(now / 1000))
    .sign(await importJWK(key, dpopAlgorithm));
}

/** The newest nonce of each kind from each token endpoint. In memory only: a lost one costs one more request. */
export interface DpopNonces {
  recall(htu: string, use: ProofUse): string | null;
  keep(htu: string, use: ProofUse, nonce: string): void;
}

export function rememberNonces(): DpopNonces {
  const known = new Map<string, string>();
  const nameOf = (htu: string, use: ProofUse) => `${use} ${htu}`;
  return {
    recall: (htu, use) => known.get(nameOf(htu, use)) ?? null,
    keep: (htu, use, nonce) => void known.set(nameOf(htu, use), nonce),
  };
}
