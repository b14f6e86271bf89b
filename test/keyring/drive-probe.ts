import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { entryNames } from '../../src/main/keychain/entry-names.ts';
import type { KeychainRead, KeychainWrite } from '../../src/main/keychain/keychain.ts';
import { end } from './private-bus.ts';
import { Answer, type Command, Observed } from './protocol.ts';

/** A process of its own with keytar and the app's keychain in it. */
export interface Probe extends AsyncDisposable {
  read(name: string): Promise<KeychainRead>;
  write(name: string, value: string): Promise<KeychainWrite>;
  remove(name: string): Promise<KeychainWrite>;
  list(): ReturnType<typeof entryNames>;
  advance(milliseconds: number): Promise<void>;
  /** Ends the process that runs keytar, as a crash in native code does. */
  kill(): Promise<void>;
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
    list: async () => (await ask({ do: 'list' })) as Awaited<ReturnType<typeof entryNames>>,
    async advance(milliseconds) {
      await ask({ do: 'advance', milliseconds });
    },
    async kill() {
      await ask({ do: 'kill' });
    },
    observe: async () => Observed.parse(await ask({ do: 'observe' })),
    // Its end is that of the process that runs keytar.
    [Symbol.asyncDispose]: () => end(child),
  };
}
