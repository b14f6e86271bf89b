import type { ForkedProcess } from '../forked-process.ts';
import { forkUtility } from './fork-utility.ts';
import { keychainEnvironment } from './keychain-environment.ts';

/** Forks the process that runs keytar. Its output is not kept: it is that of libraries which handle secrets. */
export function forkKeychain(): ForkedProcess {
  const { child, forked } = forkUtility('keychain.js', {
    serviceName: 'Mooring keychain',
    stdio: 'ignore',
    env: keychainEnvironment(process.env),
  });
  // Without a listener, an error of V8 would be thrown here; the process ends by it, which is heard.
  child.on('error', () => {});
  return forked;
}
