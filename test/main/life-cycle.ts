import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/contract/clock.ts';
import { loadSystemStore } from '../../src/keytar/system-store.ts';
import { type Keychain, openKeychain } from '../../src/main/keychain/keychain.ts';
import { type LifeCycle, startLife } from './life.ts';

// A process that lives the whole life of a grant, and tells at every step where it is, so that it can be killed there:
// sign in, refresh, reconnect, refresh, disconnect.

const life = JSON.parse(process.argv[2] ?? '{}') as LifeCycle;
// The end of the one who listens is this one's end too.
const tell = (point: string) => process.connected && process.send?.(point, () => undefined);

const keychain = openKeychain({
  load: async () => loadSystemStore(),
  service: life.service,
  clock: systemClock,
});

/** The keychain, telling before and after each call. */
const telling: Keychain = {
  read: (name) => around(`read ${name}`, () => keychain.read(name)),
  write: (name, value) => around(`write ${name}`, () => keychain.write(name, value)),
  remove: (name) => around(`remove ${name}`, () => keychain.remove(name)),
};
async function around<T>(what: string, call: () => Promise<T>): Promise<T> {
  tell(`before ${what}`);
  const result = await call();
  tell(`after ${what}`);
  return result;
}

const mooring = startLife(life, telling, (state) => tell(`state ${state.signIn.kind}`));
const until = async (reached: () => boolean) => {
  while (!reached()) await pause(1);
};
const idle = () => mooring.state().signIn.kind === 'idle';

await mooring.requests.signIn({ hint: life.email, services: ['calendar'] });
await until(() => mooring.state().signIn.kind !== 'idle');
await until(idle);
if (mooring.state().accounts.length === 0) process.exit(1);
const accountId = mooring.state().accounts[0]?.account.id ?? '';
tell('connected');
await mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
tell('refreshed');
await mooring.requests.reconnect({ accountId });
await until(() => !idle());
await until(idle);
tell('reconnected');
await mooring.daemonHandlers.accessToken({ accountId, rejected: 3 });
tell('leaving');
await mooring.requests.disconnect({ accountId, erase: true });
tell('left');
process.exit(0);
