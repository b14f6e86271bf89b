import type { Account } from '../../contract/account.ts';
import type { Problem } from '../../contract/problem.ts';

const day = 86_400_000;

/**
 * Says that a grant is about to end, in time to act: in the last 20 % of its life or the last 24 hours, whichever begins
 * earlier. Null while there is nothing to say, and once it is over, because then the connection's state says so.
 */
export function expiryWarning(
  { consentedAt, grantExpiresAt }: Pick<Account, 'consentedAt' | 'grantExpiresAt'>,
  now: number,
): Problem | null {
  const begins = warningBegins({ consentedAt, grantExpiresAt });
  if (grantExpiresAt === null || begins === null || now < begins || now >= grantExpiresAt) return null;
  const left = grantExpiresAt - now;
  const time =
    left >= 2 * day ? `${Math.floor(left / day)} days` : `${Math.max(1, Math.floor(left / 3_600_000))} hours`;
  return {
    code: 'access-ends-soon',
    sentence: `Google ends Mooring’s access to this account in ${time}. Nothing is lost then, but syncing stops; reconnect now to go on without a break.`,
  };
}

/** When the warning is first due, in epoch milliseconds. */
export function warningBegins({
  consentedAt,
  grantExpiresAt,
}: Pick<Account, 'consentedAt' | 'grantExpiresAt'>): number | null {
  if (grantExpiresAt === null) return null;
  if (consentedAt === null) return grantExpiresAt - day;
  const life = grantExpiresAt - consentedAt;
  return Math.max(consentedAt, grantExpiresAt - Math.max(day, life * 0.2));
}
