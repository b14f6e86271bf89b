import { randomUUID } from 'node:crypto';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { openGrants } from '../../src/main/auth/grants.ts';
import { openKeychain, type PasswordStore } from '../../src/main/keychain/keychain.ts';
import { readProblem } from '../../src/main/keychain/problem.ts';
import { fakeClock } from '../fake-clock.ts';

const service = `Mooring test ${randomUUID()}`;
const open = (store: PasswordStore = keytar, clock = fakeClock()) =>
  openKeychain({ load: async () => store, service, clock });

test('the real keychain gives back what it was given, and forgets it', async () => {
  const keychain = open();
  expect(await keychain.read('one')).toEqual({ kind: 'absent' });
  expect(await keychain.write('one', 'a secret: ü €')).toEqual({ kind: 'ok' });
  expect(await keychain.read('one')).toEqual({ kind: 'ok', value: 'a secret: ü €' });
  expect(await keychain.remove('one')).toEqual({ kind: 'ok' });
  expect(await keychain.read('one')).toEqual({ kind: 'absent' });
});

test('what Windows could not hold is refused before it is written', async () => {
  expect(await open().write('large', 'x'.repeat(2_561))).toEqual({ kind: 'too-large' });
  expect(await open().read('large')).toEqual({ kind: 'absent' });
});

/** keytar's three functions over a map, with a hand on each call before it is let through. */
function heldStore() {
  const entries = new Map<string, string>();
  const held: { what: string; release: () => void; fail: (message: string) => void }[] = [];
  let arrived = () => {};
  const hold = <T>(what: string, then: () => T) =>
    new Promise<T>((resolve, reject) => {
      held.push({ what, release: () => resolve(then()), fail: (message) => reject(new Error(message)) });
      arrived();
    });
  const store: PasswordStore = {
    getPassword: (_, account) => hold('get', () => entries.get(account) ?? null),
    setPassword: (_, account, password) => hold('set', () => void entries.set(account, password)),
    deletePassword: (_, account) => hold('delete', () => entries.delete(account)),
  };
  return {
    store,
    entries,
    waiting: () => held.map(({ what }) => what),
    /** The next call to keytar, once it is made. */
    async next() {
      while (held.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
      return held.shift()!;
    },
    /** Lets the next calls through. */
    async pass(...names: string[]) {
      for (const name of names) {
        const call = await this.next();
        expect(call.what).toBe(name);
        call.release();
      }
    },
  };
}

const canary = ['set', 'get', 'delete'];

test('a keychain that does not answer is locked after three seconds, and nothing more is asked of it', async () => {
  const [clock, { store, next, waiting }] = [fakeClock(), heldStore()];
  const keychain = open(store, clock);
  const read = keychain.read('one');
  await next();
  clock.advance(2_000);
  const [second, third] = [keychain.write('one', 'x'), keychain.remove('two')];
  clock.advance(1_000);
  expect(await read).toEqual({ kind: 'locked' });
  clock.advance(2_000);
  expect(await Promise.all([second, third])).toEqual([{ kind: 'locked' }, { kind: 'locked' }]);
  expect(waiting()).toEqual([]);
});

test('when a stuck call ends, its canary is cleared away, calls that were given up are not made, and the next is', async () => {
  const [clock, held] = [fakeClock(), heldStore()];
  const keychain = open(held.store, clock);
  const write = keychain.write('one', 'late');
  const stuck = await held.next();
  clock.advance(3_000);
  expect(await write).toEqual({ kind: 'locked' });
  stuck.release();
  await held.pass('get', 'delete');
  const read = keychain.read('one');
  await held.pass('get', ...canary, 'get');
  expect(await read).toEqual({ kind: 'absent' });
  expect(held.entries.size).toBe(0);
});

test.each([
  ['an entry that was there', 'before'],
  ['no entry', null],
])('a write that succeeds after its time is taken back: %s', async (_what, before) => {
  const [clock, held] = [fakeClock(), heldStore()];
  const keychain = open(held.store, clock);
  const first = keychain.read('another');
  await held.pass(...canary, 'get');
  await first;
  if (before !== null) held.entries.set('one', before);
  const write = keychain.write('one', 'late');
  await (before === null ? held.pass('get', ...canary, 'get') : held.pass('get'));
  const stuck = await held.next();
  clock.advance(3_000);
  expect(await write).toEqual({ kind: 'locked' });
  const read = keychain.read('one');
  stuck.release();
  await held.pass('get', before === null ? 'delete' : 'set');
  await (before === null ? held.pass('get', ...canary, 'get') : held.pass('get'));
  expect(await read).toEqual(before === null ? { kind: 'absent' } : { kind: 'ok', value: before });
});

test('a canary that fails is the answer, and is tried again until it has succeeded once', async () => {
  const held = heldStore();
  const keychain = open(held.store);
  held.entries.set('one', 'x');
  const first = keychain.read('one');
  (await held.next()).fail('The name org.freedesktop.secrets was not provided by any .service files');
  expect(await first).toEqual({ kind: 'unavailable' });
  const second = keychain.read('one');
  await held.pass(...canary, 'get');
  expect(await second).toEqual({ kind: 'ok', value: 'x' });
  const third = keychain.read('one');
  await held.pass('get');
  expect(await third).toEqual({ kind: 'ok', value: 'x' });
});

test('a keychain that does not give the canary back is corrupt, and is given no secret', async () => {
  const held = heldStore();
  const write = open(held.store).write('one', 'a secret');
  await held.pass('set');
  held.entries.clear();
  await held.pass('get', 'delete');
  expect(await write).toEqual({ kind: 'corrupt' });
  expect(held.waiting()).toEqual([]);
});

test('an error on one entry leaves the others alone', async () => {
  const forbidding: PasswordStore = {
    ...keytar,
    setPassword: (s, account, password) =>
      account === 'ada' ? Promise.reject(new Error('Access is denied.')) : keytar.setPassword(s, account, password),
  };
  const keychain = open(forbidding);
  expect(await keychain.write('grace', 'of grace')).toEqual({ kind: 'ok' });
  expect(await keychain.write('ada', 'of ada')).toEqual({ kind: 'denied' });
  expect(await keychain.read('ada')).toEqual({ kind: 'absent' });
  expect(await keychain.read('grace')).toEqual({ kind: 'ok', value: 'of grace' });
  await keychain.remove('grace');
});

test.each([
  ['cut off at a NUL', 'before\0after'],
  ['not text', 'half a character: \ud800'],
])('a value that the keychain gives back %s is corrupt, and what was there stays', async (_how, value) => {
  const keychain = open();
  await keychain.write('one', 'whole');
  expect(await keychain.write('one', value)).toEqual({ kind: 'corrupt' });
  expect(await keychain.read('one')).toEqual({ kind: 'ok', value: 'whole' });
  await keychain.remove('one');
});

test.each([
  [
    'rejects',
    () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file: No such file or directory')),
  ],
  [
    'throws',
    () => {
      throw new Error('libsecret-1.so.0: file too short');
    },
  ],
])('loading keytar that %s is a keychain that is unavailable, until it can be loaded', async (_how, broken) => {
  let load: () => Promise<PasswordStore> = broken;
  const keychain = openKeychain({ load: () => load(), service, clock: fakeClock() });
  expect(await keychain.read('one')).toEqual({ kind: 'unavailable' });
  load = async () => keytar;
  expect(await keychain.read('one')).toEqual({ kind: 'absent' });
});

test('loading keytar that never ends is a keychain that is unavailable after ten seconds', async () => {
  const clock = fakeClock();
  const keychain = openKeychain({ load: () => new Promise(() => {}), service, clock });
  const read = keychain.read('one');
  clock.advance(10_000);
  expect(await read).toEqual({ kind: 'unavailable' });
});

test.each([
  // Linux, as seen.
  ['Cannot create an item in a locked collection', 'locked'],
  ['Cannot get secret of a locked object', 'locked'],
  ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'unavailable'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'unavailable'],
  ['The name :1.2 was not provided by any .service files', 'unavailable'],
  ['The session wrapping the secret does not exist', 'unavailable'],
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'unavailable'],
  ['Could not connect: No such file or directory', 'unavailable'],
  ['libsecret-1.so.0: cannot open shared object file: No such file or directory', 'unavailable'],
  // macOS, Security.framework's texts.
  ['User interaction is not allowed.', 'locked'],
  ['User interaction is required, but is currently not allowed.', 'locked'],
  ['The user name or passphrase you entered is not correct.', 'denied'],
  ['User canceled the operation.', 'denied'],
  ['This keychain cannot be modified.', 'denied'],
  ['Unable to obtain authorization for this operation.', 'denied'],
  ['A required entitlement isn’t present.', 'denied'],
  ['A default keychain could not be found.', 'unavailable'],
  ['The specified keychain is not a valid keychain file.', 'corrupt'],
  // Windows, its system messages.
  ['The stub received bad data.\r\n', 'too-large'],
  ['Access is denied.\r\n', 'denied'],
  ['Key not valid for use in specified state.\r\n', 'corrupt'],
  ['The data is invalid.\r\n', 'corrupt'],
  ['A specified logon session does not exist. It may already have been terminated.\r\n', 'unavailable'],
  ['An unknown error occurred.', 'unavailable'],
  ['', 'unavailable'],
])('%j is %s', (message, problem) => {
  expect(readProblem(new Error(message))).toBe(problem);
});

test('a write that fails puts the grant that was there back', async () => {
  let failing = false;
  const flaky: PasswordStore = {
    getPassword: (s, account) => keytar.getPassword(s, account),
    async setPassword(s, account, password) {
      await keytar.setPassword(s, account, failing ? 'half of it' : password);
      failing = false;
    },
    deletePassword: (s, account) => keytar.deletePassword(s, account),
  };
  const grants = openGrants(open(flaky), () => ({ issuer: 'https://issuer.example', clientId: 'client' }));
  expect(await grants.store('ada', { refreshToken: '1//old', key: null })).toEqual({ kind: 'ok' });
  failing = true;
  expect(await grants.store('ada', { refreshToken: '1//new', key: null })).toEqual({ kind: 'corrupt' });
  expect(await grants.read('ada')).toEqual({ kind: 'ok', refreshToken: '1//old', key: null });
  await grants.remove('ada');
});

test('the entry of another account is not taken for this one’s', async () => {
  const keychain = open();
  const grants = openGrants(keychain, () => ({ issuer: 'https://issuer.example', clientId: 'client' }));
  await grants.store('ada', { refreshToken: '1//ada', key: null });
  const entry = await keychain.read('account:ada');
  await keychain.write('account:grace', entry.kind === 'ok' ? entry.value : '');
  expect(await grants.read('grace')).toEqual({ kind: 'ruined' });
  await grants.remove('ada');
  await grants.remove('grace');
});

test('a store that takes long to be brought in, as on a computer that is just starting, is not a keychain that is locked', async () => {
  const [clock, loaded] = [fakeClock(), Promise.withResolvers<PasswordStore>()];
  const keychain = openKeychain({ load: () => loaded.promise, service, clock });
  const write = keychain.write('one', 'in time');
  clock.advance(9_000);
  loaded.resolve(keytar);
  expect(await write).toEqual({ kind: 'ok' });
  await keychain.remove('one');
});
