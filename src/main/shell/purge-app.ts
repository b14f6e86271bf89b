import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { app } from 'electron';
import { systemClock } from '../../contract/clock.ts';
import { defaultSettings } from '../../contract/state.ts';
import { allAuthorities, namedAuthorities } from '../../http/authorities.ts';
import { openWayOut } from '../../http/outgoing.ts';
import { openRecords } from '../accounts/records.ts';
import { discover } from '../auth/provider.ts';
import { revokeGrant } from '../auth/revocation-endpoint.ts';
import { type Kept, purge } from '../purge/purge.ts';
import { updaterCache } from '../purge/updater-cache.ts';
import type { Config } from '../setup/config.ts';
import { keychainService, olderServices, registrationsIn } from '../setup/data-folder.ts';
import { StorageError } from '../storage-error.ts';
import { loginItem } from './login-item.ts';
import { type SystemKeychain, systemKeychain } from './system-keychain.ts';
import { findWays } from './ways-out.ts';

/** The composition root of a start with `--purge`: no window, no daemon; says what was left, and ends. */
export async function purgeApp(config: Config): Promise<void> {
  if (!(await waitToBeAlone())) {
    process.stderr.write('Mooring is still running, so nothing was removed. Quit it, and remove its data again.\n');
    return app.exit(1);
  }
  // Before that, Electron starts no process of its own and does not know the system's proxies.
  await app.whenReady();
  // The log is one of the things that go.
  const keychain = systemKeychain(systemClock, () => {});
  const home = config.home ?? app.getPath('userData');
  const fetch = openWayOut({
    authorities: () => allAuthorities(namedAuthorities(process.env['NODE_EXTRA_CA_CERTS']) ?? []),
    ways: findWays(process.env),
  });
  const left = await purge({
    home,
    updaterCache: config.home === null ? updaterCache(process.platform, process.env, homedir()) : null,
    ownFolder: config.home === null,
    keeps: [
      keptIn(keychain, home, keychainService(config.home), olderServices(config.home, config.namedHome, null)),
      ...readableRegistrations(home).map((folder) =>
        keptIn(
          keychain,
          folder,
          keychainService(folder),
          olderServices(config.home, config.namedHome, relative(home, folder)),
        ),
      ),
    ],
    revoke: async (issuer, refreshToken) => revokeGrant(fetch, await discover(fetch, issuer), refreshToken),
    loginItem: loginItem(),
    clock: systemClock,
  });
  keychain.end();
  for (const sentence of left) process.stderr.write(`${sentence}\n`);
  process.stdout.write(left.length === 0 ? 'Mooring has removed all it kept for you.\n' : '');
  app.exit(left.length === 0 ? 0 : 1);
}

const keptIn = (keychain: SystemKeychain, folder: string, service: string, older: readonly string[]): Kept => ({
  records: readableRecords(folder),
  keychain: keychain.open(service, older),
  entryNames: () => keychain.entryNames(service, older),
});

/** Records that cannot be read keep nothing from being removed: the keychain's entries name their issuers themselves. */
function readableRecords(folder: string): Kept['records'] {
  try {
    return openRecords((name) => join(folder, name), defaultSettings);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { accounts: () => [], revocations: { read: () => [] } };
  }
}

/** A folder that cannot be read keeps nothing from being removed that can be; its removal says that it is still there. */
function readableRegistrations(home: string): string[] {
  try {
    return registrationsIn(home);
  } catch {
    return [];
  }
}

const tries = 50;
const pause = 200;

/** Waits for a running instance, which ends when it hears of this start. False when it has not ended in time. */
async function waitToBeAlone(): Promise<boolean> {
  for (let tried = 0; tried < tries; tried += 1) {
    if (app.requestSingleInstanceLock()) return true;
    await new Promise<void>((resolve) => systemClock.after(pause, resolve));
  }
  return false;
}
