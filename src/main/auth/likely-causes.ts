/** What is known on this computer of a grant that Google has declared dead. Instants are epoch milliseconds. */
export interface GrantFacts {
  /** Null where that is no longer known. */
  readonly consentedAt: number | null;
  readonly grantExpiresAt: number | null;
  /** When Google last accepted it; null when that is not known. */
  readonly lastUsedAt: number | null;
  readonly scopes: readonly string[];
  /** How many refresh tokens this app has asked for this account, as far as it knows. */
  readonly tokensIssued: number;
}

const day = 86_400_000;
const testingLife = 7 * day;
const idleLife = 183 * day;
/** Google drops the oldest of more than 100 live refresh tokens of one account and client, without a warning. */
const tokenCap = 100;

/**
 * Google answers `invalid_grant` for every cause alike; these are the causes that fit what is known here, most telling
 * first. They are likelihoods, and worded so. https://developers.google.com/identity/protocols/oauth2#expiration
 */
export function likelyCauses(facts: GrantFacts, now: number): string[] {
  const { consentedAt, grantExpiresAt, lastUsedAt, scopes, tokensIssued } = facts;
  const causes: string[] = [];
  const life = grantExpiresAt === null || consentedAt === null ? null : grantExpiresAt - consentedAt;
  const looksLikeTesting = life !== null && Math.abs(life - testingLife) < 60_000;
  if (looksLikeTesting && consentedAt !== null && now - consentedAt >= testingLife - day) {
    causes.push('Probably the seven days were over for which Google gives access to an app that is still in testing.');
  } else if (grantExpiresAt !== null && now >= grantExpiresAt) {
    causes.push('Probably the time was over for which access had been given.');
  }
  if (lastUsedAt !== null && now - lastUsedAt >= idleLife) {
    causes.push('Probably the access was unused for six months, after which Google ends it.');
  }
  if (tokensIssued > tokenCap) {
    causes.push('Possibly this account has signed in more than 100 times, and Google dropped the oldest sign-in.');
  }
  if (scopes.some((scope) => /gmail|mail\.google\.com/.test(scope))) {
    causes.push('Possibly the account’s password was changed, which ends every access that includes Gmail.');
  }
  if (causes.length === 0) {
    causes.push('Most likely Mooring was removed in the Google account’s settings, on this or another device.');
  }
  return causes;
}
