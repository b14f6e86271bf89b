import type { Account } from '../../contract/account.ts';
import type { AuditTrigger } from '../../contract/audit.ts';
import type { Clock } from '../../contract/clock.ts';
import type { Connection } from '../../contract/connection.ts';
import type { CredentialReport } from '../../contract/credentials.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Problem } from '../../contract/problem.ts';
import type { AccountView } from '../../contract/state.ts';
import { idleSync, type SyncStatus } from '../../contract/sync.ts';
import { type HeldToken, openAccessTokens, type RefreshOutcome } from '../auth/access-tokens.ts';
import { diagnose, permissionMissing, refreshing } from '../auth/diagnosis.ts';
import type { Grants } from '../auth/grants.ts';
import { type GrantFacts, likelyCauses } from '../auth/likely-causes.ts';
import { missingScopes, serviceScopes } from '../auth/scopes.ts';
import type { FreshAccess, TokenEndpoint } from '../auth/token-endpoint.ts';
import { judgeEvidence } from './audit.ts';
import { describeCredentials } from './credential-report.ts';
import { expiryWarning } from './expiry.ts';
import type { AccountRecord, Records } from './records.ts';
import { eraseWarning } from './retention.ts';

/** One account that is signed in, or was: its credentials, what is remembered of it, and what the daemon says. */
export interface Session {
  readonly id: string;
  record(): AccountRecord;
  view(): AccountView;
  /** A token for the daemon; null when there is none to be had, and the view says why. */
  accessToken(rejected: number | null): Promise<HeldToken | null>;
  /** A person has asked, or the computer woke up. */
  tryAgain(): void;
  /** Takes over what a sign-in of the same account brought. */
  adopt(account: Account, access: FreshAccess, clientId: string): void;
  syncStatus(status: SyncStatus): void;
  /** Changes what is remembered, and saves it. */
  remember(change: Partial<AccountRecord>): void;
  /** Looks at the credentials without disturbing anything, and adds what it found to the history. */
  audit(trigger: AuditTrigger): Promise<void>;
  /** When the credentials were last looked at, by an audit or by the sign-in itself. */
  lastLookedAt(): number;
  report(): Promise<CredentialReport>;
}

export interface SessionOptions {
  readonly record: AccountRecord;
  readonly records: Records;
  readonly grants: Grants;
  readonly endpoint: () => Promise<TokenEndpoint>;
  readonly clock: Clock;
  readonly retentionDays: () => number | null;
  readonly onChange: () => void;
}

/** A use of the grant is written down at most this often: it need not be exact, and each time is a write to the disk. */
const rememberUseEvery = 3_600_000;

export function openSession(options: SessionOptions): Session {
  const { records, grants, endpoint, clock, retentionDays, onChange } = options;
  let { record } = options;
  const { id } = record.account;
  let credentials: Connection = refreshing;
  let sync = idleSync;
  let lastError: { at: number; observation: Observation } | null = null;
  let clockSkew: number | null = null;

  const tokens = openAccessTokens({
    accountId: id,
    grants,
    endpoint,
    clock,
    onConnection: (connection) => {
      credentials = connection;
      noteLife(connection);
      onChange();
    },
    onRefresh: noteRefresh,
  });

  function remember(change: Partial<AccountRecord>): void {
    record = { ...record, ...change };
    records.put(record);
  }

  function noteRefresh(outcome: RefreshOutcome): void {
    if (outcome.kind === 'failed') lastError = { at: outcome.at, observation: outcome.observation };
    if (outcome.kind !== 'ok') return;
    clockSkew = outcome.clockSkew;
    if (outcome.at - (record.lastRefreshAt ?? 0) >= rememberUseEvery) remember({ lastRefreshAt: outcome.at });
  }

  /** A grant that is found dead starts the time for which its copy is kept; one that works again ends it. */
  function noteLife(connection: Connection): void {
    const dead = connection.kind === 'needs-reconnect' && connection.reason !== 'client-changed';
    if (dead && record.deadSince === null) remember({ deadSince: clock.now() });
    if (connection.kind === 'connected' && record.deadSince !== null) remember({ deadSince: null, announcedAt: [] });
  }

  function facts(): GrantFacts {
    const { consentedAt, grantExpiresAt, grantedScopes } = record.account;
    const { lastRefreshAt: lastUsedAt, tokensIssued } = record;
    return { consentedAt, grantExpiresAt, lastUsedAt, scopes: grantedScopes, tokensIssued };
  }

  /** What is wrong with the credentials, which explains every other failure; else what the last sync failed with. */
  function connection(): Connection {
    const now = clock.now();
    const failure = credentials.kind === 'connected' ? sync.failure : null;
    const current = failure?.kind === 'observed' ? diagnose(failure.observation, now) : credentials;
    if (current.kind === 'needs-reconnect' && current.reason === 'grant-revoked') {
      return { ...current, likely: likelyCauses(facts(), now) };
    }
    if (current.kind === 'needs-permission' && current.scopes.length === 0) {
      return permissionMissing(
        missingScopes(record.account.grantedScopes.filter((scope) => !serviceScopes.includes(scope))),
      );
    }
    return current;
  }

  function warning(): Problem | null {
    const now = clock.now();
    return eraseWarning(record, retentionDays(), now) ?? expiryWarning(record.account, now);
  }

  async function report(): Promise<CredentialReport> {
    const grant = await grants.read(id);
    return describeCredentials({
      now: clock.now(),
      record,
      grant,
      token: tokens.held(),
      connection: connection(),
      lastError,
      clockSkew,
      audits: records.audits(id),
    });
  }

  return {
    id,
    record: () => record,
    view: () => ({ account: record.account, connection: connection(), sync, warning: warning() }),
    accessToken: (rejected) => tokens.get(rejected),
    tryAgain: () => tokens.tryAgain(),
    adopt(account, access, clientId) {
      remember({
        account,
        clientId,
        tokensIssued: record.tokensIssued + (access.issued ? 1 : 0),
        lastRefreshAt: clock.now(),
        deadSince: null,
        announcedAt: [],
        erasedAt: null,
        leaving: null,
      });
      lastError = null;
      clockSkew = access.serverDate === null ? null : clock.now() - access.serverDate;
      // What the last sync met belonged to the old grant.
      if (sync.failure?.kind !== 'storage') sync = { ...sync, failure: null };
      tokens.adopt(access);
    },
    syncStatus(status) {
      sync = status;
      if (status.failure?.kind === 'observed') lastError = { at: clock.now(), observation: status.failure.observation };
      onChange();
    },
    remember(change) {
      remember(change);
      onChange();
    },
    async audit(trigger) {
      const grant = await grants.read(id);
      const outcome = await tokens.check();
      records.addAudit(
        id,
        judgeEvidence({
          now: clock.now(),
          trigger,
          keychain: grant.kind,
          refresh: outcome.kind === 'ok' || outcome.kind === 'failed' ? outcome : null,
          sameAccount: outcome.kind === 'ok' ? outcome.sameAccount : null,
          grantedScopes: outcome.kind === 'ok' ? outcome.scopes : null,
          recordedScopes: record.account.grantedScopes,
          consentedAt: record.account.consentedAt,
          grantExpiresAt: record.account.grantExpiresAt,
          clockSkew: outcome.kind === 'ok' ? outcome.clockSkew : null,
        }),
      );
      onChange();
    },
    lastLookedAt: () => Math.max(record.account.consentedAt ?? 0, records.audits(id)[0]?.at ?? 0),
    report,
  };
}
