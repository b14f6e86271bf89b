import type { Clock } from '../contract/clock.ts';
import { type daemonEvents, daemonRequests, mainEvents, mainRequests } from '../contract/daemon.ts';
import { createPeer, type Port } from '../contract/rpc.ts';
import { type Question, queryOf } from '../contract/services.ts';
import { idleSync } from '../contract/sync.ts';
import type { Log } from './log.ts';
import { createQueue } from './queue.ts';
import { openMirror } from './services.ts';
import { mirrorFile } from './store/mirror-file.ts';
import { dropSetAside } from './store/set-aside.ts';
import { mirrorAccount } from './sync/account.ts';
import { createAccounts } from './sync/accounts.ts';
import { storageFailure } from './sync/failure.ts';
import type { Intervals } from './sync/plan.ts';
import { createStatusBoard } from './sync/status.ts';

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
  /** Drops the pages under way, closes the database. Safe to call twice. */
  stop(): Promise<void>;
}

/** Puts the daemon together and serves main. A database that cannot be opened is a status, never an exception. */
export function startDaemon(options: DaemonOptions): Daemon {
  const { port, databasePath, apiRoot, clock, random, intervals, log } = options;
  // Attaching, detaching, rebuilding and stopping must not overlap.
  const inTurn = createQueue();

  const file = mirrorFile(databasePath, openMirror, clock, (problem) => {
    log('damage-found', { code: problem.code });
    // The file is everybody's.
    for (const board of accounts.boards()) board.update({ failure: storageFailure(problem) });
  });
  const accounts = createAccounts(
    (accountId) => createStatusBoard(clock, (status) => peer.say('status', { accountId, status })),
    (accountId, status, conditions) =>
      mirrorAccount({
        accountId,
        service: 'calendar',
        status,
        conditions,
        apiRoot,
        clock,
        random,
        intervals,
        log,
        file,
        askForToken: (rejected) => peer.request('accessToken', { accountId, rejected }),
      }),
  );
  const peer = createPeer<typeof daemonRequests, typeof mainRequests, typeof mainEvents, typeof daemonEvents>({
    port,
    serves: daemonRequests,
    asks: mainRequests,
    hears: mainEvents,
    onEvent: {},
    onInvalid: (message) => log('invalid-message', { message }),
    handlers: {
      attach: ({ accountId }) =>
        inTurn(async () => {
          accounts.add(accountId);
          return null;
        }),
      detach: ({ accountId, erase }) => inTurn(() => detach(accountId, erase)),
      syncNow: async ({ accountId }) => {
        // In turn, so that a request right behind `attach` syncs what was attached.
        const account = await inTurn(async () => accounts.find(accountId));
        await account?.syncNow();
        return null;
      },
      setConditions: async (conditions) => {
        accounts.setConditions(conditions);
        return null;
      },
      resumed: async () => {
        accounts.resumed();
        return null;
      },
      ask: async (question) => answer(question),
      rebuild: () => inTurn(rebuild),
      stop: async () => {
        await stop();
        return null;
      },
    },
  });

  function answer(question: Question): unknown {
    const query = queryOf(question);
    if (query === null) throw new RangeError(`There is no question ${JSON.stringify(question.name)}.`);
    const params = query.params.parse(question.params);
    try {
      const { answers } = file.open().of(question.service).mirror;
      return answers[question.name]?.(accounts.ids(), params as never);
    } catch (error) {
      throw file.recognise(error) ?? error;
    }
  }

  async function detach(accountId: string, erase: boolean): Promise<null> {
    await accounts.remove(accountId);
    const board = accounts.board(accountId);
    board.update({ ...idleSync, revision: board.current().revision });
    if (!erase) return null;
    try {
      const store = file.open();
      store.erase(accountId);
      dropSetAside(databasePath);
      // The agenda is everybody's, so everybody's view has to read it again.
      for (const each of [board, ...accounts.boards()]) each.update({ revision: store.revision() });
      return null;
    } catch (error) {
      throw file.recognise(error) ?? error;
    }
  }

  async function rebuild(): Promise<null> {
    const accountIds = accounts.ids();
    const revisions = accounts.boards().map((board) => board.current().revision);
    await Promise.all(accountIds.map(accounts.remove));
    try {
      file.renew(Math.max(0, ...revisions));
      log('rebuilt');
    } finally {
      // Also onto the old file, if that could not be moved.
      for (const accountId of accountIds) {
        accounts.add(accountId);
        // A person asked for it, paused or not. Not waited for: the status tells how it goes.
        void accounts.find(accountId)?.syncNow();
      }
    }
    return null;
  }

  function stop(): Promise<void> {
    return inTurn(async () => {
      await Promise.all(accounts.ids().map(accounts.remove));
      file.end();
    });
  }

  try {
    file.open();
  } catch (error) {
    const problem = file.recognise(error);
    if (!problem) throw error;
    // Nobody is attached who could be told; whoever will be, will be.
    log('database-not-opened', { code: problem.code });
  }
  return { stop };
}
