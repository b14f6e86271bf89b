import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { KeychainProcess } from '../keychain/remote-store.ts';
import { keychainEnvironment } from './keychain-environment.ts';

/** Forks the process that runs keytar. Its output is not kept: it is that of libraries which handle secrets. */
export function forkKeychain(): KeychainProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, 'keychain.js'), [], {
    serviceName: 'Mooring keychain',
    stdio: 'ignore',
    env: keychainEnvironment(process.env),
  });
  // Without a listener, an error of V8 would be thrown here; the process ends by it, which is heard below.
  child.on('error', () => {});
  return {
    port: {
      send: (message) => child.postMessage(message),
      receive: (listener) => child.on('message', listener),
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
