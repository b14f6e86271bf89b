import { randomUUID } from 'node:crypto';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { openGrants } from '../../src/main/auth/grants.ts';
import { openKeychain, type PasswordStore, problemOf } from '../../src/main/keychain/keychain.ts';
import { fakeClock } from './fake-clock.ts';

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

test('a keychain that does not answer is locked after three seconds', async () => {
  const clock = fakeClock();
  const silent = () => new Promise<never>(() => {});
  const keychain = open({ getPassword: silent, setPassword: silent, deletePassword: silent }, clock);
  const read = keychain.read('one');
  clock.advance(2_999);
  clock.advance(1);
  expect(await read).toEqual({ kind: 'locked' });
});

test('keytar that cannot be loaded is a keychain that is unavailable', async () => {
  const keychain = openKeychain({
    load: () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')),
    service,
    clock: fakeClock(),
  });
  expect(await keychain.read('one')).toEqual({ kind: 'unavailable' });
});

test.each([
  ['Cannot get secret of a locked object', 'locked'],
  ['User interaction is not allowed.', 'locked'],
  ['User canceled the operation.', 'denied'],
  ['The stub received bad data.', 'too-large'],
  ['Object does not exist at path “/org/freedesktop/secrets/aliases/default”', 'unavailable'],
])('%s', (message, problem) => {
  expect(problemOf(new Error(message))).toBe(problem);
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
  const grants = openGrants(open(flaky), () => 'client');
  expect(await grants.store('ada', '1//old')).toEqual({ kind: 'ok' });
  failing = true;
  expect(await grants.store('ada', '1//new')).toEqual({ kind: 'corrupt' });
  expect(await grants.read('ada')).toEqual({ kind: 'ok', refreshToken: '1//old' });
  await grants.remove('ada');
});

test('the entry of another account is not taken for this one’s', async () => {
  const keychain = open();
  const grants = openGrants(keychain, () => 'client');
  await grants.store('ada', '1//ada');
  const entry = await keychain.read('account:ada');
  await keychain.write('account:grace', entry.kind === 'ok' ? entry.value : '');
  expect(await grants.read('grace')).toEqual({ kind: 'ruined' });
  await grants.remove('ada');
  await grants.remove('grace');
});
