import { isDeepStrictEqual } from 'node:util';
import type { AuditTrigger } from '../../contract/audit.ts';
import type { Clock } from '../../contract/clock.ts';
import type { Connection } from '../../contract/connection.ts';
import type { CredentialReport } from '../../contract/credentials.ts';
import { type Moment, thisMoment, timeSince, writtenMoment } from '../../contract/moment.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Services } from '../../contract/service.ts';
import type { Keeping } from '../../contract/standing.ts';
import type { AccountView } from '../../contract/state.ts';
import { idleSync, type SyncStatus } from '../../contract/sync.ts';
import { type HeldToken, openAccessTokens } from '../auth/access-tokens.ts';
import { refreshing } from '../auth/diagnosis.ts';
import type { Grants } from '../auth/grants.ts';
import { type GrantFacts, likelyCauses } from '../auth/likely-causes.ts';
import type { RefreshOutcome } from '../auth/refresh-grant.ts';
import { hasGrantedAllScopes, neededScopes, scopesFor } from '../auth/scopes.ts';
import type { FreshAccess, TokenEndpoint } from '../auth/token-endpoint.ts';
import { writeChoice } from '../storage-error.ts';
import { judgeEvidence } from './audit.ts';
import { describeCredentials } from './credential-report.ts';
import { expiryWarning } from './expiry.ts';
import { mirroredServices, wantedServices } from './keeping.ts';
import type { AccountRecord, Records } from './records.ts';
import { openRejections } from './rejections.ts';
import { eraseWarning } from './retention.ts';
import { connectionFrom, standingOf } from './standing.ts';

/** One account that is signed in, or was: its credentials, what is remembered of it, and what the daemon says. */
export interface Session {
  readonly id: string;
  record(): AccountRecord;
  view(): AccountView;
  /** A token for the daemon; null when there is none to be had, and the view says why. */
  accessToken(rejected: number | null): Promise<HeldToken | null>;
  /** A person has asked, or the computer woke up. */
  tryAgain(): void;
  /** Takes over what a sign-in of the same account brought, the record of it included. */
  adopt(record: AccountRecord, access: FreshAccess): void;
  /** The services that are to be copied. */
  mirrored(): string[];
  /** Those that a reconnect asks for: what is wanted, granted or not. */
  wanted(): string[];
  /** Whether Google has to be asked for permission before a service can be copied, as far as is known. */
  needsConsent(service: string): boolean;
  /** A person has chosen. Throws a sentence where that cannot be written down. */
  keep(service: string, keeping: Keeping): void;
  syncStatus(service: string, status: SyncStatus): void;
  /** Remembers what has come true; where the disk does not take it, that is made up for. */
  remember(change: Partial<AccountRecord>): void;
  /** Begins a disconnect by writing that down. Throws a StorageError, and then nothing has begun. */
  leave(erase: boolean): void;
  /** The account has gone: what a refresh or a sync still brings is not remembered. */
  close(): void;
  /** Looks at the credentials without disturbing anything, and adds what it found to the history. */
  audit(trigger: AuditTrigger): Promise<void>;
  /** When the credentials were last looked at, by an audit or by the sign-in itself. */
  lastLookedAt(): Moment;
  report(): Promise<CredentialReport>;
}

export interface SessionOptions {
  readonly record: AccountRecord;
  readonly records: Records;
  readonly grants: Grants;
  readonly endpoint: () => Promise<TokenEndpoint>;
  readonly clock: Clock;
  readonly retentionDays: () => number | null;
  /** Every service there is. */
  readonly services: Services;
  readonly onChange: () => void;
  /** Other services are to be copied than before. */
  readonly onMirrored: () => void;
}

/** A use of the grant is written down at most this often: it need not be exact, and each time is a write to the disk. */
const rememberUseEvery = 3_600_000;

export function openSession(options: SessionOptions): Session {
  const { records, grants, endpoint, clock, retentionDays, services, onChange, onMirrored } = options;
  let { record } = options;
  const { id } = record.account;
  let credentials: Connection = refreshing;
  const syncs = new Map<string, SyncStatus>();
  const rejections = openRejections(clock);
  let lastError: { at: number; observation: Observation } | null = null;
  let clockSkew: number | null = null;
  let consented = writtenMoment(clock, record.account.consentedAt ?? 0);
  let looked = writtenMoment(clock, Math.max(record.account.consentedAt ?? 0, records.audits(id)[0]?.at ?? 0));
  let closed = false;

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

  const mirrored = () => mirroredServices(record, services);
  const syncOf = (service: string) => syncs.get(service) ?? idleSync;

  function change(next: AccountRecord, keep: (record: AccountRecord) => void): void {
    if (closed) return;
    const before = mirrored();
    keep(next);
    record = next;
    if (!isDeepStrictEqual(mirrored(), before)) onMirrored();
  }

  const remember = (part: Partial<AccountRecord>) => change({ ...record, ...part }, records.note);

  function noteRefresh(outcome: RefreshOutcome): void {
    if (outcome.kind === 'failed') lastError = { at: outcome.at, observation: outcome.observation };
    if (outcome.kind !== 'ok') return;
    clockSkew = outcome.clockSkew;
    // An answer that names no scopes says that they are as they were (RFC 6749, section 5.1), and one of another account's key
    // says nothing of this one.
    const { scopes: grantedScopes } = outcome;
    const told = grantedScopes !== null && outcome.sameAccount !== false;
    if (told && !isDeepStrictEqual(grantedScopes, record.account.grantedScopes)) {
      remember({ account: { ...record.account, grantedScopes: [...grantedScopes] } });
    }
    if (Math.abs(outcome.at - (record.lastRefreshAt ?? 0)) >= rememberUseEvery) remember({ lastRefreshAt: outcome.at });
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

  /** What is wrong with the credentials, which explains every other failure; else what a sync says of the account. */
  function connection(): Connection {
    const now = clock.now();
    const met =
      credentials.kind === 'connected'
        ? mirrored().map((name) => connectionFrom(syncOf(name), rejections.isLasting(name), now))
        : [];
    const current = met.find((each) => each !== null) ?? credentials;
    if (current.kind === 'needs-reconnect' && current.reason === 'grant-revoked') {
      return { ...current, likely: likelyCauses(facts(), now) };
    }
    return current;
  }

  function view(): AccountView {
    const { account, services: kept } = record;
    const current = connection();
    const facts = { granted: account.grantedScopes, connection: current, now: clock.now() };
    const viewOf = (name: string, service: Services[string]) => {
      const sync = syncOf(name);
      return {
        standing: standingOf({ ...facts, service, keeping: kept[name], sync, rejected: rejections.isLasting(name) }),
        sync,
      };
    };
    const views = Object.entries(services).map(([name, service]) => [name, viewOf(name, service)] as const);
    return { account, connection: current, services: Object.fromEntries(views), warning: warning() };
  }

  /** Google counts on from the consent, whatever this computer's clock is set to. */
  const grantNow = () =>
    record.account.consentedAt === null ? clock.now() : record.account.consentedAt + timeSince(consented, clock);

  function warning(): Problem | null {
    return eraseWarning(record, retentionDays(), clock.now()) ?? expiryWarning(record.account, grantNow());
  }

  async function report(): Promise<CredentialReport> {
    const grant = await grants.read(id);
    return describeCredentials({
      now: clock.now(),
      record,
      wantedScopes: scopesFor(services, wantedServices(record.services, services)),
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
    view,
    accessToken: (rejected) => tokens.get(rejected),
    tryAgain: () => tokens.tryAgain(),
    adopt(adopted, access) {
      // A disconnect that is written down would be gone on with at the next start. Everything else can follow.
      change(adopted, record.leaving === null ? records.note : records.write);
      lastError = null;
      consented = thisMoment(clock);
      looked = consented;
      clockSkew = access.serverDate === null ? null : clock.now() - access.serverDate;
      // What the last syncs met belonged to the old grant.
      rejections.forget();
      for (const [name, sync] of syncs)
        if (sync.failure?.kind !== 'storage') syncs.set(name, { ...sync, failure: null });
      tokens.adopt(access);
    },
    mirrored,
    wanted: () => wantedServices(record.services, services),
    needsConsent: (service) =>
      !hasGrantedAllScopes(record.account.grantedScopes, services[service]?.scopes ?? []) ||
      view().services[service]?.standing.kind === 'needs-permission',
    keep(service, keeping) {
      const next = { ...record, services: { ...record.services, [service]: keeping } };
      writeChoice(() => change(next, records.write));
      onChange();
    },
    syncStatus(service, status) {
      syncs.set(service, status);
      rejections.note(service, status.failure);
      if (status.failure?.kind === 'observed') lastError = { at: clock.now(), observation: status.failure.observation };
      onChange();
    },
    remember(part) {
      remember(part);
      onChange();
    },
    leave(erase) {
      change({ ...record, leaving: { erase } }, records.write);
      onChange();
    },
    close() {
      closed = true;
    },
    async audit(trigger) {
      // At once, so that a refresh that is asked for meanwhile, as by the daemon at waking up, is the same one.
      const [outcome, grant] = await Promise.all([tokens.check(), grants.read(id)]);
      looked = thisMoment(clock);
      if (closed) return;
      records.addAudit(
        id,
        judgeEvidence({
          now: clock.now(),
          trigger,
          keychain: grant.kind,
          refresh: outcome.kind === 'ok' || outcome.kind === 'failed' ? outcome : null,
          sameAccount: outcome.kind === 'ok' ? outcome.sameAccount : null,
          grantedScopes: outcome.kind === 'ok' ? outcome.scopes : null,
          neededScopes: neededScopes(services, wantedServices(record.services, services)),
          grantNow: grantNow(),
          consentedAt: record.account.consentedAt,
          grantExpiresAt: record.account.grantExpiresAt,
          clockSkew: outcome.kind === 'ok' ? outcome.clockSkew : null,
        }),
      );
      onChange();
    },
    lastLookedAt: () => looked,
    report,
  };
}
