import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, type JWK, SignJWT } from 'jose';
import type { Double } from './double.ts';
import { type Members, spoilt, takeKnob } from './misbehave.ts';
import type { Person } from './model.ts';
import { pictureUrl } from './people.ts';
import { EMAIL, PROFILE } from './scopes.ts';

export interface Signer {
  readonly jwks: { keys: JWK[] };
  sign(claims: Record<string, unknown>, header?: Members): Promise<string>;
}

/** A new RS256 key, as the PEM text that the state keeps. */
export async function makeSigningKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Signs with a kept key, and publishes its public half (RFC 7517). */
export async function makeSigner(pem: string): Promise<Signer> {
  const key = createPrivateKey(pem);
  const jwk = await exportJWK(createPublicKey(key));
  const kid = await calculateJwkThumbprint(jwk);
  return {
    jwks: { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] },
    sign: (claims, odd) =>
      new SignJWT(claims).setProtectedHeader(spoilt({ alg: 'RS256', kid, typ: 'JWT' }, odd)).sign(key),
  };
}

/**
 * An ID token (OpenID Connect Core, section 2), with the claims Google puts in. The next one can be made wrong.
 * @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
 */
export async function idTokenFor(
  double: Double,
  person: Person,
  scopes: readonly string[],
  accessToken: string,
  nonce: string | null,
): Promise<string | undefined> {
  if (!scopes.includes('openid')) return undefined;
  const wrong = takeKnob(double.misbehaviour, 'idToken');
  if (wrong === 'missing') return undefined;
  const { client } = double.state.accounts;
  const issuedAt = Math.floor(double.now() / 1000) - (wrong === 'expired' ? 7200 : 0);
  const claims = {
    iss: wrong === 'wrong-iss' ? 'https://accounts.example.com' : double.issuer,
    azp: client.id,
    aud: wrong === 'wrong-aud' ? '1-other.apps.googleusercontent.com' : client.id,
    sub: wrong === 'wrong-sub' ? '100000000000000000000' : person.sub,
    ...(person.hd && { hd: person.hd }),
    ...emailClaims(person, scopes),
    at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
    ...(nonce !== null && { nonce: wrong === 'wrong-nonce' ? `${nonce}x` : nonce }),
    ...profileClaims(double, person, scopes),
    iat: issuedAt,
    exp: issuedAt + 3600,
  };
  const { misbehaviour } = double;
  const token = await double.signer.sign(
    spoilt(claims, takeKnob(misbehaviour, 'idClaims')),
    takeKnob(misbehaviour, 'idHeader'),
  );
  return wrong === 'bad-signature' ? spoil(token) : token;
}

/** The claims the email scope gives. */
export function emailClaims(person: Person, scopes: readonly string[]) {
  return scopes.includes(EMAIL) ? { email: person.email, email_verified: true } : {};
}

/** The claims the profile scope gives. */
export function profileClaims(double: Double, person: Person, scopes: readonly string[]) {
  if (!scopes.includes(PROFILE)) return {};
  const { name, givenName: given_name, familyName: family_name, locale } = person;
  return { name, given_name, family_name, picture: pictureUrl(double.issuer, person), locale };
}

function spoil(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}
