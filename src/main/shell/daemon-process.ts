import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { utilityProcess } from 'electron';
import type { Log } from '../log.ts';
import type { DaemonProcess } from '../supervisor.ts';
import { daemonEnvironment } from './daemon-environment.ts';

/** Forks the daemon as a utility process; its output goes to the log, line by line. */
export function forkDaemon(options: {
  databasePath: string;
  apiRoot: string | null;
  syncSeconds: number | null;
  log: Log;
}): DaemonProcess {
  const { log } = options;
  const child = utilityProcess.fork(join(import.meta.dirname, 'daemon.js'), [], {
    serviceName: 'Mooring sync',
    stdio: 'pipe',
    env: daemonEnvironment(process.env, options),
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => line.trim() !== '' && log(line));
  }
  // Emitted before the process ends by an error of V8, such as out of memory. Without a listener it would be thrown here.
  child.on('error', (type, location) => log(`daemon: ${type} at ${location}`));
  return {
    port: {
      send: (message) => child.postMessage(message),
      receive: (listener) => child.on('message', listener),
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
