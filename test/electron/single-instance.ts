import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './children.ts';

type Second = (argv: string[], cwd: string, additionalData: unknown) => void;

export interface Lock {
  /** From now on, and for those who came before. */
  deliver(listener: Second): void;
  release(): void;
}

/**
 * The lock is a file with the holder's pid in the user's data folder; a second instance tells the holder of itself over
 * a local socket, and waits until it has been heard, because it usually ends right afterwards.
 */
export function acquireLock(userData: string, additionalData: unknown): Lock | null {
  const file = join(userData, 'stand-in.lock');
  const name = createHash('sha256').update(userData).digest('hex').slice(0, 16);
  // A path in the data folder itself may be too long for a socket.
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\stand-in-${name}` : join(tmpdir(), `stand-in-${name}`);
  while (!create(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder && isAlive(holder)) {
      tell(socket, holder, { argv: process.argv, cwd: process.cwd(), additionalData });
      return null;
    }
    rmSync(file, { force: true });
  }
  rmSync(socket, { force: true });
  const early: Parameters<Second>[] = [];
  let listener: Second = (...second) => early.push(second);
  const server = createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      const { argv, cwd, additionalData: data } = JSON.parse(text) as Record<string, unknown>;
      connection.end('heard');
      listener(argv as string[], cwd as string, data);
    });
  });
  server.listen(socket);
  const release = (): void => {
    server.close();
    rmSync(file, { force: true });
  };
  process.once('exit', release);
  return {
    deliver: (next) => {
      listener = next;
      for (const second of early.splice(0)) next(...second);
    },
    release,
  };
}

function create(file: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Connects until the holder listens, which it may only be about to; gives up when the holder ends. */
const teller = `
  const [socket, holder, text] = process.argv.slice(1);
  const attempt = () => {
    const connection = require('node:net').connect(socket, () => connection.write(text + '\\n'));
    connection.on('data', () => process.exit(0));
    connection.on('error', () => {
      try { process.kill(Number(holder), 0); } catch { process.exit(1); }
      setTimeout(attempt, 10);
    });
  };
  attempt();
`;

function tell(socket: string, holder: number, message: object): void {
  spawnSync(process.execPath, ['-e', teller, socket, String(holder), JSON.stringify(message)], {
    timeout: 10_000,
    stdio: 'ignore',
    env: {},
  });
}
