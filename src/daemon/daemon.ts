import type { Clock } from '../contract/clock.ts';
import { type daemonEvents, daemonRequests, mainEvents, mainRequests } from '../contract/daemon.ts';
import { createPeer, type Port } from '../contract/rpc.ts';
import type { SearchAnswer, SearchRequest } from '../contract/search.ts';
import { type Question, queryOf } from '../contract/services.ts';
import { idleSync } from '../contract/sync.ts';
import { openWayOut } from '../http/outgoing.ts';
import { openExportDesk } from './export/desk.ts';
import { openSnapshot } from './export/snapshot.ts';
import { createAccess } from './google/access.ts';
import { wayToGoogle } from './google/http.ts';
import { limitInFlight } from './google/in-flight.ts';
import type { Log } from './log.ts';
import { createQueue } from './queue.ts';
import { catchingUp } from './search/catching-up.ts';
import { createSearches } from './search/searches.ts';
import { mirrorFile } from './store/mirror-file.ts';
import { openStore } from './store/open.ts';
import { StorageError } from './store/problem.ts';
import { dropSetAside } from './store/set-aside.ts';
import { createAccounts, type Part } from './sync/accounts.ts';
import { storageFailure } from './sync/failure.ts';
import { mirrorService, showHeld } from './sync/mirroring.ts';
import { defaultIntervals, type Intervals } from './sync/plan.ts';
import type { Service } from './sync/service.ts';
import { createStatusBoard } from './sync/status.ts';

export interface DaemonOptions {
  readonly port: Port;
  readonly databasePath: string;
  readonly services: Readonly<Record<string, Service>>;
  /** The service that a file from before there were several belongs to. */
  readonly firstService: string;
  /** Where every API is; null for where each service's contract says. */
  readonly apiRoot: string | null;
  /** Who may vouch for a server. */
  readonly authorities: () => readonly string[];
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** How often everything is synced; null for each service's own pace. */
  readonly intervals: Intervals | null;
  readonly log: Log;
}

export interface Daemon {
  /** Drops the pages under way, closes the database. Safe to call twice. */
  stop(): Promise<void>;
}

/** Puts the daemon together and serves main. A database that cannot be opened is a status, never an exception. */
export function startDaemon(options: DaemonOptions): Daemon {
  const { port, databasePath, services, firstService, apiRoot, authorities, clock, random, intervals, log } = options;
  const names = Object.keys(services);
  const contracts = Object.fromEntries(Object.entries(services).map(([name, { contract }]) => [name, contract]));
  // Attaching, detaching, rebuilding and stopping must not overlap.
  const inTurn = createQueue();

  const file = mirrorFile(
    databasePath,
    (path) => openStore(path, services, firstService),
    clock,
    (problem) => {
      log('damage-found', { code: problem.code });
      // One file holds all accounts, so damage concerns all of them.
      for (const board of accounts.boards()) board.update({ failure: storageFailure(problem) });
    },
  );
  const searches = createSearches();
  const index = catchingUp(
    () => file.sound().isBehind() && file.sound().catchUp(),
    (error) => log('index-not-filled', { code: file.recognise(error)?.code ?? 'fault' }),
  );
  const limits = new Map<string, ReturnType<typeof limitInFlight>>();
  const accounts = createAccounts({
    services: names,
    newBoard: (part) =>
      createStatusBoard(clock, (status) => {
        peer.say('status', { ...part, status });
        // What a sync changed at once may have been too much to be put into the index with it.
        if (!status.running) index.start();
      }),
    mirror: (part, status, conditions) =>
      mirrorService({
        ...part,
        status,
        conditions,
        clock,
        random,
        queriesPerDay: services[part.service]?.queriesPerDay ?? null,
        intervals: intervals ?? services[part.service]?.pace ?? defaultIntervals,
        log,
        file,
        openWay: openWay(part),
      }),
    showHeld: (part, status) => showHeld({ ...part, status, file }),
  });
  const peer = createPeer<typeof daemonRequests, typeof mainRequests, typeof mainEvents, typeof daemonEvents>({
    port,
    serves: daemonRequests,
    asks: mainRequests,
    hears: mainEvents,
    onEvent: {},
    onInvalid: (message) => log('invalid-message', { message }),
    handlers: {
      attach: ({ accountId, services: wanted }) =>
        inTurn(async () => {
          await accounts.attach(accountId, wanted);
          return null;
        }),
      detach: ({ accountId, erase }) => inTurn(() => detach(accountId, erase)),
      erase: ({ accountId, service }) => inTurn(() => erase(accountId, service)),
      syncNow: async ({ accountId }) => {
        // In turn, so that a request right behind `attach` syncs what was attached; not waited for in turn, because a
        // sync may last.
        const { syncing } = await inTurn(async () => ({ syncing: accounts.syncNow(accountId) }));
        await syncing;
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
      search,
      cancelSearch: async ({ id }) => {
        searches.cancel(id);
        return null;
      },
      export: (order) => exports.begin(order),
      cancelExport: async () => {
        await exports.cancel();
        return null;
      },
      rebuild: () => inTurn(rebuild),
      stop: async () => {
        await stop();
        return null;
      },
    },
  });

  const exports = openExportDesk({
    openSnapshot() {
      file.open();
      return openSnapshot(databasePath, services);
    },
    isHeld: (accountId, service) => accounts.ids().includes(accountId) && names.includes(service),
    titleOf: (service) => contracts[service]?.name ?? service,
    clock,
    onProgress: (progress) => peer.say('exporting', progress),
    onFailure: (error) => void (error instanceof StorageError && file.recognise(error)),
    log,
  });

  const fetch = openWayOut({ authorities, ways: (origin) => peer.request('waysOut', { origin }) });

  function openWay({ accountId, service }: Part) {
    const limit = limits.get(accountId) ?? limitInFlight();
    limits.set(accountId, limit);
    const root = apiRoot ?? contracts[service]?.root ?? '';
    const askForToken = (rejected: number | null) => peer.request('accessToken', { accountId, rejected });
    return () => {
      const way = wayToGoogle({ fetch, apiRoot: root, clock, access: createAccess(askForToken) });
      return { ...way, get: limit(way.get) };
    };
  }

  async function answer(question: Question): Promise<unknown> {
    const query = queryOf(contracts, question);
    if (query === null) throw new RangeError(`There is no question ${JSON.stringify(question.name)}.`);
    const params = query.params.parse(question.params);
    try {
      const { answers } = file.open().of(question.service).mirror;
      const asked = accounts.ids().filter((accountId) => question.accounts.includes(accountId));
      return await answers[question.name]?.(asked, params as never);
    } catch (error) {
      throw file.recognise(error) ?? error;
    }
  }

  async function search({ id, services: asked, accounts: of, ...wish }: SearchRequest): Promise<SearchAnswer> {
    if (wish.after !== null && asked?.length !== 1) throw new RangeError('Only one service at a time is read on.');
    const ids = accounts.ids().filter((accountId) => of.includes(accountId));
    const wanted = names.filter((name) => asked === null || asked.includes(name));
    const parts = ids.flatMap((accountId) => wanted.map((service) => ({ accountId, service })));
    const stands = (part: Part) => accounts.board(part).current();
    const isMirrored = ({ accountId, service }: Part) => accounts.servicesOf(accountId).includes(service);
    const isHeld = (part: Part) => Object.values(stands(part).counts).some((amount) => amount > 0);
    const sources = new Map(
      wanted.map((name) => [name, (services[name]?.searchable ?? []).map(({ table }) => table)] as const),
    );
    try {
      const store = file.open();
      index.start();
      const found = await searches.run(id, (signal) =>
        store.search.find({ ...wish, accounts: ids, sources }, clock, signal),
      );
      return {
        ...(found ?? { groups: [], forgiven: null }),
        unfinished: parts.filter((part) => isMirrored(part) && stands(part).lastSuccessAt === null),
        missing: parts.filter((part) => !isMirrored(part) && !isHeld(part)),
        indexing: store.isBehind(),
        cancelled: found === null,
      };
    } catch (error) {
      throw file.recognise(error) ?? error;
    }
  }

  async function detach(accountId: string, erases: boolean): Promise<null> {
    await accounts.detach(accountId);
    for (const service of names) {
      const board = accounts.board({ accountId, service });
      board.update({ ...idleSync, revision: board.current().revision });
    }
    return erases ? drop(accountId, null) : null;
  }

  async function erase(accountId: string, service: string): Promise<null> {
    if (!names.includes(service)) throw new RangeError(`There is no service ${JSON.stringify(service)}.`);
    // What is mirrored would be back with the next sync, and its cursors are gone.
    await accounts.attach(
      accountId,
      accounts.servicesOf(accountId).filter((each) => each !== service),
    );
    return drop(accountId, service);
  }

  /** Removes rows for good; what was set aside goes too, because nobody can tell what is in it. */
  async function drop(accountId: string, service: string | null): Promise<null> {
    // An export that is under way reads what is to go, and keeps it in the file.
    await exports.interrupt();
    try {
      const store = file.open();
      store.erase(accountId, service);
      dropSetAside(databasePath);
      index.start();
      for (const each of service === null ? names : [service]) {
        accounts.board({ accountId, service: each }).update(store.of(each).holdings.read(accountId));
      }
      return null;
    } catch (error) {
      throw file.recognise(error) ?? error;
    }
  }

  async function rebuild(): Promise<null> {
    const attached = accounts.ids().map((accountId) => ({ accountId, services: accounts.servicesOf(accountId) }));
    const revisions = accounts.boards().map((board) => board.current().revision);
    await Promise.all(attached.map(({ accountId }) => accounts.detach(accountId)));
    await exports.interrupt();
    try {
      file.renew(Math.max(0, ...revisions));
      log('rebuilt');
    } finally {
      // Also onto the old file, if that could not be moved.
      for (const { accountId, services: wanted } of attached) {
        await accounts.attach(accountId, wanted);
        // A person asked for it, paused or not. Not waited for: the status tells how it goes.
        void accounts.syncNow(accountId);
      }
    }
    return null;
  }

  function stop(): Promise<void> {
    return inTurn(async () => {
      await Promise.all([exports.interrupt(), ...accounts.ids().map(accounts.detach)]);
      await index.stop();
      file.end();
    });
  }

  try {
    file.open();
    index.start();
  } catch (error) {
    const problem = file.recognise(error);
    if (!problem) throw error;
    // Nobody is attached who could be told; whoever will be, will be.
    log('database-not-opened', { code: problem.code });
  }
  return { stop };
}
