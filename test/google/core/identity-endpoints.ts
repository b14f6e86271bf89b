import type { oauth2_v2 } from '@googleapis/oauth2';
import type { Hono } from 'hono';
import type { Ctx, Double, Env } from './double.ts';
import { IDENTITY_ENDPOINTS } from './endpoints.ts';
import { oauthError } from './errors.ts';
import { liveAccessToken } from './grants.ts';
import { emailClaims, profileClaims } from './id-token.ts';
import { spoilt, takeKnob } from './misbehave.ts';
import { type AccessToken, findPerson, personOf } from './model.ts';
import { pictureSvg, pictureUrl } from './people.ts';
import { EMAIL, tokenScope } from './scopes.ts';

/** Discovery, keys, and what is told of a token or a person. */
export function identityRoutes(app: Hono<Env>, double: Double): void {
  const { accounts } = double.state;
  const cached = { 'cache-control': 'public, max-age=3600, must-revalidate, no-transform' };

  app.get(IDENTITY_ENDPOINTS.discovery, () =>
    Response.json(spoilt(discovery(double), takeKnob(double.misbehaviour, 'discovery')), { headers: cached }),
  );
  app.get(IDENTITY_ENDPOINTS.jwks, () => Response.json(double.signer.jwks, { headers: cached }));

  // OpenID Connect Core, section 5.3.
  app.on(['GET', 'POST'], IDENTITY_ENDPOINTS.userinfo, (c) => {
    const token = bearer(double, c);
    if (!token) return invalidCredentials();
    const person = personOf(accounts, token.sub);
    return Response.json({
      sub: person.sub,
      ...profileClaims(double, person, token.scopes),
      ...emailClaims(person, token.scopes),
      ...(person.hd && { hd: person.hd }),
    });
  });

  app.get('/oauth2/v2/userinfo', (c) => {
    const token = bearer(double, c);
    if (!token) return invalidCredentials();
    const person = personOf(accounts, token.sub);
    const body: oauth2_v2.Schema$Userinfo = {
      id: person.sub,
      email: person.email,
      verified_email: true,
      name: person.name,
      given_name: person.givenName,
      family_name: person.familyName,
      picture: pictureUrl(double.issuer, person),
      locale: person.locale,
      ...(person.hd && { hd: person.hd }),
    };
    return Response.json(body);
  });

  // Access tokens only: a refresh token is an invalid value here.
  app.on(['GET', 'POST'], '/tokeninfo', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const token = liveAccessToken(
      accounts,
      c.req.query('access_token') ?? form.get('access_token') ?? '',
      double.now(),
    );
    if (!token) return oauthError(400, 'invalid_token', 'Invalid Value');
    const { email } = personOf(accounts, token.sub);
    return Response.json({
      azp: accounts.client.id,
      aud: accounts.client.id,
      sub: token.sub,
      scope: tokenScope(token.scopes),
      exp: String(Math.floor(token.expiresAt / 1000)),
      expires_in: String(secondsLeft(double, token)),
      ...(token.scopes.includes(EMAIL) && { email, email_verified: 'true' }),
      access_type: 'offline',
    });
  });

  app.get('/oauth2/v2/tokeninfo', (c) => {
    const token = liveAccessToken(accounts, c.req.query('access_token') ?? '', double.now());
    if (!token) return oauthError(400, 'invalid_token', 'Invalid Value');
    const body: oauth2_v2.Schema$Tokeninfo = {
      issued_to: accounts.client.id,
      audience: accounts.client.id,
      user_id: token.sub,
      scope: tokenScope(token.scopes),
      expires_in: secondsLeft(double, token),
      ...(token.scopes.includes(EMAIL) && { email: personOf(accounts, token.sub).email, verified_email: true }),
    };
    return Response.json(body);
  });

  app.get('/picture/:file', (c) => {
    const person = findPerson(accounts, c.req.param('file').replace(/\.svg$/, ''));
    if (!person) return c.notFound();
    return c.body(pictureSvg(person), 200, { 'content-type': 'image/svg+xml', ...cached });
  });
}

/** The live access token of `Authorization: Bearer` (RFC 6750, section 2.1). */
export function bearer(double: Double, c: Ctx): AccessToken | undefined {
  const header = c.req.header('authorization') ?? '';
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  return token === undefined ? undefined : liveAccessToken(double.state.accounts, token, double.now());
}

function invalidCredentials(): Response {
  const response = oauthError(401, 'invalid_request', 'Invalid Credentials');
  response.headers.set('www-authenticate', 'Bearer realm="https://accounts.google.com/", error="invalid_token"');
  return response;
}

function secondsLeft(double: Double, token: AccessToken): number {
  return Math.floor((token.expiresAt - double.now()) / 1000);
}

/** OpenID Connect Discovery 1.0, section 3, with the members of RFC 9207 and RFC 9449. */
function discovery({ issuer, dpop }: Double) {
  return {
    issuer,
    authorization_endpoint: `${issuer}${IDENTITY_ENDPOINTS.authorize}`,
    token_endpoint: `${issuer}${IDENTITY_ENDPOINTS.token}`,
    userinfo_endpoint: `${issuer}${IDENTITY_ENDPOINTS.userinfo}`,
    revocation_endpoint: `${issuer}${IDENTITY_ENDPOINTS.revoke}`,
    jwks_uri: `${issuer}${IDENTITY_ENDPOINTS.jwks}`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: [
      'aud',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'iat',
      'iss',
      'name',
      'picture',
      'sub',
    ],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    authorization_response_iss_parameter_supported: true,
    ...(dpop.mode !== 'off' && { dpop_signing_alg_values_supported: ['ES256'] }),
  };
}
