import type { z } from 'zod';
import type { Clock } from '../../contract/clock.ts';
import { keychainRequests } from '../../contract/keychain.ts';
import { createPeer, type Peer } from '../../contract/rpc.ts';
import type { ForkedProcess } from '../forked-process.ts';
import type { Log } from '../log.ts';
import type { EntryLister } from './entry-names.ts';
import type { PasswordStore } from './keychain.ts';
import { readProblem } from './problem.ts';

type Requests = typeof keychainRequests;

interface Running {
  readonly process: ForkedProcess;
  readonly peer: Peer<Requests, Record<never, never>>;
  /** Whether it has answered from the keychain before, so that a service that it does not reach any more is another one. */
  served: boolean;
  gone: boolean;
}

/** keytar, in a process of its own. */
export interface RemoteStore {
  /** Answers once there is a process with keytar in it; rejects where keytar cannot be loaded. */
  load(): Promise<PasswordStore & EntryLister>;
  /** Ends the process, whatever it is waiting for. */
  end(): void;
}

/** How long the system may take over one call: longer than a person leaves a prompt that they mean to answer. */
const longest = 15 * 60_000;

/**
 * Runs keytar's native code where it can crash, or wait for ever, without harm to main. A process that has ended, or that
 * reaches no keychain, is replaced by a new one: libsecret keeps its session with a service that has been restarted for
 * as long as its process lives. What was asked meanwhile is asked once more, where there is hope.
 */
export function openRemoteStore(options: { fork: () => ForkedProcess; clock: Clock; log: Log }): RemoteStore {
  const { fork, clock, log } = options;
  let running: Running | null = null;
  let ended = false;

  function start(): Running {
    if (ended) throw new Error('Mooring is ending, and asks nothing more of the keychain.');
    const process = fork();
    const peer = createPeer({
      port: process.port,
      serves: {},
      handlers: {},
      asks: keychainRequests,
      hears: {},
      onEvent: {},
      onInvalid: (message) => log(`keychain: ${message}`),
    });
    const started: Running = { process, peer, served: false, gone: false };
    process.onExit((code) => {
      if (!started.gone) log(`keychain: its process ended with code ${code}`);
      retire(started);
    });
    return started;
  }

  function retire(old: Running): void {
    if (old.gone) return;
    old.gone = true;
    if (running === old) running = null;
    old.peer.close('The process that asks the keychain has ended.');
    old.process.kill();
  }

  async function ask<N extends keyof Requests>(
    name: N,
    params: z.infer<Requests[N]['params']>,
    mayRepeat = true,
  ): Promise<z.infer<Requests[N]['result']>> {
    running ??= start();
    const asked = running;
    let overdue = false;
    const cancel = clock.after(longest, () => {
      overdue = true;
      retire(asked);
    });
    try {
      const answer = await asked.peer.request(name, params);
      if (name !== 'load') asked.served = true;
      return answer;
    } catch (error) {
      if (ended || overdue || readProblem(error) !== 'unavailable') throw error;
      const hopeful = asked.served || asked.gone;
      retire(asked);
      if (!hopeful || !mayRepeat) throw error;
    } finally {
      cancel();
    }
    return ask(name, params, false);
  }

  const store: PasswordStore & EntryLister = {
    getPassword: (service, account) => ask('getPassword', { service, account }),
    async setPassword(service, account, password) {
      await ask('setPassword', { service, account, password });
    },
    deletePassword: (service, account) => ask('deletePassword', { service, account }),
    list: (service) => ask('list', { service }),
  };

  return {
    async load() {
      await ask('load', null);
      return store;
    },
    end() {
      ended = true;
      if (running !== null) retire(running);
    },
  };
}
