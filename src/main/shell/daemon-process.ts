import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { Log } from '../log.ts';
import type { DaemonProcess } from '../supervisor.ts';

/** What a process of ours may inherit: where it is and in which language and zone, and nothing that changes Node. */
const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'SystemRoot'];

/** Forks the daemon as a utility process; its output goes to the log, line by line. */
export function forkDaemon(options: {
  databasePath: string;
  apiRoot: string;
  syncSeconds: number | null;
  log: Log;
}): DaemonProcess {
  const { databasePath, apiRoot, syncSeconds, log } = options;
  const env: Record<string, string> = {
    MOORING_DATABASE: databasePath,
    MOORING_GOOGLE_API_ROOT: apiRoot,
    ...(syncSeconds === null ? {} : { MOORING_SYNC_SECONDS: String(syncSeconds) }),
  };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const child = utilityProcess.fork(join(import.meta.dirname, 'daemon.js'), [], {
    serviceName: 'Mooring sync',
    stdio: 'pipe',
    env,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString('utf8').split('\n')) if (line.trim() !== '') log(line);
    });
  }
  return {
    port: {
      send: (message) => child.postMessage(message),
      receive: (listener) => child.on('message', listener),
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
