import keytar from 'keytar';
import { expect, test } from 'vitest';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };

async function signedIn(): Promise<{ core: Core; accountId: string }> {
  const core = await startCore();
  const { account } = await core.signIn(ada);
  // So that a refresh is one request; dpop.test.ts has the nonces.
  core.google.control.requireDpopNonce(false);
  core.google.control.clearRequests();
  return { core, accountId: account!.id };
}

const tokenRequests = (core: Core) => core.google.control.requests({ endpoint: 'token' });

test('100 callers share one refresh', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await core.restart();
  const ask = () => core.mooring.daemonHandlers.accessToken({ accountId, rejected: null });
  const answers = await Promise.all(Array.from({ length: 100 }, ask));
  expect(new Set(answers.map((answer) => answer!.token)).size).toBe(1);
  expect(tokenRequests(core)).toHaveLength(1);
});

test('a token is used until five minutes before its end, then refreshed', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const ask = () => core.mooring.daemonHandlers.accessToken({ accountId, rejected: null });
  const first = await ask();
  core.clock.advance(54 * 60_000);
  expect((await ask())!.serial).toBe(first!.serial);
  expect(tokenRequests(core)).toHaveLength(0);
  core.clock.advance(2 * 60_000);
  expect((await ask())!.serial).toBe(first!.serial + 1);
  expect(tokenRequests(core)).toHaveLength(1);
});

test('a rejected token leads to one refresh, and a newer one is handed out as it is', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const { accessToken } = core.mooring.daemonHandlers;
  const first = await accessToken({ accountId, rejected: null });
  const second = await accessToken({ accountId, rejected: first!.serial });
  expect(second!.serial).toBe(first!.serial + 1);
  expect((await accessToken({ accountId, rejected: first!.serial }))!.serial).toBe(second!.serial);
  expect(tokenRequests(core)).toHaveLength(1);
});

test('a dead grant is not knocked at again, and its keychain entry stays', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.revokeGrant(accountId);
  const { accessToken } = core.mooring.daemonHandlers;
  expect(await accessToken({ accountId, rejected: 1 })).toBeNull();
  expect(await accessToken({ accountId, rejected: 1 })).toBeNull();
  expect(tokenRequests(core)).toHaveLength(1);
  expect(core.state().connection?.kind).toBe('needs-reconnect');
  expect(await keytar.getPassword(core.service, `account:${accountId}`)).not.toBeNull();
});

test.each([
  [{ kind: 'status', status: 503 }, 'google-unavailable'],
  [{ kind: 'status', status: 429, reason: 'slow_down', retryAfter: 7 }, 'rate-limited'],
  [{ kind: 'html' }, 'not-google'],
  [{ kind: 'drop' }, 'no-network'],
] as const)('%j at the token endpoint is weather, not a dead grant', async (fault, reason) => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.breakEndpoint('token', fault, { times: 1 });
  const { accessToken } = core.mooring.daemonHandlers;
  expect(await accessToken({ accountId, rejected: 1 })).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'offline', reason });
  core.clock.advance(7_000);
  expect(await accessToken({ accountId, rejected: 1 })).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');
});

test('Google is left alone for as long as it asks, by the daemon and by whoever presses a button', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const { accessToken } = core.mooring.daemonHandlers;
  core.google.control.breakEndpoint('token', { kind: 'status', status: 429, reason: 'slow_down', retryAfter: 3_600 });
  expect(await accessToken({ accountId, rejected: 1 })).toBeNull();
  for (let minute = 0; minute < 59; minute += 1) {
    core.clock.advance(60_000);
    if (minute === 30) await core.mooring.requests.syncNow({ accountId });
    expect(await accessToken({ accountId, rejected: 1 })).toBeNull();
  }
  expect(tokenRequests(core)).toHaveLength(1);
  // A clock that is set changes nothing in it.
  core.clock.set(core.clock.now() - 400 * 86_400_000);
  core.google.control.repair();
  core.clock.advance(60_000);
  expect(await accessToken({ accountId, rejected: 1 })).not.toBeNull();
  expect(tokenRequests(core)).toHaveLength(2);
});

test('a wrong client secret is the app’s trouble and never a reconnect', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.setClientSecret('another');
  expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 })).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'app-misconfigured', action: 'fix-client' });
});

test('a new refresh token is stored before the access token is used', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.misbehave({ refresh: 'rotated-refresh-token' });
  const before = await keytar.getPassword(core.service, `account:${accountId}`);
  await core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
  expect(await keytar.getPassword(core.service, `account:${accountId}`)).not.toBe(before);
  await core.restart();
  expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null })).not.toBeNull();
});

test('a refresh begun before a reconnect cannot undo it', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.revokeGrant(accountId);
  const refresh = core.google.control.hold('token');
  const stale = core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
  await refresh.arrived;
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
  refresh.release();
  await stale;
  expect(core.state().connection?.kind).toBe('connected');
});

test.each([
  ['deleted', (core: Core, id: string) => keytar.deletePassword(core.service, `account:${id}`)],
  ['garbled', (core: Core, id: string) => keytar.setPassword(core.service, `account:${id}`, '{"version":1,')],
])('a keychain entry that was %s is repaired by a reconnect', async (_how, ruin) => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await ruin(core, accountId);
  await core.restart();
  expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null })).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'grant-missing' });
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
});

test('nobody but the account that is signed in gets a token', async () => {
  const { core } = await signedIn();
  await using _ = core;
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: '1', rejected: null })).toBeNull();
});

test('disconnecting revokes with the refresh token, empties the keychain and forgets the account', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await core.restart();
  await core.mooring.requests.disconnect({ accountId: core.state().account!.id, erase: false });
  const [revoke] = core.google.control.requests({ endpoint: 'revoke' });
  expect(revoke!.form['token']).toMatch(/^1\/\/0/);
  expect(revoke!.query).toEqual({});
  expect(core.google.control.grants(accountId)).toEqual([]);
  expect(await keytar.findCredentials(core.service)).toEqual([]);
  expect(core.state().accounts).toEqual([]);
});

test('disconnecting without Google says what is left to do', async () => {
  const { core } = await signedIn();
  await using _ = core;
  core.google.control.breakEndpoint('revoke', { kind: 'drop' });
  await core.mooring.requests.disconnect({ accountId: core.state().account!.id, erase: false });
  expect(core.state().notices).toMatchObject([{ code: 'revocation-waits' }]);
  expect(core.state().accounts).toEqual([]);
});

test('waking up and the daemon ask at once, and one refresh serves both', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const token = core.google.control.hold('token');
  core.mooring.happened('resumed');
  const asked = core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
  await token.arrived;
  token.release();
  expect(await asked).not.toBeNull();
  await expect.poll(async () => (await core.mooring.requests.getCredentials({ accountId })).audits.length).toBe(1);
  expect(tokenRequests(core)).toHaveLength(1);
});

test('a failure that is known is not hidden while the daemon tries again; a person who asks sees that it is tried', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.breakEndpoint('token', { kind: 'drop' });
  await core.restart();
  const ask = () => core.mooring.daemonHandlers.accessToken({ accountId, rejected: null });
  expect(await ask()).toBeNull();
  expect(core.state().connection?.kind).toBe('offline');
  const kinds = () => new Set(core.states.map(({ accounts }) => accounts[0]?.connection.kind));
  core.states.length = 0;
  await ask();
  expect(kinds()).toEqual(new Set(['offline']));
  core.states.length = 0;
  await core.mooring.requests.syncNow({ accountId });
  await ask();
  expect(kinds()).toEqual(new Set(['refreshing', 'offline']));
});

test('a sign-in that waits for the browser delays nobody’s refresh', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.person = null;
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(2);
  expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 })).not.toBeNull();
  expect(core.state().signIn.kind).toBe('waiting');
});

test('a token that is held serves on while the keychain is locked, and the keychain is not pestered', async () => {
  let locked = false;
  let calls = 0;
  const core = await startCore({
    passwords: (real) => ({
      async getPassword(service, account) {
        calls += 1;
        if (locked) throw new Error('Cannot get secret of a locked object');
        return real.getPassword(service, account);
      },
      async setPassword(service, account, password) {
        if (locked) throw new Error('Cannot create an item in a locked collection');
        return real.setPassword(service, account, password);
      },
      deletePassword: (service, account) => real.deletePassword(service, account),
    }),
  });
  await using _ = core;
  core.google.control.requireDpopNonce(false);
  const { account } = await core.signIn(ada);
  const ask = () => core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: null });
  locked = true;
  expect(await ask()).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');

  core.clock.sleep(2 * 3_600_000);
  expect(await ask()).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'keychain-unavailable', reason: 'keychain-locked' });
  const before = calls;
  expect(await ask()).toBeNull();
  expect(calls).toBe(before);

  locked = false;
  await core.mooring.requests.syncNow({ accountId: account!.id });
  expect(await ask()).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');
});

const entryOf = async (core: Core, id: string) =>
  (JSON.parse((await keytar.getPassword(core.service, `account:${id}`)) ?? '{}') as { refreshToken?: string })
    .refreshToken;

test('a new refresh token that the keychain does not take at once is kept, used, and stored later', async () => {
  let refusing = false;
  const core = await startCore({
    passwords: (real) => ({
      getPassword: (service, account) => real.getPassword(service, account),
      async setPassword(service, account, password) {
        if (refusing) throw new Error('Cannot create an item in a locked collection');
        return real.setPassword(service, account, password);
      },
      deletePassword: (service, account) => real.deletePassword(service, account),
    }),
  });
  await using _ = core;
  core.google.control.requireDpopNonce(false);
  const { account } = await core.signIn(ada);
  const accountId = account!.id;
  const { accessToken } = core.mooring.daemonHandlers;
  const first = await entryOf(core, accountId);
  refusing = true;
  core.google.control.misbehave({ refresh: 'rotated-refresh-token' });
  const held = await accessToken({ accountId, rejected: 1 });
  expect(held).not.toBeNull();
  expect(core.state().connection?.kind).toBe('connected');
  expect(await entryOf(core, accountId)).toBe(first);
  // The one in the keychain is dead by now; the one in memory serves, and is stored as soon as that can be.
  const again = await accessToken({ accountId, rejected: held!.serial });
  expect(again).not.toBeNull();
  refusing = false;
  expect(await accessToken({ accountId, rejected: again!.serial })).not.toBeNull();
  expect(await entryOf(core, accountId)).not.toBe(first);
  await core.restart();
  expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null })).not.toBeNull();
});

test('a refresh that ends late, with a new refresh token, does not overwrite what a reconnect has stored', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.misbehave({ refresh: 'new-refresh-token' });
  const refresh = core.google.control.hold('token');
  const late = core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
  await refresh.arrived;
  await core.reconnect(ada);
  const stored = await entryOf(core, accountId);
  refresh.release();
  await late;
  expect(await entryOf(core, accountId)).toBe(stored);
  expect(core.state().connection?.kind).toBe('connected');
});
