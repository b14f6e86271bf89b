import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { daemonEvents, mainEvents } from '../../src/contract/daemon.ts';
import { daemonRequests, mainRequests, daemonEvents as said } from '../../src/contract/daemon.ts';
import type { ExportProgress } from '../../src/contract/export.ts';
import { createPeer, type Port } from '../../src/contract/rpc.ts';
import type { SearchRequest } from '../../src/contract/search.ts';
import { idleSync, type SyncProgress, type SyncStatus } from '../../src/contract/sync.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { defaultIntervals } from '../../src/daemon/sync/plan.ts';
import { temporaryFolder } from '../daemon/support/folder.ts';
import { type Keyring, keyring } from '../daemon/support/main.ts';
import { morning } from '../daemon/support/morning.ts';
import { portPair } from '../daemon/support/ports.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import type { Fixture } from '../google/core/part.ts';
import { startDouble } from '../google/core/start.ts';
import { shelfService } from './shelf/mirror.ts';
import { shelfPart } from './shelf/part.ts';
import type { Subject } from './subject.ts';

/** A service that stands beside the one under test, to see that it goes on. */
export const companion = 'companions';
const companionPart = shelfPart('Companions');

export type House = Awaited<ReturnType<typeof openHouse>>;
export type Running = ReturnType<House['start']>;

/** A Google with the subject and a companion, two people who have signed in, and daemons that mirror both services. */
export async function openHouse(subject: Subject) {
  const { name, part, service } = subject;
  const google = await startDouble(
    { [name]: part, [companion]: companionPart },
    { ...({ events: 1 } as object), now: () => morning },
  );
  onTestFinished(() => google.close());
  const { control } = google;
  const fixture = part.fixture as Fixture;
  const beside = companionPart.fixture as Fixture;
  const people = control.people().slice(0, 2);
  const [ada = '', grace = ''] = people.map(({ sub }) => sub);
  const paths = new Set<string>();
  const services = { [name]: service, [companion]: shelfService('Companions') };
  const scopes = Object.values(services).flatMap(({ contract }) => [
    ...contract.scopes,
    ...(contract.moreScopes ?? []),
  ]);
  const keys = new Map<string, Keyring>();
  for (const sub of [ada, grace]) {
    keys.set(sub, await keyring(google, sub, scopes));
    fixture.fill(control, sub, 40);
    beside.fill(control, sub, 10);
  }

  /** Serves a daemon as main would, and listens to it. */
  function listen(port: Port) {
    const statuses = new Map<string, SyncStatus>();
    const progress: SyncProgress[] = [];
    const revisions: number[] = [];
    const exporting: ExportProgress[] = [];
    let listeners: (() => void)[] = [];
    const peer = createPeer<typeof mainRequests, typeof daemonRequests, typeof daemonEvents, typeof mainEvents>({
      port,
      serves: mainRequests,
      handlers: {
        accessToken: async ({ accountId, rejected }) => (await keys.get(accountId)?.accessToken(rejected)) ?? null,
        waysOut: async () => [],
      },
      asks: daemonRequests,
      hears: said,
      onEvent: {
        status({ accountId, service: of, status }) {
          statuses.set(`${accountId}/${of}`, status);
          if (of === name && status.progress) progress.push(status.progress);
          if (of === name) revisions.push(status.revision);
          for (const listener of [...listeners]) listener();
        },
        exporting: (progress) => void exporting.push(progress),
      },
      onInvalid: (message) => {
        throw new Error(message);
      },
    });
    const status = (sub = ada, of = name) => statuses.get(`${sub}/${of}`) ?? idleSync;
    return {
      peer,
      progress,
      revisions,
      exporting,
      status,
      /** Resolves once the subject's status, as it is or is going to be, fits. */
      until: (fits: (now: SyncStatus) => boolean, sub = ada) =>
        new Promise<SyncStatus>((resolve) => {
          const listener = () => {
            if (!fits(status(sub))) return;
            listeners = listeners.filter((other) => other !== listener);
            resolve(status(sub));
          };
          listeners.push(listener);
          listener();
        }),
      attach: (sub = ada, wanted = [name, companion]) => peer.request('attach', { accountId: sub, services: wanted }),
      sync: (sub = ada) => peer.request('syncNow', { accountId: sub }),
      ask: (query: string, params: unknown, accounts = [ada]) =>
        peer.request('ask', { service: name, name: query, accounts, params }),
      search: (text: string, more: Partial<SearchRequest> = {}) =>
        peer.request('search', {
          id: 'a',
          text,
          services: null,
          accounts: [ada],
          from: null,
          to: null,
          limit: 50,
          after: null,
          ...more,
        }),
      titles: (accounts = [ada]) =>
        subject.titles((query, params) => peer.request('ask', { service: name, name: query, accounts, params })),
    };
  }

  function start({ path = join(temporaryFolder(), 'mirror.sqlite'), clock = fakeClock(morning) as FakeClock } = {}) {
    paths.add(path);
    const [ours, theirs] = portPair();
    const log: string[] = [];
    const daemon = startDaemon({
      authorities: () => [],
      port: theirs,
      databasePath: path,
      services,
      firstService: name,
      apiRoot: google.apiRoot,
      clock,
      random: () => 0.5,
      intervals: defaultIntervals,
      log: (event, details) => void log.push(JSON.stringify({ event, ...details })),
    });
    onTestFinished(() => daemon.stop());
    return { ...listen(ours), daemon, path, clock, log };
  }

  /** A daemon that has mirrored all of Ada's. */
  async function synced(on?: Parameters<typeof start>[0]) {
    const running = start(on);
    await running.attach();
    await running.sync();
    control.clearRequests();
    return running;
  }

  const requests = () => control.requests().filter(({ endpoint }) => Object.keys(part.endpoints).includes(endpoint));

  return {
    google,
    control,
    fixture,
    /** The files of the daemons that were started. */
    paths,
    searchable: Object.values(services).flatMap((each) => each.searchable),
    ada,
    grace,
    listen,
    start,
    synced,
    /** What was asked of the subject's lists. */
    requests,
    truth: (sub = ada) => subject.truth(control as never, sub),
    list: (sub = ada) => subject.list(control as never, sub),
    /** What a file holds; read by a connection of its own. */
    mirrored(path: string, sub = ada) {
      const db = new Database(path, { readonly: true });
      try {
        return subject.mirrored(db, sub);
      } finally {
        db.close();
      }
    },
  };
}
