import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { defaultSettings } from '../../src/contract/state.ts';
import { openRecords } from '../../src/main/accounts/records.ts';
import { discover } from '../../src/main/auth/provider.ts';
import { revokeGrant } from '../../src/main/auth/revocation-endpoint.ts';
import { entryNames } from '../../src/main/keychain/entry-names.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { openRemoteStore } from '../../src/main/keychain/remote-store.ts';
import { purge } from '../../src/main/purge/purge.ts';
import { forkHost } from '../keyring/fork-host.ts';
import { openPrivateKeyring } from '../keyring/private-keyring.ts';
import { startCore } from './core.ts';

const linux = process.platform === 'linux';
if (!linux) process.stdout.write('keychain-beside: not run, because only Linux has keychains beside each other\n');

const ada = { email: 'ada.lovelace@gmail.com' };
const service = 'Mooring beside';

/** Mooring with ada’s key in a keyring that has been locked since, while another, open one is the default. */
async function openLockedBeside() {
  const parts = new AsyncDisposableStack();
  const keyring = parts.use(await openPrivateKeyring());
  await keyring.start('unlocked');
  const remote = openRemoteStore({ fork: () => forkHost(keyring.bus.env), clock: systemClock, log: () => {} });
  parts.defer(remote.end);
  const keychain = openKeychain({ load: remote.load, service, clock: systemClock });
  const core = parts.use(await startCore({ deps: { keychain } }));
  const { account } = await core.signIn(ada);
  await keyring.lockBesideOpen();
  return {
    keyring,
    keychain,
    core,
    names: () => entryNames(remote.load, [service]),
    account: account!,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

describe.runIf(linux)('a key in a keyring that is locked beside an open one', () => {
  test('S18 is “keychain locked”, which heals when it is unlocked', async () => {
    await using world = await openLockedBeside();
    const { core, account, keyring } = world;
    await core.restart();
    expect(await core.mooring.daemonHandlers.accessToken({ accountId: account.id, rejected: null })).toBeNull();
    expect(core.state().connection).toMatchObject({ kind: 'keychain-unavailable', reason: 'keychain-locked' });
    await keyring.unlock();
    // The daemon asks again at its own pace.
    core.clock.advance(3_600_000);
    expect(await core.mooring.daemonHandlers.accessToken({ accountId: account.id, rejected: null })).not.toBeNull();
    expect(core.state().connection).toMatchObject({ kind: 'connected' });
  });

  test.each(['within the hour', 'at the next start'])(
    'is waited for by Disconnect, which says so and is done %s',
    async (when) => {
      await using world = await openLockedBeside();
      const { core, account, keyring, names } = world;
      await core.mooring.requests.disconnect({ accountId: account.id, erase: true });
      expect(JSON.stringify(core.state().notices)).toContain(
        'could not be removed. This computer’s keychain is locked',
      );
      expect(core.google.control.grants(account.id)).toHaveLength(1);
      await keyring.unlock();
      if (when === 'within the hour') core.clock.advance(3_600_000);
      else await core.restart();
      await expect.poll(() => core.google.control.grants(account.id), { timeout: 10_000 }).toEqual([]);
      await expect.poll(names, { timeout: 10_000 }).toEqual({ kind: 'ok', names: [], locked: false });
    },
  );

  test('is what --purge says it could not remove, beside all that it did', async () => {
    await using world = await openLockedBeside();
    const { core, account, keychain, names, keyring } = world;
    expect(await keychain.write('client:other', 'x')).toEqual({ kind: 'ok' });
    await core.mooring.quit();
    const left = await purge({
      home: core.home,
      updaterCache: null,
      ownFolder: false,
      keeps: [{ records: openRecords((name) => join(core.home, name), defaultSettings), keychain, entryNames: names }],
      revoke: async (issuer, refreshToken) => revokeGrant(fetch, await discover(fetch, issuer), refreshToken),
      loginItem: { isOn: () => null, set: () => {} },
      clock: systemClock,
    });
    expect(left).toHaveLength(2);
    expect(left[0]).toContain('myaccount.google.com/connections');
    expect(left[1]).toContain('Keychain entries could not be removed. This computer’s keychain is locked.');
    expect(await names()).toEqual({ kind: 'ok', names: [], locked: true });
    expect(existsSync(core.home)).toBe(false);
    await keyring.unlock();
    expect(await names()).toEqual({ kind: 'ok', names: [`account:${account.id}`], locked: false });
  });
});

test('S18 Disconnect removes no key that it cannot read, because its grant would go on for good', async () => {
  let locked = false;
  await using core = await startCore({
    passwords: (real) => ({
      ...real,
      getPassword: (name, account) =>
        locked && account.startsWith('account:')
          ? Promise.reject(new Error('The entry is in a locked collection.'))
          : real.getPassword(name, account),
    }),
  });
  const { account } = await core.signIn(ada);
  locked = true;
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  expect(core.google.control.grants(account!.id)).toHaveLength(1);
  locked = false;
  await core.restart();
  // Google has been told, and the entry of the revocation is gone too.
  await expect.poll(() => readFileSync(join(core.home, 'revocations.json'), 'utf8'), { timeout: 10_000 }).toBe('[]\n');
  expect(core.google.control.grants(account!.id)).toEqual([]);
});
