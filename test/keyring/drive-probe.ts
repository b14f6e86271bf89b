import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { KeychainRead, KeychainWrite } from '../../src/main/keychain/keychain.ts';
import { end } from './private-bus.ts';
import { Answer, type Command, Observed } from './protocol.ts';

/** A process of its own with keytar and the app's keychain in it. */
export interface Probe extends AsyncDisposable {
  read(name: string): Promise<KeychainRead>;
  write(name: string, value: string): Promise<KeychainWrite>;
  remove(name: string): Promise<KeychainWrite>;
  advance(milliseconds: number): Promise<void>;
  observe(): Promise<Observed>;
}

export function startProbe(env: NodeJS.ProcessEnv): Probe {
  const child = fork(join(import.meta.dirname, 'probe.ts'), { env, execArgv: [], stdio: 'inherit' });
  const waiting = new Map<number, (result: unknown) => void>();
  let last = 0;
  child.on('message', (message) => {
    const { id, result } = Answer.parse(message);
    waiting.get(id)?.(result);
    waiting.delete(id);
  });

  function ask(command: Command): Promise<unknown> {
    last += 1;
    const id = last;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      child.send({ id, command });
    });
  }

  return {
    read: async (name) => (await ask({ do: 'read', name })) as KeychainRead,
    write: async (name, value) => (await ask({ do: 'write', name, value })) as KeychainWrite,
    remove: async (name) => (await ask({ do: 'remove', name })) as KeychainWrite,
    async advance(milliseconds) {
      await ask({ do: 'advance', milliseconds });
    },
    observe: async () => Observed.parse(await ask({ do: 'observe' })),
    // A process that waits for a prompt inside libsecret does not exit when it is asked to.
    [Symbol.asyncDispose]: () => end(child, 'SIGKILL'),
  };
}
