import { join } from 'node:path';
import { type ForkOptions, type UtilityProcess, utilityProcess } from 'electron';
import type { ForkedProcess } from '../forked-process.ts';

/** Forks one of the scripts beside main's as a utility process. */
export function forkUtility(script: string, options: ForkOptions): { child: UtilityProcess; forked: ForkedProcess } {
  const child = utilityProcess.fork(join(import.meta.dirname, script), [], options);
  const forked: ForkedProcess = {
    port: {
      send: (message) => child.postMessage(message),
      receive: (listener) => child.on('message', listener),
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
  return { child, forked };
}
