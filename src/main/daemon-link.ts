import type { z } from 'zod';
import type { daemonRequests } from '../contract/daemon.ts';
import type { Log } from './log.ts';
import type { Supervisor } from './supervisor.ts';

type DaemonRequests = typeof daemonRequests;

/** The way to the daemon, which may end and be started again at any time. */
export interface DaemonLink {
  /** Takes the daemon that has just been started in the place of the one before. */
  connect(request: Supervisor['request']): void;
  /** Asks the daemon; rejects with a sentence while there is none. */
  readonly ask: Supervisor['request'];
  /** Asks without waiting; a daemon that is just restarting is told anew when it is back. */
  tell<N extends keyof DaemonRequests>(name: N, params: z.infer<DaemonRequests[N]['params']>): void;
}

export function openDaemonLink(log: Log): DaemonLink {
  let request: Supervisor['request'] | null = null;

  const ask: DaemonLink['ask'] = async (name, params) => {
    if (request === null) throw new Error('The part of Mooring that syncs is not running yet. Try again in a moment.');
    return request(name, params);
  };

  return {
    connect(started) {
      request = started;
    },
    ask,
    tell(name, params) {
      ask(name, params).catch((error: unknown) => log(`daemon: ${String(error)}`));
    },
  };
}
