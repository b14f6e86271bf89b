import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { test as anywhere, expect } from 'vitest';
import { type Core, startCore } from './core.ts';
import { fillDisk } from './full-disk.ts';

// Where there is no device that is always full, the same code is tried by the other systems' own words: storage-error.test.ts.
const test = anywhere.skipIf(process.platform !== 'linux');

const ada = { email: 'ada.lovelace@gmail.com' };
const minute = 60_000;
const entries = async (core: Core) => (await keytar.findCredentials(core.service)).map(({ account }) => account);
const stored = (core: Core) =>
  JSON.parse(readFileSync(join(core.home, 'accounts.json'), 'utf8')) as Record<string, unknown>[];
const codes = (core: Core) => core.state().notices.map(({ code }) => code);

test('S40 a disconnect that cannot be written down is not done, is said, and is done once there is room', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const makeRoom = fillDisk(core.home);
  const asked = core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  await expect(asked).rejects.toThrow('could not be disconnected yet, because the disk is full');
  expect(core.state().account?.id).toBe(account!.id);
  expect(codes(core)).toEqual(['disconnect-waits']);
  expect(await entries(core)).toEqual([`account:${account!.id}`]);
  expect(core.google.control.grants(account!.id)).toHaveLength(1);
  core.clock.advance(minute);
  expect(core.state().account?.id).toBe(account!.id);
  makeRoom();
  core.clock.advance(minute);
  await expect.poll(() => core.google.control.grants(account!.id)).toEqual([]);
  await expect.poll(() => entries(core)).toEqual([]);
  await expect.poll(() => core.state()).toMatchObject({ accounts: [], notices: [] });
  expect(stored(core)).toEqual([]);
});

test('a reconnect takes back a disconnect that waits for the disk', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const makeRoom = fillDisk(core.home);
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true }).catch(() => null);
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
  makeRoom();
  core.clock.advance(minute);
  expect(core.state()).toMatchObject({ account: { id: account!.id }, notices: [] });
  expect(core.google.control.grants(account!.id)).toHaveLength(1);
});

test('S40 a sign-in that cannot be written down ends, says so in app and browser, and leaves no key', async () => {
  await using core = await startCore();
  const makeRoom = fillDisk(core.home);
  const { signIn, accounts } = await core.signIn(ada);
  expect(signIn).toMatchObject({ kind: 'idle', outcome: { code: 'disk-full' } });
  expect(accounts).toEqual([]);
  const { page } = await core.visits[0]!;
  expect(page).toContain('Not signed in');
  expect(page).toContain('the disk is full');
  expect(await entries(core)).toEqual([]);
  const { sub } = core.google.control.people().find(({ email }) => email === ada.email)!;
  await expect.poll(() => core.google.control.grants(sub)).toEqual([]);
  makeRoom();
  expect((await core.signIn(ada)).connection?.kind).toBe('connected');
});

test('a key that the keychain does not take is given back, and no record of it stays', async () => {
  await using core = await startCore({
    passwords: (real) => ({
      ...real,
      setPassword: async (service, name, value) => {
        if (name.startsWith('account:')) throw new Error('the collection is locked: locked collection');
        return real.setPassword(service, name, value);
      },
    }),
  });
  expect((await core.signIn(ada)).signIn).toMatchObject({ outcome: { code: 'keychain' } });
  const { sub } = core.google.control.people().find(({ email }) => email === ada.email)!;
  await expect.poll(() => core.google.control.grants(sub)).toEqual([]);
  expect(stored(core)).toEqual([]);
});

test('a disk that fills up once the account is written down does not stop the sign-in', async () => {
  let fill = () => {};
  await using core = await startCore({
    passwords: (real) => ({
      ...real,
      setPassword: async (...entry) => {
        if (entry[1].startsWith('account:')) fill();
        return real.setPassword(...entry);
      },
    }),
  });
  let makeRoom = () => {};
  fill = () => {
    fill = () => {};
    makeRoom = fillDisk(core.home);
  };
  expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  expect(codes(core)).toEqual(['disk-full']);
  await core.restart();
  core.clock.advance(0);
  await expect.poll(() => core.state().account?.email).toBe(ada.email);
  makeRoom();
  core.clock.advance(minute);
  expect(core.state().notices).toEqual([]);
  expect(stored(core)).toMatchObject([{ arriving: false, account: { email: ada.email } }]);
});

test('S40 a grant that is removed at Google is a reconnect at once, whatever the disk does, and is written down later', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const makeRoom = fillDisk(core.home);
  core.google.control.revokeGrant(account!.id);
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 })).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'grant-revoked' });
  expect(core.desktop.notified).toHaveLength(1);
  expect(codes(core)).toEqual(['disk-full']);
  expect(stored(core)).toMatchObject([{ deadSince: null }]);
  makeRoom();
  core.clock.advance(minute);
  expect(core.state().notices).toEqual([]);
  expect(stored(core)).toMatchObject([{ deadSince: expect.any(Number) }]);
});

test('an access token that Google has given is used, whatever the disk does', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  fillDisk(core.home);
  // Far enough on for the use of the grant to be written down.
  core.clock.sleep(2 * 3_600_000);
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 })).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');
  // An audit adds to what is to be written, and is shown.
  const report = await core.mooring.requests.testCredentials({ accountId: account!.id });
  expect(report.audits).not.toEqual([]);
});

test('a service that a person drops is dropped only once that is written down', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const drop = { accountId: account!.id, service: 'calendar', erase: true };
  const makeRoom = fillDisk(core.home);
  core.daemon.asked.length = 0;
  await expect(core.mooring.requests.dropService(drop)).rejects.toThrow(
    'because the disk is full. Nothing was changed.',
  );
  expect(core.daemon.asked).toEqual([]);
  expect(core.state().service?.standing.kind).not.toBe('off');
  makeRoom();
  await core.mooring.requests.dropService(drop);
  expect(core.state().service?.standing.kind).toBe('off');
});

test('starting at login is set, and said to be, though it cannot be written down', async () => {
  await using core = await startCore();
  fillDisk(core.home);
  await core.mooring.requests.setLaunchAtLogin({ on: true });
  expect(core.state().launchAtLogin).toBe(true);
  expect(codes(core)).toEqual(['disk-full']);
});

test('S40 a refresh that ends after the disconnect does not bring the account back', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.clock.sleep(2 * 3_600_000);
  const hold = core.google.control.hold('token');
  const late = core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 });
  await hold.arrived;
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  hold.release();
  await late;
  expect(stored(core)).toEqual([]);
  expect(core.state().accounts).toEqual([]);
  expect(await entries(core)).toEqual([]);
});
