import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../src/contract/state.ts';
import { loadSystemStore } from '../../src/keytar/system-store.ts';
import { openRecords } from '../../src/main/accounts/records.ts';
import { discover } from '../../src/main/auth/provider.ts';
import { revokeGrant } from '../../src/main/auth/revocation-endpoint.ts';
import { entryNames } from '../../src/main/keychain/entry-names.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { type Kept, type PurgeOptions, purge } from '../../src/main/purge/purge.ts';
import { updaterCache } from '../../src/main/purge/updater-cache.ts';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };

/** What the registration of this core keeps. */
const keptBy = (core: Core): Kept => ({
  records: openRecords((name) => join(core.home, name), defaultSettings),
  keychain: openKeychain({ load: async () => keytar, service: core.service, clock: core.clock }),
  entryNames: () => entryNames(async () => loadSystemStore(), [core.service]),
});

/** What an uninstaller's start of the app does, on the folder and the keychain of this core. */
async function purged(core: Core, changed: Partial<PurgeOptions> = {}): Promise<string[]> {
  await core.mooring.quit();
  return purge({
    home: core.home,
    updaterCache: null,
    ownFolder: false,
    keeps: [keptBy(core)],
    revoke: async (issuer, refreshToken) => revokeGrant(fetch, await discover(fetch, issuer), refreshToken),
    loginItem: {
      isOn: () => core.loginItem.on,
      set: (on) => {
        core.loginItem.on = on;
      },
    },
    clock: core.clock,
    ...changed,
  });
}

const entries = async (core: Core) => (await keytar.findCredentials(core.service)).map(({ account }) => account);

test('everything goes: the grant at Google, the keychain entries, the login item, the data', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.loginItem.on = true;
  mkdirSync(join(core.home, 'logs'));
  for (const name of [
    'mirror.sqlite',
    'mirror.sqlite-wal',
    'mirror.sqlite.2026-11-18',
    'logs/mooring.log',
    'once.json.damaged',
    'exports.json',
  ])
    writeFileSync(join(core.home, name), 'x');
  expect(await purged(core)).toEqual([]);
  expect(core.google.control.grants(account!.id)).toEqual([]);
  expect(await entries(core)).toEqual([]);
  expect(core.loginItem.on).toBe(false);
  expect(existsSync(core.home)).toBe(false);
});

test('in a folder that somebody named, what is not Mooring’s stays', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  for (const name of ['thesis.odt', 'accounts.jsonx', 'my-mirror.sqlite']) writeFileSync(join(core.home, name), 'x');
  expect(await purged(core)).toEqual([]);
  expect(readdirSync(core.home).toSorted()).toEqual(['accounts.jsonx', 'my-mirror.sqlite', 'thesis.odt']);
});

test('without network it removes what is here, and says where to end the access', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  core.google.control.breakEndpoint('revoke', { kind: 'drop' });
  const left = await purged(core);
  expect(left).toHaveLength(1);
  expect(left[0]).toContain('myaccount.google.com/connections');
  expect(await entries(core)).toEqual([]);
  expect(existsSync(core.home)).toBe(false);
});

test('a Google that does not answer holds nobody up', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const hold = core.google.control.hold('revoke');
  const leaving = purged(core);
  await hold.arrived;
  core.clock.advance(5_000);
  expect((await leaving)[0]).toContain('myaccount.google.com/connections');
  hold.release();
  expect(await entries(core)).toEqual([]);
});

test('a revocation that was still waiting is done', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.google.control.breakEndpoint('revoke', { kind: 'drop' });
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  core.google.control.repair();
  expect(await purged(core)).toEqual([]);
  expect(core.google.control.grants(account!.id)).toEqual([]);
});

test('S41 entries that no record knows of are removed, and the grants in them ended where they came from', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  await keytar.setPassword(core.service, 'account:lost', 'x');
  writeFileSync(join(core.home, 'accounts.json'), 'ruined');
  expect(await purged(core)).toEqual([]);
  expect(await entries(core)).toEqual([]);
  expect(core.google.control.grants(account!.id)).toEqual([]);
});

test('S41 a grant that nobody knows the issuer of is sent nowhere, and is said', async () => {
  await using core = await startCore();
  await keytar.setPassword(core.service, 'revoke:lost', 'a refresh token');
  core.google.control.clearRequests();
  const left = await purged(core);
  expect(left).toEqual([expect.stringContaining('myaccount.google.com/connections')]);
  expect(core.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
  expect(await entries(core)).toEqual([]);
});

test('a keychain that is closed is said, and the data goes all the same', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const closed = async () => ({ kind: 'locked' }) as const;
  const keychain = { read: closed, write: closed, remove: closed };
  const left = await purged(core, { keeps: [{ ...keptBy(core), keychain }] });
  expect(left).toHaveLength(2);
  expect(left[0]).toContain('myaccount.google.com/connections');
  expect(left[1]).toContain('Keychain entries could not be removed. This computer’s keychain is locked.');
  expect(existsSync(core.home)).toBe(false);
});

test('a login item that cannot be ended is said', async () => {
  await using core = await startCore();
  const refusing = {
    isOn: () => true,
    set: () => {
      throw new Error('Starting at login could not be ended.');
    },
  };
  expect(await purged(core, { loginItem: refusing })).toEqual(['Starting at login could not be ended.']);
});

test('an update that was fetched goes as well', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const cache = join(core.home, '..', `${basename(core.home)}-updater`);
  mkdirSync(join(cache, 'pending'), { recursive: true });
  expect(await purged(core, { updaterCache: cache })).toEqual([]);
  expect(existsSync(cache)).toBe(false);
});

test('it lies where electron-updater puts it', () => {
  const { name } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    name: string;
  };
  expect(updaterCache('linux', {}, '/home/ada')).toBe(`/home/ada/.cache/${name}-updater`);
  expect(updaterCache('linux', { XDG_CACHE_HOME: '/c' }, '/home/ada')).toBe(`/c/${name}-updater`);
  expect(updaterCache('darwin', {}, '/Users/ada')).toBe(`/Users/ada/Library/Caches/${name}-updater`);
  // What Electron itself answers for this system, as electron-updater reads it.
  const { getAppCacheDir } = createRequire(import.meta.url)('electron-updater/out/AppAdapter.js') as {
    getAppCacheDir(): string;
  };
  expect(updaterCache(process.platform, process.env, homedir())).toBe(join(getAppCacheDir(), `${name}-updater`));
});
