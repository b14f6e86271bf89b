import { randomUUID } from 'node:crypto';
import keytar from 'keytar';
import { expect, onTestFinished, test } from 'vitest';
import { openGrants } from '../../src/main/auth/grants.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { fakeClock } from '../fake-clock.ts';

const grant = (refreshToken: string) => ({ refreshToken, key: null });

test('a refresh token takes the place of the one that it was given for, and of no other', async () => {
  const service = `Mooring test ${randomUUID()}`;
  onTestFinished(async () => void (await keytar.deletePassword(service, 'account:ada')));
  const keychain = openKeychain({ load: async () => keytar, service, clock: fakeClock() });
  const grants = openGrants(keychain, () => ({ issuer: 'https://idp.example', clientId: 'id' }));
  const held = async () => {
    const read = await grants.read('ada');
    return read.kind === 'ok' ? read.refreshToken : read.kind;
  };
  expect(await grants.replace('ada', 'first', grant('second'))).toEqual({ kind: 'other' });
  expect(await held()).toBe('absent');
  await grants.store('ada', grant('first'));
  // A sign-in and a late refresh at once: whichever is first, what the sign-in brought stays.
  const [late, signIn] = await Promise.all([
    grants.replace('ada', 'first', grant('second')),
    grants.store('ada', grant('third')),
  ]);
  expect([late, signIn]).toEqual([{ kind: 'ok' }, { kind: 'ok' }]);
  expect(await grants.replace('ada', 'first', grant('fourth'))).toEqual({ kind: 'other' });
  expect(await held()).toBe('third');
});
