import { randomUUID } from 'node:crypto';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { withOlder } from '../../src/main/keychain/older-services.ts';
import { olderServices } from '../../src/main/setup/data-folder.ts';
import { fakeClock } from '../fake-clock.ts';

function open() {
  const services = { own: `Mooring test ${randomUUID()}`, older: `Mooring test ${randomUUID()}` };
  const keychainOf = (service: string) => openKeychain({ load: async () => keytar, service, clock: fakeClock() });
  return { ...services, keychain: withOlder(keychainOf(services.own), [keychainOf(services.older)]) };
}

test('an entry under an older spelling is found, and taken over', async () => {
  const { own, older, keychain } = open();
  await keytar.setPassword(older, 'ada', 'of ada');
  expect(await keychain.read('ada')).toEqual({ kind: 'ok', value: 'of ada' });
  expect(await keytar.getPassword(own, 'ada')).toBe('of ada');
  expect(await keytar.getPassword(older, 'ada')).toBeNull();
  expect(await keychain.read('ada')).toEqual({ kind: 'ok', value: 'of ada' });
  await keychain.remove('ada');
});

test('what was stored since goes before it, and both go together', async () => {
  const { own, older, keychain } = open();
  await keytar.setPassword(older, 'ada', 'former');
  expect(await keychain.write('ada', 'latest')).toEqual({ kind: 'ok' });
  expect(await keychain.read('ada')).toEqual({ kind: 'ok', value: 'latest' });
  expect(await keychain.remove('ada')).toEqual({ kind: 'ok' });
  expect(await keytar.getPassword(own, 'ada')).toBeNull();
  expect(await keytar.getPassword(older, 'ada')).toBeNull();
  expect(await keychain.read('ada')).toEqual({ kind: 'absent' });
});

test('an older place that cannot be looked at is not one that is empty', async () => {
  const { own, keychain: open1 } = open();
  const own1 = openKeychain({ load: async () => keytar, service: own, clock: fakeClock() });
  const locked = async () => ({ kind: 'locked' }) as const;
  const keychain = withOlder(own1, [{ read: locked, write: locked, remove: locked }]);
  expect(await open1.read('ada')).toEqual({ kind: 'absent' });
  expect(await keychain.read('ada')).toEqual({ kind: 'locked' });
  expect(await keychain.remove('ada')).toEqual({ kind: 'locked' });
});

test.each([
  ['/home/ada/m', '/home/ada/m', null, ['/home/ada/m/']],
  ['/home/ada/m', '/home/ada/m/', null, ['/home/ada/m/']],
  ['/home/ada/m', '/home/ada/./m', null, ['/home/ada/./m', '/home/ada/m/']],
  ['/disk/m', '/home/ada/link', 'registrations/0', ['/home/ada/link/registrations/0']],
  [null, null, null, []],
])('the data folder %s, named %s, may have entries of %s as %j', (home, named, below, folders) => {
  expect(olderServices(home, named, below)).toEqual(folders.map((folder) => `Mooring (${folder})`));
});
