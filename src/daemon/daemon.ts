import type { Clock } from '../contract/clock.ts';
import { type daemonEvents, daemonRequests, mainEvents, mainRequests } from '../contract/daemon.ts';
import { createPeer, type Port } from '../contract/rpc.ts';
import { idleSync, type SyncStatus } from '../contract/sync.ts';
import { agenda } from './calendar/agenda.ts';
import type { Intervals } from './calendar/plan.ts';
import { createScheduler, type Scheduler } from './calendar/scheduler.ts';
import type { Log } from './log.ts';
import { mirrorOnce, storageFailure, stored } from './mirror.ts';
import { createStatusBoard } from './status.ts';
import { openStore, type Store } from './store/open.ts';
import { asStorageError } from './store/problem.ts';

export interface DaemonOptions {
  readonly port: Port;
  readonly databasePath: string;
  readonly apiRoot: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly intervals: Intervals;
  readonly log: Log;
}

export interface Daemon {
  /** Drops the page under way, closes the database. Safe to call twice. */
  stop(): Promise<void>;
}

/** Puts the daemon together and serves main. A database that cannot be opened is a status, never an exception. */
export function startDaemon(options: DaemonOptions): Daemon {
  const { port, databasePath, apiRoot, clock, random, intervals, log } = options;
  let store: Store | null = null;
  let attached: { readonly accountId: string; readonly scheduler: Scheduler } | null = null;
  let visible = true;
  let stopped = false;
  const inTurn = createQueue();

  const status = createStatusBoard(clock, (value) => peer.say('status', value));
  const peer = createPeer<typeof daemonRequests, typeof mainRequests, typeof mainEvents, typeof daemonEvents>({
    port,
    serves: daemonRequests,
    asks: mainRequests,
    hears: mainEvents,
    onEvent: {},
    onInvalid: (message) => log('invalid-message', { message }),
    handlers: {
      attach: ({ accountId }) => inTurn(() => attach(accountId)),
      detach: ({ accountId, erase }) => inTurn(() => detach(accountId, erase)),
      syncNow: async () => {
        // In turn, so that a request right behind `attach` syncs what was attached.
        const scheduler = await inTurn(async () => attached?.scheduler);
        await scheduler?.syncNow();
        return null;
      },
      setVisible: async (params) => {
        visible = params.visible;
        attached?.scheduler.setVisible(visible);
        return null;
      },
      resumed: async () => {
        attached?.scheduler.resumed();
        return null;
      },
      agenda: async (request) => {
        if (!attached) return { items: [], truncated: false };
        try {
          return agenda(database(), attached.accountId, request);
        } catch (error) {
          throw asStorageError(error) ?? error;
        }
      },
      stop: async () => {
        await stop();
        return null;
      },
    },
  });

  /** The open database. What kept it from opening may have gone since, so each call tries anew. */
  function database(): Store {
    if (stopped) throw new Error('The daemon has stopped.');
    store ??= openStore(databasePath);
    return store;
  }

  async function attach(accountId: string): Promise<null> {
    if (attached?.accountId !== accountId) {
      await attached?.scheduler.stop();
      const { revision } = status.current();
      status.update({ ...idleSync, revision, ...known(accountId) });
      attached = { accountId, scheduler: schedule(accountId) };
    }
    // Not waited for: the answer says that mirroring has begun, the status how it goes.
    void attached.scheduler.syncNow();
    return null;
  }

  /** What the mirror holds of an account already; nothing while it cannot be read, which the sync then reports. */
  function known(accountId: string): Partial<SyncStatus> {
    try {
      return stored(database(), accountId);
    } catch (error) {
      if (!asStorageError(error)) throw error;
      return {};
    }
  }

  function schedule(accountId: string): Scheduler {
    const mirror = {
      accountId,
      apiRoot,
      clock,
      log,
      status,
      store: database,
      askForToken: (rejected: number | null) => peer.request('accessToken', { accountId, rejected }),
    };
    return createScheduler({
      clock,
      random,
      intervals,
      visible,
      sync: (signal) => mirrorOnce(mirror, signal),
      onPlan: (nextAt) => status.update({ nextAt }),
    });
  }

  async function detach(accountId: string, erase: boolean): Promise<null> {
    if (attached?.accountId === accountId) {
      await attached.scheduler.stop();
      attached = null;
      status.update({ ...idleSync, revision: status.current().revision });
    }
    if (erase) {
      database().erase(accountId);
      status.update({ revision: database().revision() });
    }
    return null;
  }

  function stop(): Promise<void> {
    return inTurn(async () => {
      if (stopped) return;
      await attached?.scheduler.stop();
      attached = null;
      stopped = true;
      store?.close();
      store = null;
    });
  }

  try {
    status.update({ revision: database().revision() });
  } catch (error) {
    const problem = asStorageError(error);
    if (!problem) throw error;
    log('database-not-opened', { code: problem.code });
    status.update({ failure: storageFailure(problem) });
  }
  return { stop };
}

/** Runs one task after the other: attaching and detaching must not overlap. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
}
