import type { Audit } from '../../contract/audit.ts';
import type { Connection } from '../../contract/connection.ts';
import type { CredentialReport, Holding } from '../../contract/credentials.ts';
import type { Observation } from '../../contract/observation.ts';
import type { HeldToken } from '../auth/access-tokens.ts';
import type { GrantRead } from '../auth/grants.ts';
import type { AccountRecord } from './records.ts';

/** Enough of a secret to tell it from another, never enough to use it: its kind, and a fingerprint's worth of its end. */
export function maskSecret(secret: string): string {
  const kind = /^(1\/\/0|ya29\.|4\/0)/.exec(secret)?.[0] ?? '';
  return secret.length < 24 ? '…' : `${kind}…${secret.slice(-4)}`;
}

/** Puts together what can be told of an account's credentials. Pure. */
export function describeCredentials(known: {
  now: number;
  record: AccountRecord;
  /** What the services that the person wants need. */
  wantedScopes: readonly string[];
  grant: GrantRead;
  token: HeldToken | null;
  connection: Connection;
  lastError: { at: number; observation: Observation } | null;
  clockSkew: number | null;
  audits: readonly Audit[];
}): CredentialReport {
  const { now, record, wantedScopes, grant, token, connection, lastError, clockSkew, audits } = known;
  const { account } = record;
  return {
    at: now,
    accountId: account.id,
    email: account.email,
    connection,
    holdings: [describeRefreshToken(record, grant), ...describeBindingKey(grant), describeAccessToken(token)],
    scopes: [...new Set([...wantedScopes, ...account.grantedScopes])].map((scope) => ({
      scope,
      granted: account.grantedScopes.includes(scope),
    })),
    consentedAt: account.consentedAt,
    grantExpiresAt: account.grantExpiresAt,
    lastRefreshAt: record.lastRefreshAt,
    lastError,
    clockSkew,
    audits: [...audits],
  };
}

const inKeychain = (accountId: string) => `the system’s keychain, entry “account:${accountId}”`;

function describeRefreshToken({ account }: AccountRecord, grant: GrantRead): Holding {
  return {
    name: 'Refresh token',
    where: inKeychain(account.id),
    shown: grant.kind === 'ok' ? maskSecret(grant.refreshToken) : `not readable: ${grant.kind}`,
    bornAt: account.consentedAt,
    endsAt: account.grantExpiresAt,
  };
}

function describeBindingKey(grant: GrantRead): Holding[] {
  if (grant.kind !== 'ok') return [];
  const bound = grant.key !== null;
  return [
    {
      name: 'Key that the refresh token is bound to (DPoP)',
      where: bound ? 'the same keychain entry' : 'none: this access was given before, or without, binding',
      shown: bound ? 'ES256, private part not shown' : '–',
      bornAt: null,
      endsAt: null,
    },
  ];
}

function describeAccessToken(token: HeldToken | null): Holding {
  return {
    name: 'Access token',
    where: 'this program’s memory, and the sync program’s while it uses it',
    shown: token === null ? 'none at the moment' : maskSecret(token.token),
    bornAt: token?.bornAt ?? null,
    endsAt: token?.expiresAt ?? null,
  };
}

/** The report as text for a bug report: no token, no name, no address, no account number. */
export function redactedReport(report: CredentialReport, version: string): string {
  const time = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString());
  const lines = [
    `Mooring ${version}, credentials at ${time(report.at)}`,
    `state: ${report.connection.kind} (${report.connection.reason})`,
    `consent: ${time(report.consentedAt)}; ends: ${report.grantExpiresAt === null ? 'no date' : time(report.grantExpiresAt)}`,
    `last refresh: ${time(report.lastRefreshAt)}; clock off by ${report.clockSkew === null ? 'unknown' : `${report.clockSkew} ms`}`,
    ...report.scopes.map(({ scope, granted }) => `scope ${granted ? 'granted' : 'missing'}: ${scope}`),
    `last error: ${report.lastError === null ? 'none' : `${time(report.lastError.at)} ${describeFailure(report.lastError.observation)}`}`,
    ...report.audits
      .slice(0, 10)
      .map(
        ({ at, trigger, checks }) =>
          `audit ${time(at)} (${trigger}): ${checks.map(({ name, verdict }) => `${name} ${verdict}`).join(', ')}`,
      ),
  ];
  return `${lines.join('\n')}\n`;
}

function describeFailure(observation: Observation): string {
  switch (observation.kind) {
    case 'answer':
      return `${observation.where} ${observation.status} ${observation.error ?? ''} ${observation.subtype ?? ''}`.trim();
    case 'unreadable':
      return `${observation.where} ${observation.status} unreadable (${observation.contentType ?? 'no type'})`;
    case 'network':
      return `${observation.where} network ${observation.code}`;
    default:
      return observation satisfies never;
  }
}
