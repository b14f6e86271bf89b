import type { Clock } from '../contract/clock.ts';
import { daemonEvents, daemonRequests, type mainEvents, mainRequests, type ServiceStatus } from '../contract/daemon.ts';
import type { ExportProgress } from '../contract/export.ts';
import { createPeer, type Handlers, type Peer, RemoteError } from '../contract/rpc.ts';
import type { DaemonHealth } from '../contract/state.ts';
import type { ForkedProcess } from './forked-process.ts';
import type { Log } from './log.ts';

type DaemonPeer = Peer<typeof daemonRequests, typeof mainEvents>;

export interface Supervisor {
  readonly request: DaemonPeer['request'];
  /** Ends the daemon's process, as a crash would; it is started again. */
  restart(): void;
  /** Asks the daemon to close its database, and ends it after 1.4 s at the latest. */
  stop(): Promise<void>;
}

const shortestPause = 500;
const longestPause = 60_000;
/** Together less than the two seconds in which the whole program ends. */
const stopLimit = 1_400;
const killLimit = 400;

/** Milliseconds to wait before the next start, after so many ends in a row. */
export const restartPause = (ends: number): number =>
  Math.min(longestPause, shortestPause * 2 ** Math.max(0, ends - 1));

/**
 * Keeps the daemon running: started at once, restarted with a growing pause when it ends unasked, and told anew by
 * `onStarted` whatever it has to know. Requests made while there is no daemon are refused with a sentence.
 */
export function superviseDaemon(options: {
  fork: () => ForkedProcess;
  clock: Clock;
  handlers: Handlers<typeof mainRequests>;
  onStarted: (request: DaemonPeer['request']) => void;
  onStatus: (event: ServiceStatus) => void;
  onExporting: (progress: ExportProgress) => void;
  onHealth: (health: DaemonHealth) => void;
  log: Log;
}): Supervisor {
  const { fork, clock, handlers, onStarted, onStatus, onExporting, onHealth, log } = options;
  let running: { process: ForkedProcess; peer: DaemonPeer } | null = null;
  let ends = 0;
  let stopping = false;
  let cancelRestart = () => {};

  function start(): void {
    const daemon = fork();
    const startedAt = clock.elapsed();
    const peer: DaemonPeer = createPeer({
      port: daemon.port,
      serves: mainRequests,
      handlers,
      asks: daemonRequests,
      hears: daemonEvents,
      onEvent: {
        status: (event) => {
          onHealth('running');
          onStatus(event);
        },
        exporting: onExporting,
      },
      onInvalid: (message) => log(`daemon: ${message}`),
    });
    running = { process: daemon, peer };
    daemon.onExit((code) => {
      running = null;
      peer.close('The part of Mooring that syncs has stopped; it is being started again. Your data is safe.');
      if (stopping) return;
      // A daemon that ran for a while and then ended starts a new count.
      ends = clock.elapsed() - startedAt > longestPause ? 1 : ends + 1;
      const pause = restartPause(ends);
      log(`daemon: ended with code ${code}; restarting in ${pause} ms`);
      onHealth('restarting');
      cancelRestart = clock.after(pause, start);
    });
    onStarted(peer.request);
  }

  onHealth('starting');
  start();

  return {
    async request(name, params) {
      if (running === null) {
        throw new RemoteError(
          'The part of Mooring that syncs is being restarted. Your data is safe; try again in a moment.',
        );
      }
      return running.peer.request(name, params);
    },
    restart: () => running?.process.kill(),
    async stop() {
      stopping = true;
      cancelRestart();
      if (running === null) return;
      const { process, peer } = running;
      const ended = new Promise<void>((resolve) => process.onExit(() => resolve()));
      const asked = peer.request('stop', null).catch(() => null);
      const limit = Promise.withResolvers<void>();
      const cancel = clock.after(stopLimit, limit.resolve);
      await Promise.race([asked, ended, limit.promise]);
      cancel();
      if (running !== null) process.kill();
      await Promise.race([ended, new Promise((resolve) => clock.after(killLimit, () => resolve(null)))]);
    },
  };
}
