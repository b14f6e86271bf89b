import type { Ctx, Double } from './double.ts';
import { apiError, problemFor } from './errors.ts';
import { stillGranted } from './grants.ts';
import { bearer } from './identity-endpoints.ts';
import { personOf } from './model.ts';
import type { Api } from './part.ts';

/** The beginning of every challenge. */
export const REALM = 'Bearer realm="https://accounts.google.com/"';

/** The person whose data is asked for, with any one of the scopes, or the API's refusal. */
export function personFor(double: Double, c: Ctx, api: Api, scopes: readonly string[]): string | Response {
  const { accounts } = double.state;
  if (!c.req.header('authorization')) return unauthorized('required', 'Login Required.', REALM);
  const token = bearer(double, c);
  if (!token) return unauthorized('authError', 'Invalid Credentials', `${REALM}, error="invalid_token"`);
  if (personOf(accounts, token.sub).blockedByAdmin) return apiError(problemFor(api, 403, 'domainPolicy'));
  const granted = stillGranted(accounts, token.sub, token.scopes, double.now());
  if (scopes.some((scope) => granted.includes(scope))) return token.sub;
  return apiError({
    ...problemFor(api, 403, 'insufficientPermissions'),
    headers: { 'www-authenticate': `${REALM}, error="insufficient_scope", scope="${scopes.join(' ')}"` },
  });
}

function unauthorized(reason: string, message: string, challenge: string): Response {
  return apiError({
    status: 401,
    reason,
    message,
    locationType: 'header',
    location: 'Authorization',
    headers: { 'www-authenticate': challenge },
  });
}
