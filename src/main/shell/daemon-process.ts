import { createInterface } from 'node:readline';
import type { ForkedProcess } from '../forked-process.ts';
import type { Log } from '../log.ts';
import { daemonEnvironment } from './daemon-environment.ts';
import { forkUtility } from './fork-utility.ts';

/** Forks the daemon as a utility process; its output goes to the log, line by line. */
export function forkDaemon(options: {
  databasePath: string;
  apiRoot: string | null;
  syncSeconds: number | null;
  log: Log;
}): ForkedProcess {
  const { log } = options;
  const { child, forked } = forkUtility('daemon.js', {
    serviceName: 'Mooring sync',
    stdio: 'pipe',
    env: daemonEnvironment(process.env, options),
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => line.trim() !== '' && log(line));
  }
  // Emitted before the process ends by an error of V8, such as out of memory. Without a listener it would be thrown here.
  child.on('error', (type, location) => log(`daemon: ${type} at ${location}`));
  return forked;
}
