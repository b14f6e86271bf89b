import type { Conditions } from '../../contract/daemon.ts';
import { firstConditions } from './plan.ts';
import type { Scheduler } from './scheduler.ts';
import type { StatusBoard } from './status.ts';

/** One service of one account. */
export interface Part {
  readonly accountId: string;
  readonly service: string;
}

/** The attached accounts and what is mirrored of each, side by side: nothing waits for another, or fails with it. */
export interface Accounts {
  /** In the order in which they were attached. */
  ids(): string[];
  /** The services that are mirrored of an account. */
  servicesOf(accountId: string): string[];
  /**
   * Mirrors these services of the account and no others; those that are mirrored already go on. Answers when nothing of the
   * others runs any more.
   */
  attach(accountId: string, services: readonly string[]): Promise<void>;
  /** Stops mirroring the account; answers when nothing of it runs any more. */
  detach(accountId: string): Promise<void>;
  /** Answers when the syncs of all that is mirrored of the account have ended. */
  syncNow(accountId: string): Promise<void>;
  /** The place for the status. It outlives the attachment, so that an old word is never said after a new one. */
  board(part: Part): StatusBoard;
  /** The boards of everything that belongs to an attached account, mirrored or not. */
  boards(): StatusBoard[];
  setConditions(conditions: Conditions): void;
  resumed(): void;
}

/** None is attached yet. `services` are all there are. */
export function createAccounts(options: {
  services: readonly string[];
  newBoard: (part: Part) => StatusBoard;
  mirror: (part: Part, status: StatusBoard, conditions: Conditions) => Scheduler;
  /** Has the board tell what is held of a part that has just been attached, or is mirrored no longer. */
  showHeld: (part: Part, status: StatusBoard) => void;
}): Accounts {
  const { services, newBoard, mirror, showHeld } = options;
  const boards = new Map<string, StatusBoard>();
  const attached = new Map<string, Map<string, Scheduler>>();
  let conditions = firstConditions;

  function board(part: Part): StatusBoard {
    const key = JSON.stringify([part.accountId, part.service]);
    const found = boards.get(key) ?? newBoard(part);
    boards.set(key, found);
    return found;
  }

  async function stopAll(schedulers: Iterable<Scheduler>): Promise<void> {
    await Promise.all([...schedulers].map((each) => each.stop()));
  }

  const running = () => [...attached.values()].flatMap((schedulers) => [...schedulers.values()]);

  return {
    ids: () => [...attached.keys()],
    servicesOf: (accountId) => [...(attached.get(accountId)?.keys() ?? [])],
    async attach(accountId, wanted) {
      const before = attached.get(accountId);
      const schedulers = before ?? new Map<string, Scheduler>();
      attached.set(accountId, schedulers);
      const gone = [...schedulers].filter(([service]) => !wanted.includes(service));
      await stopAll(gone.map(([, scheduler]) => scheduler));
      for (const [service] of gone) schedulers.delete(service);
      for (const service of services) {
        const part = { accountId, service };
        const fresh = wanted.includes(service) && !schedulers.has(service);
        if (!before || fresh || gone.some(([name]) => name === service)) showHeld(part, board(part));
        if (!fresh) continue;
        const added = mirror(part, board(part), conditions);
        schedulers.set(service, added);
        added.start();
      }
    },
    async detach(accountId) {
      await stopAll(attached.get(accountId)?.values() ?? []);
      attached.delete(accountId);
    },
    async syncNow(accountId) {
      await Promise.all([...(attached.get(accountId)?.values() ?? [])].map((each) => each.syncNow()));
    },
    board,
    boards: () => [...attached.keys()].flatMap((accountId) => services.map((service) => board({ accountId, service }))),
    setConditions(next) {
      conditions = next;
      for (const each of running()) each.setConditions(next);
    },
    resumed() {
      for (const each of running()) each.resumed();
    },
  };
}
