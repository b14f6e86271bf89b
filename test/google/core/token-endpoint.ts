import { timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import { type Ctx, type Double, type Env, issued } from './double.ts';
import { addNonce, checkBinding, checkProof, type Proof } from './dpop.ts';
import { IDENTITY_ENDPOINTS } from './endpoints.ts';
import { NO_STORE, oauthError } from './errors.ts';
import {
  ACCESS_TOKEN_LIFE,
  endGrant,
  issueAccessToken,
  issueRefreshToken,
  liveGrant,
  redeemCode,
  stillGranted,
  type TokenProblem,
  takeRefreshToken,
} from './grants.ts';
import { idTokenFor } from './id-token.ts';
import { spoilt, takeKnob } from './misbehave.ts';
import { personOf, type RefreshToken } from './model.ts';
import { tokenScope } from './scopes.ts';

/** The token endpoint's success (RFC 6749, section 5.1, and Google's `refresh_token_expires_in`). */
interface TokenAnswer {
  access_token: string;
  expires_in: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  scope: string;
  token_type: 'Bearer';
  id_token?: string;
}

/** `/token` and `/revoke`. */
export function tokenRoutes(app: Hono<Env>, double: Double): void {
  app.post(IDENTITY_ENDPOINTS.token, async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const refused = refuseClient(double, c, form);
    if (refused) return oauthError(refused.status, refused.error, refused.description);
    const grantType = form.get('grant_type');
    if (!grantType) return oauthError(400, 'invalid_request', 'Missing required parameter: grant_type');
    const use = USES[grantType];
    if (!use) return oauthError(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
    const proof = await checkProof(double, use, c, use === 'exchange' ? (form.get('code') ?? '') : null);
    const answer = 'error' in proof ? proof : await GRANTS[use](double, form, proof);
    double.changed('accounts');
    const failed = 'error' in answer;
    const response = failed
      ? oauthError(answer.status, answer.error, answer.description, answer.subtype)
      : Response.json(answer, { headers: NO_STORE });
    const type = failed ? undefined : takeKnob(double.misbehaviour, 'tokenType');
    if (type !== undefined) response.headers.set('content-type', type);
    return addNonce(double, use, c, response, failed ? answer.error : null);
  });

  // RFC 7009. Whether more than this token ends is not settled.
  app.post(IDENTITY_ENDPOINTS.revoke, async (c) => {
    const token = new URLSearchParams(await c.req.text()).get('token') ?? c.req.query('token');
    if (!token) return oauthError(400, 'invalid_request', 'Missing required parameter: token');
    const { accounts } = double.state;
    const refreshToken = accounts.refreshTokens.find((candidate) => candidate.token === token && !candidate.dead);
    const known =
      refreshToken ??
      accounts.accessTokens.find((candidate) => candidate.token === token && candidate.expiresAt > double.now());
    if (!known) return oauthError(400, 'invalid_token', 'Token expired or revoked');
    if (double.unsettled.revocationEnds === 'token' && refreshToken) refreshToken.dead = 'revoked';
    else endGrant(accounts, known.sub);
    double.changed('accounts');
    return Response.json({}, { headers: NO_STORE });
  });
}

const USES: Readonly<Record<string, 'exchange' | 'refresh'>> = {
  authorization_code: 'exchange',
  refresh_token: 'refresh',
};
const GRANTS = { exchange, refresh };

async function exchange(double: Double, form: URLSearchParams, proof: Proof): Promise<TokenAnswer | TokenProblem> {
  const { accounts } = double.state;
  const verifier = form.get('code_verifier') ?? undefined;
  if (verifier) issued(double, verifier);
  const given = form.get('code');
  if (!given) return problem(400, 'invalid_request', 'Missing required parameter: code');
  const now = double.now();
  const code = redeemCode(accounts, { code: given, redirectUri: form.get('redirect_uri') ?? undefined, verifier }, now);
  if ('error' in code) return code;
  if (!liveGrant(accounts, code.sub, now)) return problem(400, 'invalid_grant', 'Malformed auth code.');
  const withheld = takeKnob(double.misbehaviour, 'exchange') === 'withhold-refresh-token';
  // A key binds only what is issued with it: without a refresh token there is nothing to bind.
  const bound = { sub: code.sub, scopes: code.scopes, boundTo: proof.thumbprint };
  const token = code.offline && !withheld ? issueRefreshToken(accounts, bound, now) : undefined;
  return answerFor(double, code.sub, code.scopes, token, token, code.nonce);
}

async function refresh(double: Double, form: URLSearchParams, proof: Proof): Promise<TokenAnswer | TokenProblem> {
  const { accounts } = double.state;
  const given = form.get('refresh_token');
  if (!given) return problem(400, 'invalid_request', 'Missing required parameter: refresh_token');
  const now = double.now();
  const used = takeRefreshToken(accounts, given, now);
  if ('error' in used) return used;
  const unproven = checkBinding(double, used.boundTo ?? null, proof);
  if (unproven) return unproven;
  if (personOf(accounts, used.sub).blockedByAdmin) {
    const why = 'Access is restricted by policies within your organization.';
    return double.unsettled.adminBlockIs === 'error'
      ? problem(400, 'admin_policy_enforced', why)
      : { ...problem(400, 'invalid_grant', why), subtype: 'admin_policy_enforced' };
  }
  if (!liveGrant(accounts, used.sub, now)) return problem(400, 'invalid_grant', 'Token has been expired or revoked.');
  const knob = takeKnob(double.misbehaviour, 'refresh');
  const added = knob ? issueRefreshToken(accounts, used, now) : undefined;
  if (knob === 'rotated-refresh-token') used.dead = 'revoked';
  return answerFor(double, used.sub, used.scopes, added ?? used, added, null);
}

async function answerFor(
  double: Double,
  sub: string,
  scopes: string[],
  limit: RefreshToken | undefined,
  added: RefreshToken | undefined,
  nonce: string | null,
): Promise<TokenAnswer> {
  const { accounts } = double.state;
  const now = double.now();
  const granted = stillGranted(accounts, sub, scopes, now);
  const accessToken = issueAccessToken(accounts, sub, granted, now);
  const idToken = await idTokenFor(double, personOf(accounts, sub), granted, accessToken, nonce);
  issued(double, accessToken, ...(added ? [added.token] : []), ...(idToken ? [idToken] : []));
  const secondsLeft = limit?.expiresAt ? Math.ceil((limit.expiresAt - now) / 1000) : null;
  const right = {
    access_token: accessToken,
    expires_in: ACCESS_TOKEN_LIFE,
    ...(added && { refresh_token: added.token }),
    ...(secondsLeft !== null && { refresh_token_expires_in: secondsLeft }),
    scope: tokenScope(granted),
    token_type: 'Bearer' as const,
    ...(idToken && { id_token: idToken }),
  };
  return spoilt(right, takeKnob(double.misbehaviour, 'tokenAnswer'));
}

// Desktop clients must send the secret, whatever Google's table says.
function refuseClient(double: Double, c: Ctx, form: URLSearchParams): TokenProblem | undefined {
  const { client } = double.state.accounts;
  const [basicId, basicSecret] = basicCredentials(c.req.header('authorization'));
  const id = form.get('client_id') ?? basicId;
  const secret = form.get('client_secret') ?? basicSecret;
  if (!id) return problem(400, 'invalid_request', 'Could not determine client ID from request.');
  if (id !== client.id) return problem(401, 'invalid_client', 'The OAuth client was not found.');
  if (client.deleted) return problem(401, 'deleted_client', 'The OAuth client was deleted.');
  if (!secret) return problem(400, 'invalid_request', 'client_secret is missing.');
  if (same(secret, client.secret)) return undefined;
  return problem(401, 'invalid_client', 'The provided client secret is invalid.');
}

function basicCredentials(header: string | undefined): (string | undefined)[] {
  if (!header?.startsWith('Basic ')) return [];
  return Buffer.from(header.slice(6), 'base64').toString().split(':').map(decodeURIComponent);
}

function same(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function problem(status: number, error: string, description: string): TokenProblem {
  return { status, error, description };
}
