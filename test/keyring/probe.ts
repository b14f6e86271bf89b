import { entryNames } from '../../src/main/keychain/entry-names.ts';
import { openKeychain, type PasswordStore } from '../../src/main/keychain/keychain.ts';
import { openRemoteStore } from '../../src/main/keychain/remote-store.ts';
import { fakeClock } from '../fake-clock.ts';
import { forkHost } from './fork-host.ts';
import { type Command, type Observed, Question } from './protocol.ts';

// The app's keychain, with keytar in a process of its own on the session bus that the environment names, driven by a test.
// keytar is the real one; the clock moves when the test says so.
const clock = fakeClock();
const hosts: ReturnType<typeof forkHost>[] = [];
const remote = openRemoteStore({
  fork: () => {
    const host = forkHost();
    hosts.push(host);
    return host;
  },
  clock,
  log: () => {},
});
const observed: Omit<Observed, 'busy' | 'hosts'> = { mostAtOnce: 0, calls: [], errors: [] };
let atOnce = 0;

async function watch<T>(what: string, account: string, call: Promise<T>): Promise<T> {
  observed.calls.push(`${what} ${account.replace(/^canary:.*/, 'canary')}`);
  atOnce += 1;
  observed.mostAtOnce = Math.max(observed.mostAtOnce, atOnce);
  try {
    return await call;
  } catch (error) {
    observed.errors.push(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    atOnce -= 1;
  }
}

async function load(): Promise<PasswordStore> {
  const keytar = await remote.load();
  return {
    getPassword: (service, account) => watch('get', account, keytar.getPassword(service, account)),
    setPassword: (service, account, value) => watch('set', account, keytar.setPassword(service, account, value)),
    deletePassword: (service, account) => watch('delete', account, keytar.deletePassword(service, account)),
  };
}

const service = 'Mooring probe';
const keychain = openKeychain({ load, service, clock });

async function answer(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'read':
      return keychain.read(command.name);
    case 'write':
      return keychain.write(command.name, command.value);
    case 'remove':
      return keychain.remove(command.name);
    case 'list':
      return entryNames(remote.load, [service]);
    case 'advance':
      return clock.advance(command.milliseconds);
    case 'kill':
      return hosts.at(-1)?.kill();
    case 'observe':
      return { ...observed, busy: atOnce > 0, hosts: hosts.length };
    default:
      return command satisfies never;
  }
}

process.on('message', async (message) => {
  const { id, command } = Question.parse(message);
  process.send?.({ id, result: (await answer(command)) ?? null });
});
