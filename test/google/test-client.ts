import { createHash, randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { GoogleDouble } from './index.ts';

/** A small app that signs in over plain HTTP, for tests: it presses the buttons of the pages. */
export const CALENDAR = 'https://www.googleapis.com/auth/calendar.readonly';
export const REDIRECT = 'http://127.0.0.1:49152/callback';

/** What it knows of a double, whatever its parts. */
type Issuer = Pick<GoogleDouble, 'issuer' | 'clientId' | 'clientSecret'>;

export interface Attempt {
  verifier: string;
  state: string;
  nonce: string;
  url: string;
}

export interface Tokens {
  access_token: string;
  expires_in: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  scope: string;
  token_type: string;
  id_token?: string;
}

/** A fresh authorization request; a parameter given as null is left out. */
export function attempt(google: Issuer, parameters: Record<string, string | null> = {}): Attempt {
  const [verifier, state, nonce] = [48, 24, 24].map((size) => randomBytes(size).toString('base64url')) as [
    string,
    string,
    string,
  ];
  const all: Record<string, string | null> = {
    client_id: google.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: `openid email profile ${CALENDAR}`,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    access_type: 'offline',
    ...parameters,
  };
  const url = new URL(`${google.issuer}/o/oauth2/v2/auth`);
  for (const [name, value] of Object.entries(all)) if (value !== null) url.searchParams.set(name, value);
  return { verifier, state, nonce, url: url.href };
}

/** Opens an address without following where it leads. */
export function open(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { redirect: 'manual', ...init });
}

/** Presses a button of a page: posts its transaction with the given fields. */
export async function press(google: Issuer, page: string, action: string, fields: [string, string][] = []) {
  const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams([['transaction', transaction], ...fields]);
  return open(`${google.issuer}/signin/${action}`, { method: 'POST', body });
}

/** The parameters a redirect brings back to the app. */
export function callbackOf(response: Response): URLSearchParams {
  const location = response.headers.get('location');
  if (!location) throw new Error(`No redirect but ${response.status}`);
  return new URL(location).searchParams;
}

/** Chooses the person, agrees to the given scopes (all by default), and returns the callback. */
export async function agree(google: Issuer, sub: string, tried: Attempt, scopes = [CALENDAR]): Promise<Response> {
  const chooser = await (await open(tried.url)).text();
  const chosen = await press(google, chooser, 'account', [['sub', sub]]);
  if (chosen.status === 302) return chosen;
  const fields = scopes.map((scope): [string, string] => ['scope', scope]);
  return press(google, await chosen.text(), 'consent', [['decision', 'continue'], ...fields]);
}

/** Posts to the token endpoint as this client; a field given as null is left out. */
export function postToken(
  google: Issuer,
  fields: Record<string, string | null>,
  proof: string | null = null,
): Promise<Response> {
  const body = new URLSearchParams();
  const all = { client_id: google.clientId, client_secret: google.clientSecret, ...fields };
  for (const [name, value] of Object.entries(all)) if (value !== null) body.set(name, value);
  return fetch(`${google.issuer}/token`, { method: 'POST', body, headers: proof === null ? {} : { dpop: proof } });
}

/** Exchanges the code of a callback. */
export function exchange(
  google: Issuer,
  code: string,
  verifier: string,
  more: Record<string, string | null> = {},
  proof: string | null = null,
) {
  const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT };
  return postToken(google, { ...fields, ...more }, proof);
}

/** Uses a refresh token. */
export function refresh(google: Issuer, token: string | undefined, proof: string | null = null): Promise<Response> {
  return postToken(google, { grant_type: 'refresh_token', refresh_token: token ?? '' }, proof);
}

export interface ProofKey {
  privateKey: CryptoKey;
  jwk: JWK;
}

export async function newProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}

/** The `jti` of the proof that goes with a code. */
export const codeHash = (code: string): string => createHash('sha256').update(code).digest('base64url');

/** A proof of possession (RFC 9449, section 4.2), of which a test can make any part wrong. */
export function prove(
  google: GoogleDouble,
  key: ProofKey,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const usual = {
    htm: 'POST',
    htu: `${google.issuer}/token`,
    iat: Math.floor(google.control.now() / 1000),
    jti: randomBytes(16).toString('base64url'),
  };
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...header })
    .sign(key.privateKey);
}

/** A whole sign-in with consent. */
export async function signIn(google: Issuer, sub: string, scopes = [CALENDAR]): Promise<Tokens & Attempt> {
  const tried = attempt(google, { prompt: 'consent' });
  const code = callbackOf(await agree(google, sub, tried, scopes)).get('code') ?? '';
  const response = await exchange(google, code, tried.verifier);
  if (!response.ok) throw new Error(await response.text());
  return { ...tried, ...((await response.json()) as Tokens) };
}

/** A GET to the Calendar API. */
export function get(google: GoogleDouble, token: string, path: string, headers: Record<string, string> = {}) {
  return fetch(`${google.apiRoot}/calendar/v3/${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

/** All pages of a list, and the sync token of the last one. */
export async function all(google: GoogleDouble, token: string, path: string) {
  const items: Record<string, unknown>[] = [];
  const sizes: number[] = [];
  let pageToken: string | undefined;
  for (;;) {
    const separator = path.includes('?') ? '&' : '?';
    const next = pageToken ? `${path}${separator}pageToken=${encodeURIComponent(pageToken)}` : path;
    const response = await get(google, token, next);
    if (!response.ok) throw new Error(await response.text());
    const page = (await response.json()) as {
      items: Record<string, unknown>[];
      nextPageToken?: string;
      nextSyncToken?: string;
    };
    items.push(...page.items);
    sizes.push(page.items.length);
    pageToken = page.nextPageToken;
    if (!pageToken) return { items, sizes, syncToken: page.nextSyncToken ?? '' };
  }
}
