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
import { leaveAccount } from './disconnect.ts';
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
  /** Takes over what a sign-in brought, of an account that has come back or of a new one; `asked` are its services. */
  adopt(account: Account, access: FreshAccess, asked: readonly string[]): void;
  /** A token for the daemon; null where there is none to be had, and for an account that is being disconnected. */
  accessToken(accountId: string, rejected: number | null): Promise<{ token: string; serial: number } | null>;
  views(): AccountView[];
  /** What there is a copy of: services that are copied, or were, of the accounts that stay. */
  held(): ExportPart[];
  /** Ends the access on this computer, then at Google; what was cut off is gone on with by being called again. */
  disconnect(accountId: string, erase: boolean): Promise<void>;
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
  const { records, grants, revocations, registration, detach, onChange } = options;
  const sessions = new Map<string, Session>();
  const leaving = new Set<Promise<unknown>>();
  let outcome: Problem | null = null;

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

  for (const record of records.accounts()) add(record);

  return {
    all: () => [...sessions.values()],
    staying,
    find: (accountId) => sessions.get(accountId),
    of,
    adopt(account, access, asked) {
      const session = sessions.get(account.id) ?? add(newRecord({ account, ...registration() }));
      session.adopt(account, access, registration().clientId, asked);
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
    async disconnect(accountId, erase) {
      const session = of(accountId);
      session.remember({ leaving: { erase } });
      const local = leaveAccount({
        session,
        grants,
        revocations,
        detach: () => detach(accountId, erase),
        forget: () => {
          records.remove(accountId);
          sessions.delete(accountId);
        },
      });
      leaving.add(local);
      outcome = await local.finally(() => leaving.delete(local));
      onChange();
      await revocations.retry();
    },
    notice: () => outcome,
    settled: () => Promise.all(leaving),
  };
}
