import type { Audit, AuditCheck, AuditTrigger } from '../../contract/audit.ts';
import type { Observation } from '../../contract/observation.ts';
import { expiryWarning } from './expiry.ts';

/** What an audit found out, before anyone has judged it. Instants are epoch milliseconds. */
export interface Evidence {
  readonly now: number;
  readonly trigger: AuditTrigger;
  /** What the keychain answered for the account's entry. */
  readonly keychain: string;
  /** What the refresh came to; null where there was nothing to refresh with. */
  readonly refresh: { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly observation: Observation } | null;
  /** Whether the token that came back belongs to the recorded account; null when it did not say. */
  readonly sameAccount: boolean | null;
  readonly grantedScopes: readonly string[] | null;
  /** What the services that the person wants need. */
  readonly neededScopes: readonly string[];
  /** The time by the clock that the grant was given by, though that has been set since. */
  readonly grantNow: number;
  readonly consentedAt: number | null;
  readonly grantExpiresAt: number | null;
  /** This computer's clock less Google's, in milliseconds; null when Google gave no date. */
  readonly clockSkew: number | null;
}

/** Signed ID tokens and proofs fail beyond this: the tolerance of Google's own libraries. */
const tolerableSkew = 300_000;

/** Judges what was found out about an account's credentials. Pure. */
export function judgeEvidence(evidence: Evidence): Audit {
  return {
    at: evidence.now,
    trigger: evidence.trigger,
    checks: [
      checkKeychain(evidence),
      checkRefresh(evidence),
      checkIdentity(evidence),
      checkScopes(evidence),
      checkExpiry(evidence),
      checkClock(evidence),
    ],
  };
}

function checkKeychain({ keychain: answer }: Evidence): AuditCheck {
  return answer === 'ok'
    ? { name: 'keychain', verdict: 'good', finding: 'The keychain gives the key back.' }
    : { name: 'keychain', verdict: 'bad', finding: `The keychain answered: ${answer}.` };
}

function checkRefresh({ refresh: result }: Evidence): AuditCheck {
  if (result === null) return { name: 'refresh', verdict: 'unknown', finding: 'There was no key to try.' };
  if (result.kind === 'ok') return { name: 'refresh', verdict: 'good', finding: 'Google accepts the key.' };
  const { observation } = result;
  const dead = observation.kind === 'answer' && observation.error === 'invalid_grant';
  const what =
    observation.kind === 'answer'
      ? `Google answered ${observation.status} ${observation.error ?? ''}`.trim()
      : observation.kind === 'network'
        ? `Google could not be reached (${observation.code})`
        : `Something that is not Google answered (${observation.status})`;
  return { name: 'refresh', verdict: dead ? 'bad' : 'unknown', finding: `${what}.` };
}

function checkIdentity({ sameAccount }: Evidence): AuditCheck {
  if (sameAccount === null)
    return { name: 'identity', verdict: 'unknown', finding: 'Google did not say whose key it is.' };
  return sameAccount
    ? { name: 'identity', verdict: 'good', finding: 'The key belongs to this account.' }
    : { name: 'identity', verdict: 'bad', finding: 'The key belongs to another account.' };
}

function checkScopes({ grantedScopes, neededScopes }: Evidence): AuditCheck {
  if (grantedScopes === null)
    return { name: 'scopes', verdict: 'unknown', finding: 'Google did not name the permissions.' };
  const lost = neededScopes.filter((scope) => !grantedScopes.includes(scope));
  return lost.length === 0
    ? { name: 'scopes', verdict: 'good', finding: 'Every permission that is needed is given.' }
    : { name: 'scopes', verdict: 'bad', finding: `Not given: ${lost.join(', ')}.` };
}

function checkExpiry({ consentedAt, grantExpiresAt, grantNow }: Evidence): AuditCheck {
  if (grantExpiresAt === null) return { name: 'expiry', verdict: 'good', finding: 'The access has no end date.' };
  const day = new Date(grantExpiresAt).toISOString().slice(0, 16).replace('T', ' ');
  const soon = expiryWarning({ consentedAt, grantExpiresAt }, grantNow) !== null;
  return { name: 'expiry', verdict: soon ? 'attention' : 'good', finding: `The access ends at ${day} UTC.` };
}

function checkClock({ clockSkew }: Evidence): AuditCheck {
  if (clockSkew === null) return { name: 'clock', verdict: 'unknown', finding: 'Google gave no time to compare with.' };
  const seconds = Math.round(clockSkew / 1000);
  const off = seconds === 0 ? 'agrees with' : `is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'}`;
  return {
    name: 'clock',
    verdict: Math.abs(clockSkew) > tolerableSkew ? 'bad' : 'good',
    finding: `This computer’s clock ${off} Google’s.`,
  };
}
