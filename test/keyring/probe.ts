import { openKeychain, type PasswordStore } from '../../src/main/keychain/keychain.ts';
import { loadKeytar } from '../../src/main/keychain/load-keytar.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Command, type Observed, Question } from './protocol.ts';

// A process with keytar on the session bus that its environment names, driven by a test. keytar is the real one; the
// clock moves when the test says so.
const observed: Omit<Observed, 'busy'> = { mostAtOnce: 0, calls: [], errors: [] };
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
  const keytar = await loadKeytar();
  return {
    getPassword: (service, account) => watch('get', account, keytar.getPassword(service, account)),
    setPassword: (service, account, value) => watch('set', account, keytar.setPassword(service, account, value)),
    deletePassword: (service, account) => watch('delete', account, keytar.deletePassword(service, account)),
  };
}

const clock = fakeClock();
const keychain = openKeychain({ load, service: 'Mooring probe', clock });

async function answer(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'read':
      return keychain.read(command.name);
    case 'write':
      return keychain.write(command.name, command.value);
    case 'remove':
      return keychain.remove(command.name);
    case 'advance':
      return clock.advance(command.milliseconds);
    case 'observe':
      return { ...observed, busy: keychain.busy() };
    default:
      return command satisfies never;
  }
}

process.on('message', async (message) => {
  const { id, command } = Question.parse(message);
  process.send?.({ id, result: (await answer(command)) ?? null });
});
