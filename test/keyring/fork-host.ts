import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ForkedProcess } from '../../src/main/forked-process.ts';

/** Forks the process that runs keytar without Electron, in this process's environment or in another. */
export function forkHost(env: NodeJS.ProcessEnv = process.env): ForkedProcess & { pid: number | undefined } {
  const child = fork(join(import.meta.dirname, 'host.ts'), {
    env,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    pid: child.pid,
    port: {
      send: (message) => void (child.connected && child.send(message as object)),
      receive: (listener) => child.on('message', listener),
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill('SIGKILL'),
  };
}
