import type { Ctx, Double } from '../core/double.ts';
import { apiError, SCOPE } from '../core/errors.ts';
import { stillGranted } from '../core/grants.ts';
import { bearer } from '../core/identity-endpoints.ts';
import { personOf } from '../core/model.ts';

const REALM = 'Bearer realm="https://accounts.google.com/"';

/** The person whose calendar is asked for, or Google's refusal. */
export function personFor(double: Double, c: Ctx, scopes: readonly string[]): string | Response {
  const { accounts } = double.state;
  if (!c.req.header('authorization')) return unauthorized('required', 'Login Required.', REALM);
  const token = bearer(double, c);
  if (!token) return unauthorized('authError', 'Invalid Credentials', `${REALM}, error="invalid_token"`);
  if (personOf(accounts, token.sub).blockedByAdmin) {
    return apiError({
      status: 403,
      reason: 'domainPolicy',
      message: 'The domain administrators have disabled Calendar apps.',
    });
  }
  const granted = stillGranted(accounts, token.sub, token.scopes, double.now());
  if (scopes.some((scope) => granted.includes(scope))) return token.sub;
  return apiError({
    status: 403,
    reason: 'insufficientPermissions',
    message: 'Request had insufficient authentication scopes.',
    details: [SCOPE],
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
