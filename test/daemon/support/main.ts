import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AgendaRequest } from '../../../src/contract/agenda.ts';
import { daemonEvents, daemonRequests, type mainEvents, mainRequests } from '../../../src/contract/daemon.ts';
import { createPeer, type Peer } from '../../../src/contract/rpc.ts';
import { idleSync, type SyncStatus } from '../../../src/contract/sync.ts';
import { defaultIntervals } from '../../../src/daemon/calendar/plan.ts';
import { type Daemon, startDaemon } from '../../../src/daemon/daemon.ts';
import type { GoogleDouble } from '../../google/index.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { temporaryFolder } from './folder.ts';
import { signIn } from './person.ts';
import { portPair } from './ports.ts';

/** The tokens main would hand out: those of one person, or none. */
export interface Keyring {
  /** The serials that were reported as rejected. */
  readonly rejected: number[];
  withhold: boolean;
  accessToken(rejected: number | null): Promise<{ token: string; serial: number; grantedScopes: string[] } | null>;
}

export async function keyring(google: GoogleDouble, sub: string): Promise<Keyring> {
  const refresh = await signIn(google, sub);
  let held: { token: string; serial: number } | null = null;
  const ring: Keyring = {
    rejected: [],
    withhold: false,
    async accessToken(rejected) {
      if (rejected !== null) ring.rejected.push(rejected);
      if (ring.withhold) return null;
      if (!held || held.serial === rejected) held = { token: await refresh(), serial: (held?.serial ?? 0) + 1 };
      return { ...held, grantedScopes: [] };
    },
  };
  return ring;
}

/** A running daemon, and main as far as the daemon can tell. */
export interface Pair {
  readonly daemon: Daemon;
  readonly path: string;
  readonly clock: FakeClock;
  readonly ask: Peer<typeof daemonRequests, typeof mainEvents>['request'];
  readonly statuses: SyncStatus[];
  readonly log: string[];
  status(): SyncStatus;
  /** The first status, from the last one on, that fits. */
  until(fits: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  agenda(request?: Partial<AgendaRequest>): Promise<string[]>;
}

export function startPair(options: {
  apiRoot: string;
  keys?: Pick<Keyring, 'accessToken'>;
  path?: string;
  clock?: FakeClock;
}): Pair {
  const { apiRoot, keys, path = join(temporaryFolder(), 'mirror.sqlite'), clock = fakeClock() } = options;
  const [ours, theirs] = portPair();
  const statuses: SyncStatus[] = [];
  const log: string[] = [];
  let listeners: ((status: SyncStatus) => void)[] = [];
  const daemon = startDaemon({
    port: theirs,
    databasePath: path,
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
    handlers: { accessToken: async ({ rejected }) => (await keys?.accessToken(rejected)) ?? null },
    asks: daemonRequests,
    hears: daemonEvents,
    onEvent: {
      status(status) {
        statuses.push(status);
        for (const listener of [...listeners]) listener(status);
      },
    },
    onInvalid: (message) => {
      throw new Error(message);
    },
  });
  const status = () => statuses.at(-1) ?? idleSync;
  return {
    daemon,
    path,
    clock,
    ask: peer.request,
    statuses,
    log,
    status,
    until: (fits) =>
      new Promise((resolve) => {
        const listener = (value: SyncStatus) => {
          if (!fits(value)) return;
          listeners = listeners.filter((other) => other !== listener);
          resolve(value);
        };
        listeners.push(listener);
        if (statuses.length > 0) listener(status());
      }),
    async agenda(request = {}) {
      const { items } = await peer.request('agenda', {
        from: '2026-11-01',
        to: '2026-12-01',
        timeZone: 'Europe/London',
        ...request,
      });
      return items.map(({ title }) => title);
    },
  };
}
