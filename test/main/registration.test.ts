import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../src/contract/state.ts';
import { openRecords } from '../../src/main/accounts/records.ts';
import { openRevocations } from '../../src/main/accounts/revocations.ts';
import { openGrants } from '../../src/main/auth/grants.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { folderOf, keychainService } from '../../src/main/setup/data-folder.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const one = 'https://one.example';
const other = 'https://other.example';

/** The place that a start for this registration would get in the folder of this core. */
function placeIn(core: Core, issuer: string, clientId: string | null): string | null {
  const records = openRecords((name) => join(core.home, name), defaultSettings);
  return folderOf({ issuer, clientId }, { accounts: records.accounts(), revocations: records.revocations.read() });
}

test('S24 a record, a keychain entry and a waiting revocation name the issuer and the client they came from', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const [record] = JSON.parse(readFileSync(join(core.home, 'accounts.json'), 'utf8')) as object[];
  expect(record).toMatchObject({ issuer: core.google.issuer, clientId: core.google.clientId });
  const entry = JSON.parse((await keytar.getPassword(core.service, `account:${account!.id}`))!) as object;
  expect(entry).toMatchObject({ issuer: core.google.issuer, clientId: core.google.clientId });
  core.google.control.breakEndpoint('revoke', { kind: 'drop' });
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  const [waiting] = JSON.parse(readFileSync(join(core.home, 'revocations.json'), 'utf8')) as object[];
  expect(waiting).toMatchObject({ issuer: core.google.issuer });
});

test('S24 another issuer, or another client that is named, gets a folder and keys of its own', async () => {
  await using core = await startCore();
  const { issuer, clientId } = core.google;
  expect(placeIn(core, other, 'any')).toBeNull();
  const { account } = await core.signIn(ada);
  expect(placeIn(core, issuer, clientId)).toBeNull();
  // Where no client is named, the folder knows its own.
  expect(placeIn(core, issuer, null)).toBeNull();
  const places = [placeIn(core, other, clientId), placeIn(core, issuer, 'another client'), placeIn(core, other, null)];
  for (const place of places) expect(place).toMatch(/^registrations\/[0-9a-f]{16}$/);
  expect(new Set(places).size).toBe(3);
  expect(new Set([null, ...places].map((place) => keychainService(place))).size).toBe(4);
  // A revocation that waits keeps the folder its issuer's, without any account.
  core.google.control.breakEndpoint('revoke', { kind: 'drop' });
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  expect(placeIn(core, other, clientId)).toBe(places[0]);
  expect(placeIn(core, issuer, clientId)).toBeNull();
});

test('S24 an entry of another issuer is none, and one of another client is not used', async () => {
  const service = 'Mooring test registrations';
  const keychain = openKeychain({ load: async () => keytar, service, clock: fakeClock() });
  const grantsOf = (issuer: string, clientId: string) => openGrants(keychain, () => ({ issuer, clientId }));
  try {
    await grantsOf(one, 'client').store('ada', { refreshToken: '1//0token', key: null });
    expect(await grantsOf(one, 'client').read('ada')).toEqual({ kind: 'ok', refreshToken: '1//0token', key: null });
    expect(await grantsOf(other, 'client').read('ada')).toEqual({ kind: 'ruined' });
    expect(await grantsOf(one, 'another').read('ada')).toEqual({ kind: 'other-client', refreshToken: '1//0token' });
  } finally {
    await keytar.deletePassword(service, 'account:ada');
  }
});

test('S24 a revocation waits for the issuer that gave the grant', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mooring-registration-'));
  const service = `Mooring test ${home}`;
  const keychain = openKeychain({ load: async () => keytar, service, clock: fakeClock() });
  const records = openRecords((name) => join(home, name), defaultSettings);
  const ended: string[] = [];
  const open = (issuer: string, end: (token: string) => Promise<void>) =>
    openRevocations({ keychain, records, issuer, now: () => 1, end, onChange: () => {} });
  try {
    const refused = async () => Promise.reject(new Error('not now'));
    await open(one, refused).queue('ada', '1//0token');
    await open(other, async (token) => void ended.push(`other ${token}`)).retry();
    expect(ended).toEqual([]);
    await open(one, async (token) => void ended.push(`one ${token}`)).retry();
    expect(ended).toEqual(['one 1//0token']);
    expect(records.revocations.read()).toEqual([]);
  } finally {
    await keytar.deletePassword(service, 'revoke:ada');
    rmSync(home, { recursive: true, force: true });
  }
});

test('S24 with another client chosen in the app nothing is sent, nothing is called dead, and a reconnect mends it', async () => {
  await using core = await startCore();
  let { clientId } = core.google;
  const client = {
    isKnown: () => true,
    id: () => clientId,
    problem: () => null,
    get: async () => ({ id: clientId, secret: core.google.clientSecret }),
    adopt: async () => {},
  };
  await core.restart({ client });
  const { account } = await core.signIn(ada);
  core.clock.advance(3_600_000);
  core.google.control.clearRequests();
  clientId = 'another client';
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: null })).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'client-changed' });
  expect(core.google.control.requests({ endpoint: 'token' })).toEqual([]);
  expect(JSON.parse(readFileSync(join(core.home, 'accounts.json'), 'utf8'))).toMatchObject([{ deadSince: null }]);
  // The former one is as good as before.
  clientId = core.google.clientId;
  core.clock.advance(60_000);
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: null })).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');
  expect(existsSync(join(core.home, 'registrations'))).toBe(false);
});
