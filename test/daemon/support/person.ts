import { createHash, randomBytes } from 'node:crypto';
import type { GoogleDouble } from '../../google/index.ts';

const redirect = 'http://127.0.0.1:1/callback';
const calendar = ['https://www.googleapis.com/auth/calendar.readonly'];

/** What of a double a sign-in needs, whatever its parts. */
type Issuer = Pick<GoogleDouble, 'issuer' | 'clientId' | 'clientSecret'>;

/** Lets a person consent at the double over HTTP, and answers with a way to get access tokens for them. */
export async function signIn(google: Issuer, sub: string, scopes = calendar): Promise<() => Promise<string>> {
  const scope = ['openid', ...scopes].join(' ');
  const verifier = randomBytes(32).toString('base64url');
  const authorization = new URL('/o/oauth2/v2/auth', google.issuer);
  authorization.search = new URLSearchParams({
    client_id: google.clientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    access_type: 'offline',
    login_hint: sub,
    prompt: 'consent',
  }).toString();
  const page = await (await fetch(authorization)).text();
  const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const consent = new URLSearchParams({ transaction, decision: 'continue' });
  for (const each of scope.split(' ')) consent.append('scope', each);
  const callback = await fetch(`${google.issuer}/signin/consent`, {
    method: 'POST',
    body: consent,
    redirect: 'manual',
  });
  const code = new URL(callback.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const client = { client_id: google.clientId, client_secret: google.clientSecret };
  const first = await token({
    ...client,
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirect,
    code_verifier: verifier,
  });
  const refreshToken = first['refresh_token'] ?? '';
  return async () => {
    const { access_token } = await token({ ...client, grant_type: 'refresh_token', refresh_token: refreshToken });
    return access_token ?? '';
  };

  async function token(form: Record<string, string>): Promise<Record<string, string>> {
    const response = await fetch(`${google.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return (await response.json()) as Record<string, string>;
  }
}
