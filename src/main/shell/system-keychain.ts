import type { Clock } from '../../contract/clock.ts';
import { entryNames } from '../keychain/entry-names.ts';
import { type Keychain, openKeychain } from '../keychain/keychain.ts';
import { withOlder } from '../keychain/older-services.ts';
import { openRemoteStore } from '../keychain/remote-store.ts';
import type { Log } from '../log.ts';
import { forkKeychain } from './keychain-process.ts';

/** The system's keychain, asked by a process of its own, which is forked when it is first needed. */
export interface SystemKeychain {
  /** The entries of a service, and those that are still in one of the older services. */
  open(service: string, older: readonly string[]): Keychain;
  /** The names of all of them. */
  entryNames(service: string, older: readonly string[]): ReturnType<typeof entryNames>;
  /** Ends the process, also where it waits for an answer to the system's prompt. */
  end(): void;
}

/** To be used once Electron is ready. */
export function systemKeychain(clock: Clock, log: Log): SystemKeychain {
  const { load, end } = openRemoteStore({ fork: forkKeychain, clock, log });
  return {
    open: (service, older) =>
      withOlder(
        openKeychain({ load, service, clock }),
        older.map((each) => openKeychain({ load, service: each, clock })),
      ),
    entryNames: (service, older) => entryNames(load, [service, ...older]),
    end,
  };
}
