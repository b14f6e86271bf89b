import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { keychainEntries } from './keychain-entries.ts';
import { expect, test } from './test.ts';
import { connection } from './views.ts';
import { signIn } from './world.ts';

test('the data folder by any of its names is one, and its keys are found where an earlier version put them', async ({
  world,
}) => {
  const links = mkdtempSync(join(tmpdir(), 'mooring-links-'));
  try {
    const first = await world.launch();
    await signIn(world, first.window);
    await first.app.close();
    const own = `Mooring (${world.home})`;
    symlinkSync(world.home, join(links, 'link'));
    for (const spelling of [`${world.home}/`, world.home.replace(/\/home$/, '/./home'), join(links, 'link')]) {
      const older = `Mooring (${spelling})`;
      for (const { account, password } of await keychainEntries(own)) {
        await keytar.setPassword(older, account, password);
        await keytar.deletePassword(own, account);
      }
      world.env['MOORING_HOME'] = spelling;
      const { app, window } = await world.launch();
      await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
      await app.close();
      expect(await world.keychain.names()).not.toEqual([]);
      expect(await keychainEntries(older)).toEqual([]);
    }
  } finally {
    world.env['MOORING_HOME'] = world.home;
    rmSync(links, { recursive: true, force: true });
  }
});
