import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { family, isAlive } from '../electron/children.ts';
import { runApp } from '../electron/launch.ts';
import { openPrivateKeyring } from '../keyring/private-keyring.ts';
import { expect, test } from './test.ts';
import { connection } from './views.ts';
import { signIn, type World } from './world.ts';

const skipped = () => {
  process.stdout.write('skipped: only Linux has keychains beside each other\n');
};

/** Signs in to the app of this world with a keychain of its own, and ends it. */
async function signedInBefore(world: World, prompter: boolean) {
  const keyring = await openPrivateKeyring({ prompter });
  await keyring.start('unlocked');
  for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CACHE_HOME']) {
    world.env[name] = keyring.bus.env[name]!;
  }
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await app.close();
  return keyring;
}

test('S47 Mooring ends by itself while the system asks for the keychain’s password, and leaves no process', async ({
  world,
}) => {
  if (process.platform !== 'linux') return skipped();
  await using keyring = await signedInBefore(world, true);
  await keyring.lock();
  const { app } = await world.launch();
  await keyring.bus.prompted();
  const all = family(app.process.pid!);
  await app.close();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  await expect.poll(() => all.filter(isAlive)).toEqual([]);
});

test('S47 --purge with the key in a keyring that is locked beside an open one removes the rest, and fails', async ({
  world,
}) => {
  if (process.platform !== 'linux') return skipped();
  await using keyring = await signedInBefore(world, false);
  await keyring.lockBesideOpen();
  await keyring.bus.store(`Mooring (${world.home})`, 'client:other', 'x');
  const purge = runApp({ env: world.env, headed: false, args: ['--purge'] });
  expect(await once(purge, 'exit')).toEqual([1, null]);
  expect(existsSync(world.home)).toBe(false);
  const items = await keyring.bus.call(
    'org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.SearchItems',
    `dict:string:string:service,Mooring (${world.home})`,
  );
  expect(items).toContain('/collection/login/');
  expect(items).not.toContain('/collection/session/');
});
