import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Agenda, type AgendaItem, type AgendaRequest } from '../../../src/contract/calendar.ts';
import { daemonEvents, daemonRequests, type mainEvents, mainRequests } from '../../../src/contract/daemon.ts';
import { createPeer, type Handlers, type Peer } from '../../../src/contract/rpc.ts';
import { firstService } from '../../../src/contract/services.ts';
import { idleSync, type SyncStatus } from '../../../src/contract/sync.ts';
import { type Daemon, startDaemon } from '../../../src/daemon/daemon.ts';
import { services } from '../../../src/daemon/services.ts';
import { defaultIntervals } from '../../../src/daemon/sync/plan.ts';
import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { temporaryFolder } from './folder.ts';
import { morning } from './morning.ts';
import { signIn } from './person.ts';
import { portPair } from './ports.ts';

/** The tokens main would hand out: those of one person, or none. */
export interface Keyring {
  /** The serials that were reported as rejected. */
  readonly rejected: number[];
  withhold: boolean;
  accessToken(rejected: number | null): Promise<{ token: string; serial: number } | null>;
}

export async function keyring(...of: Parameters<typeof signIn>): Promise<Keyring> {
  const refresh = await signIn(...of);
  let held: { token: string; serial: number } | null = null;
  const ring: Keyring = {
    rejected: [],
    withhold: false,
    async accessToken(rejected) {
      if (rejected !== null) ring.rejected.push(rejected);
      if (ring.withhold) return null;
      if (!held || held.serial === rejected) held = { token: await refresh(), serial: (held?.serial ?? 0) + 1 };
      return held;
    },
  };
  return ring;
}

/** A running daemon, and main as far as the daemon can tell. */
export interface Pair {
  readonly daemon: Daemon;
  /** The account that is meant where none is named. */
  readonly accountId: string;
  readonly path: string;
  readonly clock: FakeClock;
  readonly ask: Peer<typeof daemonRequests, typeof mainEvents>['request'];
  readonly log: string[];
  attach(accountId?: string): Promise<null>;
  sync(accountId?: string): Promise<null>;
  /** The last one that was said. */
  status(accountId?: string): SyncStatus;
  /** The first status, from the last one on, that fits. */
  until(fits: (status: SyncStatus) => boolean, accountId?: string): Promise<SyncStatus>;
  items(request?: Partial<AgendaRequest>): Promise<AgendaItem[]>;
  /** The titles of the items. */
  agenda(request?: Partial<AgendaRequest>): Promise<string[]>;
}

export function startPair(options: {
  apiRoot: string;
  accountId?: string;
  /** Of each account. */
  keys?: ReadonlyMap<string, Keyring>;
  path?: string;
  clock?: FakeClock;
  authorities?: () => readonly string[];
  /** What answers in place of the keys. */
  main?: Handlers<typeof mainRequests>;
}): Pair {
  const {
    apiRoot,
    accountId: own = 'ada',
    keys,
    path = join(temporaryFolder(), 'mirror.sqlite'),
    clock = fakeClock(morning),
  } = options;
  const [ours, theirs] = portPair();
  const statuses = new Map<string, SyncStatus>();
  const log: string[] = [];
  let listeners: ((accountId: string) => void)[] = [];
  const daemon = startDaemon({
    authorities: options.authorities ?? (() => []),
    port: theirs,
    databasePath: path,
    services,
    firstService,
    apiRoot,
    clock,
    random: () => 0.5,
    intervals: defaultIntervals,
    log: (event, details) => void log.push(JSON.stringify({ event, ...details })),
  });
  onTestFinished(() => daemon.stop());
  const peer = createPeer<typeof mainRequests, typeof daemonRequests, typeof daemonEvents, typeof mainEvents>({
    port: ours,
    serves: mainRequests,
    handlers: options.main ?? {
      accessToken: async ({ accountId, rejected }) => (await keys?.get(accountId)?.accessToken(rejected)) ?? null,
      waysOut: async () => [],
    },
    asks: daemonRequests,
    hears: daemonEvents,
    onEvent: {
      status({ accountId, service, status }) {
        if (service !== firstService) return;
        statuses.set(accountId, status);
        for (const listener of [...listeners]) listener(accountId);
      },
      exporting: () => {},
    },
    onInvalid: (message) => {
      throw new Error(message);
    },
  });
  const status = (accountId = own) => statuses.get(accountId) ?? idleSync;
  const pair: Pair = {
    daemon,
    accountId: own,
    path,
    clock,
    ask: peer.request,
    log,
    attach: (accountId = own) => peer.request('attach', { accountId, services: [firstService] }),
    sync: (accountId = own) => peer.request('syncNow', { accountId }),
    status,
    until: (fits, accountId = own) =>
      new Promise((resolve) => {
        const listener = (said: string) => {
          if (said !== accountId || !fits(status(accountId))) return;
          listeners = listeners.filter((other) => other !== listener);
          resolve(status(accountId));
        };
        listeners.push(listener);
        if (statuses.has(accountId)) listener(accountId);
      }),
    async items(request = {}) {
      const accounts = [own, ...statuses.keys()];
      const items: AgendaItem[] = [];
      let after: string | null = null;
      do {
        const params = {
          from: '2026-11-01',
          to: '2026-12-01',
          timeZone: 'Europe/London',
          limit: 500,
          ...request,
          after,
        };
        const asked = peer.request('ask', { service: 'calendar', name: 'agenda', accounts, params });
        const page: Agenda = Agenda.parse(await asked);
        items.push(...page.items);
        after = page.next;
      } while (after !== null);
      return items;
    },
    agenda: async (request) => (await pair.items(request)).map(({ title }) => title),
  };
  return pair;
}
