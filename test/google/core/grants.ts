import { createHash, randomBytes } from 'node:crypto';
import type { Accounts, AuthorizationCode, DeathCause, Grant, RefreshToken } from './model.ts';

/** Grants and their tokens, on the plain data. */
const SECOND = 1000;
const DAY = 86_400 * SECOND;
export const ACCESS_TOKEN_LIFE = 3599;
const CODE_LIFE = 10 * 60 * SECOND;
const TESTING_LIFE = 604_799;
const IDLE_LIFE = 183 * DAY;
const REFRESH_TOKENS_PER_PERSON = 100;

/** A failure as the token endpoint words it. */
export interface TokenProblem {
  status: number;
  error: string;
  description: string;
  subtype?: string;
}

/** The grant this person has given and that is still good. */
export function liveGrant(accounts: Accounts, sub: string, now: number): Grant | undefined {
  const grant = accounts.grants[sub];
  return grant && (grant.expiresAt === null || grant.expiresAt > now) ? grant : undefined;
}

/** Records what a person chose on the consent page: of the scopes asked for, the refused ones leave the grant. */
export function consent(accounts: Accounts, sub: string, asked: string[], granted: string[], now: number): Grant {
  const before = liveGrant(accounts, sub, now)?.scopes ?? [];
  const kept = before.filter((scope) => !asked.includes(scope));
  const life = lifeOf(accounts, sub);
  const expiresAt = life === null ? null : now + life * SECOND;
  const grant: Grant = { sub, scopes: [...new Set([...kept, ...granted])], createdAt: now, expiresAt };
  accounts.grants[sub] = grant;
  return grant;
}

/** A new authorization code (RFC 6749, section 4.1.2). */
export function issueCode(
  accounts: Accounts,
  given: Omit<AuthorizationCode, 'code' | 'expiresAt' | 'used'>,
  now: number,
): string {
  accounts.codes = accounts.codes.filter((code) => code.expiresAt > now - DAY);
  const code = `4/0${randomBytes(48).toString('base64url')}`;
  accounts.codes.push({ ...given, code, expiresAt: now + CODE_LIFE, used: false });
  return code;
}

/**
 * Uses up a code (RFC 6749, section 4.1.3; RFC 7636, section 4.6). A wrong verifier or redirect URI does not use it up.
 */
export function redeemCode(
  accounts: Accounts,
  given: { code: string; redirectUri: string | undefined; verifier: string | undefined },
  now: number,
): AuthorizationCode | TokenProblem {
  const code = accounts.codes.find((candidate) => candidate.code === given.code);
  if (!code || code.used || code.expiresAt <= now) return invalidGrant('Malformed auth code.');
  if (given.redirectUri !== code.redirectUri) return invalidGrant('Bad Request');
  if (!given.verifier) return invalidGrant('Missing code verifier.');
  const challenge = createHash('sha256').update(given.verifier).digest('base64url');
  if (challenge !== code.challenge) return invalidGrant('Invalid code verifier.');
  code.used = true;
  return code;
}

/** A new access token. */
export function issueAccessToken(accounts: Accounts, sub: string, scopes: string[], now: number): string {
  accounts.accessTokens = accounts.accessTokens.filter((token) => token.expiresAt > now);
  const token = `ya29.a0${randomBytes(120).toString('base64url')}`;
  accounts.accessTokens.push({ token, sub, scopes, expiresAt: now + ACCESS_TOKEN_LIFE * SECOND });
  return token;
}

/**
 * A new refresh token. A person has at most 100 live ones for a client: the oldest one dies without a word.
 * @see https://developers.google.com/identity/protocols/oauth2#expiration
 */
export function issueRefreshToken(
  accounts: Accounts,
  given: Pick<RefreshToken, 'sub' | 'scopes' | 'boundTo'>,
  now: number,
): RefreshToken {
  const { sub, scopes, boundTo = null } = given;
  const token = `1//0${randomBytes(64).toString('base64url')}`;
  const expiresAt = accounts.grants[sub]?.expiresAt ?? null;
  const issued: RefreshToken = { token, sub, scopes, issuedAt: now, usedAt: now, expiresAt, boundTo, dead: null };
  accounts.refreshTokens.push(issued);
  const live = accounts.refreshTokens.filter((candidate) => candidate.sub === sub && !candidate.dead);
  for (const oldest of live.slice(0, -REFRESH_TOKENS_PER_PERSON)) oldest.dead = 'revoked';
  return issued;
}

/** Looks up a refresh token for use, or says in Google's words why it is of no use. */
export function takeRefreshToken(accounts: Accounts, token: string, now: number): RefreshToken | TokenProblem {
  const known = accounts.refreshTokens.find((candidate) => candidate.token === token);
  if (!known) return invalidGrant('Bad Request');
  if (!known.dead && known.expiresAt !== null && known.expiresAt <= now) known.dead = 'revoked';
  if (!known.dead && now - known.usedAt > IDLE_LIFE) known.dead = 'idle-6-months';
  if (known.dead) return DEATHS[known.dead];
  known.usedAt = now;
  return known;
}

/** Which of a token's scopes the person still grants. */
export function stillGranted(accounts: Accounts, sub: string, scopes: readonly string[], now: number): string[] {
  const granted = liveGrant(accounts, sub, now)?.scopes ?? [];
  return scopes.filter((scope) => granted.includes(scope));
}

/** The access token, while it lives and its grant does. */
export function liveAccessToken(accounts: Accounts, token: string, now: number) {
  const known = accounts.accessTokens.find((candidate) => candidate.token === token && candidate.expiresAt > now);
  return known && !accounts.client.deleted && liveGrant(accounts, known.sub, now) ? known : undefined;
}

/** Ends a person's grant and with it every token, as revocation does. */
export function endGrant(accounts: Accounts, sub: string, cause: DeathCause = 'revoked'): void {
  delete accounts.grants[sub];
  accounts.accessTokens = accounts.accessTokens.filter((token) => token.sub !== sub);
  killRefreshTokens(accounts, sub, cause);
}

/** Ends a person's refresh tokens; the access tokens live on until they expire. */
export function killRefreshTokens(accounts: Accounts, sub: string, cause: DeathCause): void {
  for (const token of accounts.refreshTokens) if (token.sub === sub) token.dead ??= cause;
}

// How long access lasts from the consent, in seconds; null for ever.
function lifeOf(accounts: Accounts, sub: string): number | null {
  const limit = accounts.people.find((person) => person.sub === sub)?.timeLimit ?? null;
  if (accounts.client.publishing === 'production') return limit;
  return Math.min(limit ?? TESTING_LIFE, TESTING_LIFE);
}

function invalidGrant(description: string, subtype?: string): TokenProblem {
  return { status: 400, error: 'invalid_grant', description, ...(subtype && { subtype }) };
}

const EXPIRED_OR_REVOKED = invalidGrant('Token has been expired or revoked.');

/** All causes look alike, but for a reauthentication and for the times Google says nothing at all. */
const DEATHS: Record<DeathCause, TokenProblem> = {
  revoked: EXPIRED_OR_REVOKED,
  'testing-7-days': EXPIRED_OR_REVOKED,
  'idle-6-months': EXPIRED_OR_REVOKED,
  invalid_rapt: invalidGrant('reauth related error (invalid_rapt)', 'invalid_rapt'),
  'bad-request': invalidGrant('Bad Request'),
};
