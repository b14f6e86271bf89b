import type { Account } from '../../contract/account.ts';
import type { Clock } from '../../contract/clock.ts';
import type { ExportPart } from '../../contract/export.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Services } from '../../contract/service.ts';
import type { ServiceView } from '../../contract/standing.ts';
import type { AccountView } from '../../contract/state.ts';
import type { Grants } from '../auth/grants.ts';
import type { Registration } from '../auth/registration.ts';
import type { FreshAccess, TokenEndpoint } from '../auth/token-endpoint.ts';
import { StorageError } from '../storage-error.ts';
import { afterCutOff, recordAfter } from './arrival.ts';
import { leaveAccount, notBegun } from './disconnect.ts';
import { type AccountRecord, newRecord, type Records } from './records.ts';
import type { Revocations } from './revocations.ts';
import { openSession, type Session } from './session.ts';

/** The accounts that are signed in, and those that are being disconnected. */
export interface Sessions {
  all(): readonly Session[];
  /** Those that are not being disconnected. */
  staying(): readonly Session[];
  find(accountId: string): Session | undefined;
  /** @throws {Error} with a sentence, for an account that is not signed in. */
  of(accountId: string): Session;
  /**
   * Writes down whose key is about to be stored; `asked` are the services that were asked for. Throws a StorageError, and then
   * it must not be stored.
   */
  expect(account: Account, access: FreshAccess, asked: readonly string[]): void;
  /** The key that was expected has not come. */
  giveUp(accountId: string): void;
  /** Takes over what a sign-in brought, of an account that has come back or of a new one, once its key is stored. */
  adopt(account: Account, access: FreshAccess, asked: readonly string[]): void;
  /** A token for the daemon; null where there is none to be had, and for an account that is being disconnected. */
  accessToken(accountId: string, rejected: number | null): Promise<{ token: string; serial: number } | null>;
  views(): AccountView[];
  /** What there is a copy of: services that are copied, or were, of the accounts that stay. */
  held(): ExportPart[];
  /** Ends the access on this computer, then at Google; what was cut off is gone on with by being called again. */
  disconnect(accountId: string, erase: boolean): Promise<void>;
  /** Takes up the accounts whose sign-in was cut off after its key had been stored, and forgets the others. */
  takeUp(): Promise<void>;
  /** Whether a disconnect waits for the disk. */
  waits(): boolean;
  /** Goes on with the disconnects that wait for the disk. */
  leaveAgain(): void;
  /** What a person has to know of the last disconnect. */
  notice(): Problem | null;
  /** Resolves when what every disconnect has to do on this computer is done. */
  settled(): Promise<unknown>;
}

/** Opens a session for every account on record. */
export function openSessions(options: {
  records: Records;
  grants: Grants;
  revocations: Revocations;
  /** What new grants are given to. */
  registration: () => Registration;
  endpoint: () => Promise<TokenEndpoint>;
  clock: Clock;
  retentionDays: () => number | null;
  services: Services;
  /** Other services of an account are to be copied than before. */
  onMirrored: (session: Session) => void;
  /** Ends the sync of an account, and erases its copy if that is asked. */
  detach: (accountId: string, erase: boolean) => Promise<unknown>;
  onChange: () => void;
}): Sessions {
  const { records, grants, revocations, registration, clock, services, detach, onChange } = options;
  const sessions = new Map<string, Session>();
  const leaving = new Set<Promise<unknown>>();
  let outcome: Problem | null = null;
  /** Disconnects that wait for the disk, with whether the copy is to be erased. */
  const waiting = new Map<string, boolean>();
  const [here, cutOff] = partition(records.accounts());
  const stranded = new Map(cutOff.map((record) => [record.account.id, record]));

  function add(record: AccountRecord): Session {
    const session = openSession({ ...options, record, onMirrored: () => options.onMirrored(session) });
    sessions.set(session.id, session);
    return session;
  }

  function of(accountId: string): Session {
    const session = sessions.get(accountId);
    if (session === undefined) throw new Error('This account is not signed in. Nothing was changed.');
    return session;
  }

  const staying = () => [...sessions.values()].filter((session) => session.record().leaving === null);

  for (const record of here) add(record);

  function recordWith(account: Account, { issued }: FreshAccess, asked: readonly string[]): AccountRecord {
    const { issuer, clientId } = registration();
    const before = sessions.get(account.id)?.record() ?? newRecord({ account, issuer, clientId });
    return recordAfter(before, { account, clientId, issued, asked, at: clock.now() }, services);
  }

  async function disconnect(accountId: string, erase: boolean): Promise<void> {
    const session = of(accountId);
    try {
      session.leave(erase);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      waiting.set(accountId, erase);
      outcome = notBegun(error);
      onChange();
      throw new Error(outcome.sentence, { cause: error });
    }
    waiting.delete(accountId);
    const local = leaveAccount({
      session,
      grants,
      revocations,
      detach: () => detach(accountId, erase),
      forget: () => {
        session.close();
        records.remove(accountId);
        sessions.delete(accountId);
      },
    });
    leaving.add(local);
    const left = await local.finally(() => leaving.delete(local));
    if (left.kind === 'waits-for-disk') waiting.set(accountId, erase);
    outcome = left.notice;
    onChange();
    await revocations.retry();
  }

  return {
    all: () => [...sessions.values()],
    staying,
    find: (accountId) => sessions.get(accountId),
    of,
    expect(account, access, asked) {
      // Of an account that is here there is a record already, and its key of now stays if the new one does not come.
      if (sessions.has(account.id)) return;
      records.write({ ...recordWith(account, access, asked), arriving: true });
      stranded.delete(account.id);
    },
    giveUp(accountId) {
      if (!sessions.has(accountId)) records.remove(accountId);
    },
    adopt(account, access, asked) {
      const record = recordWith(account, access, asked);
      (sessions.get(account.id) ?? add(record)).adopt(record, access);
      if (waiting.delete(account.id)) outcome = null;
    },
    async takeUp() {
      for (const record of stranded.values()) {
        const { id } = record.account;
        const next = afterCutOff((await grants.read(id)).kind);
        // Somebody may have signed in to it meanwhile.
        if (next === 'wait' || !stranded.delete(id)) continue;
        if (next === 'drop') {
          records.remove(id);
          continue;
        }
        const session = add({ ...record, arriving: false });
        session.remember({ arriving: false });
        options.onMirrored(session);
      }
    },
    async accessToken(accountId, rejected) {
      const session = sessions.get(accountId);
      if (session === undefined || session.record().leaving !== null) return null;
      const held = await session.accessToken(rejected);
      return held && { token: held.token, serial: held.serial };
    },
    held: () =>
      staying()
        .filter((session) => session.record().erasedAt === null)
        .map((session) => {
          const { account, services } = session.view();
          const mirrored = session.mirrored();
          const isHeld = ([name, { sync }]: [string, ServiceView]) =>
            mirrored.includes(name) || Object.values(sync.counts).some((amount) => amount > 0);
          return {
            accountId: session.id,
            label: account.email || account.name || session.id,
            services: Object.entries(services)
              .filter(isHeld)
              .map(([name]) => name),
          };
        }),
    views: () => staying().map((session) => session.view()),
    disconnect,
    waits: () => waiting.size > 0,
    leaveAgain() {
      // Each says by its notice what came of it.
      for (const [accountId, erase] of waiting) disconnect(accountId, erase).catch(() => {});
    },
    notice: () => outcome,
    settled: () => Promise.all(leaving),
  };
}

/** Those whose key is stored, as far as is known, and those whose sign-in was cut off. */
function partition(records: readonly AccountRecord[]): [AccountRecord[], AccountRecord[]] {
  return [records.filter(({ arriving }) => !arriving), records.filter(({ arriving }) => arriving)];
}
