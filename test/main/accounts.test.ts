import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { expect, test } from 'vitest';
import { visit } from './browser.ts';
import { type Core, type OneState, startCore } from './core.ts';
import { hour, passTime } from './pass-time.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const grace = { email: 'grace.hopper@gmail.com' };
const entries = async (core: Core) => (await keytar.findCredentials(core.service)).map(({ account }) => account).sort();
const kinds = (core: Core) =>
  Object.fromEntries(core.state().accounts.map(({ account, connection }) => [account.email, connection.kind]));

test('several accounts stand side by side, each with its own state', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  await core.signIn(grace);
  expect(kinds(core)).toEqual({ [ada.email]: 'connected', [grace.email]: 'connected' });
  core.google.control.revokeGrant(account!.id);
  await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 });
  expect(kinds(core)).toEqual({ [ada.email]: 'needs-reconnect', [grace.email]: 'connected' });
  await core.restart();
  expect(core.state().accounts.map((each) => each.account.email)).toEqual([ada.email, grace.email]);
});

/** Reconnects the first account, and chooses another at Google. */
async function reconnectAs(core: Core, email: string): Promise<OneState> {
  const ended = core.until((state) => state.signIn.kind === 'idle' && state.signIn.outcome !== null);
  core.person = null;
  await core.mooring.requests.reconnect({ accountId: core.state().account!.id });
  await expect.poll(() => core.opened.length).toBe(2);
  const url = await core.asked(1);
  url.searchParams.delete('login_hint');
  await visit(url.href, { email }, core.jar);
  return ended;
}

test('somebody else chosen at a reconnect can be added as one more account', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  expect((await reconnectAs(core, grace.email)).signIn).toMatchObject({
    outcome: { code: 'other-account' },
    accountId: account!.id,
    chosen: grace.email,
  });
  core.person = grace;
  const added = core.until((state) => state.accounts.length === 2);
  await core.mooring.requests.signIn({ hint: grace.email, services: ['calendar'] });
  await added;
  expect((await core.visits[1])?.addresses[1]).toContain(`login_hint=${encodeURIComponent(grace.email)}`);
});

test('who was sent away at a reconnect is added only when the end of that grant has come about', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const hold = core.google.control.hold('revoke');
  await reconnectAs(core, grace.email);
  await hold.arrived;
  core.person = grace;
  const added = core.until((state) => state.accounts.length === 2);
  await core.mooring.requests.signIn({ hint: grace.email, services: ['calendar'] });
  // Ending one grant ends every grant of the same person: a refresh takes longer than the opening of a page that is not held up.
  const { accessToken } = core.mooring.daemonHandlers;
  expect(await accessToken({ accountId: account!.id, rejected: 1 })).not.toBeNull();
  expect(core.opened).toHaveLength(2);
  hold.release();
  const graceId = (await added).accounts[1]!.account.id;
  expect(await accessToken({ accountId: graceId, rejected: 1 })).not.toBeNull();
  expect(core.google.control.grants(graceId)).toHaveLength(1);
});

test('a sign-in that waits for the end of a grant can be cancelled', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const hold = core.google.control.hold('revoke');
  await reconnectAs(core, grace.email);
  await hold.arrived;
  const ended = core.until(({ signIn }) => signIn.kind === 'idle' && signIn.outcome?.code === 'cancelled');
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await core.mooring.requests.cancelSignIn(null);
  await ended;
  // It was not the time limit of the request that ended the wait.
  expect(core.logged.join()).not.toContain('could not be given back');
  expect(core.opened).toHaveLength(2);
  hold.release();
});

test('disconnecting one account touches no other', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  const { accounts } = await core.signIn(grace);
  const graceId = accounts[1]!.account.id;
  const before = await keytar.getPassword(core.service, `account:${graceId}`);
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  expect(kinds(core)).toEqual({ [grace.email]: 'connected' });
  expect(await entries(core)).toEqual([`account:${graceId}`]);
  expect(await keytar.getPassword(core.service, `account:${graceId}`)).toBe(before);
  expect(core.daemon.asked.at(-1)).toEqual({ name: 'detach', params: { accountId: account!.id, erase: true } });
});

test.each([
  { kind: 'drop' },
  // A page that somebody else has put in the way, and not the end of a grant.
  { kind: 'html' },
  { kind: 'refusal', status: 429, body: 'page' },
] as const)('a revocation that cannot reach Google (%j) waits in the keychain and is made up for', async (fault) => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.google.control.breakEndpoint('revoke', fault);
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: false });
  expect(core.state().notices).toMatchObject([{ code: 'revocation-waits' }]);
  expect(await entries(core)).toEqual([`revoke:${account!.id}`]);
  expect(core.google.control.grants(account!.id)).toHaveLength(1);

  await core.restart();
  expect(core.state().notices).toHaveLength(1);
  core.google.control.repair();
  await passTime(core, hour, hour);
  expect(core.google.control.grants(account!.id)).toEqual([]);
  expect(await entries(core)).toEqual([]);
  expect(core.state().notices).toEqual([]);
});

test('signing in again gives up a revocation that waits, for it would end the new grant', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.google.control.breakEndpoint('revoke', { kind: 'drop' });
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: false });
  await core.signIn(ada);
  core.google.control.repair();
  core.google.control.clearRequests();
  await passTime(core, 3 * hour, hour);
  expect(core.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
  expect(await entries(core)).toEqual([`account:${account!.id}`]);
});

test('a disconnect that was interrupted is seen through at the next start', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.daemon.answers = false;
  await core.mooring.requests.disconnect({ accountId: account!.id, erase: true });
  expect(core.state().accounts).toEqual([]);
  expect(core.state().notices).toMatchObject([{ code: 'not-erased' }]);
  core.daemon.answers = true;
  core.daemon.asked.length = 0;
  await core.restart();
  await expect
    .poll(() => core.daemon.asked)
    .toContainEqual({
      name: 'detach',
      params: { accountId: account!.id, erase: true },
    });
  await expect.poll(() => readFileSync(join(core.home, 'accounts.json'), 'utf8')).toBe('[]\n');
  expect(core.daemon.asked.map(({ name }) => name)).not.toContain('attach');
});

test('a damaged file of accounts is set aside and said, and the app starts', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  writeFileSync(join(core.home, 'accounts.json'), '[{"account":');
  await core.restart();
  expect(core.state().accounts).toEqual([]);
  expect(existsSync(join(core.home, 'accounts.json.damaged'))).toBe(true);
  expect(core.state().notices).toMatchObject([{ code: 'accounts-damaged' }]);
  // The key is still in the keychain, and signing in again brings everything back.
  expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  expect(core.state().notices).toEqual([]);
});

test.each(['grant', 'token'] as const)(
  'a disconnect is complete where revoking ends the %s',
  async (revocationEnds) => {
    await using core = await startCore();
    core.google.control.settle({ revocationEnds });
    const { account } = await core.signIn(ada);
    await core.mooring.requests.disconnect({ accountId: account!.id, erase: false });
    const [left] = core.google.control.grants(account!.id);
    expect(left?.liveRefreshTokens ?? 0).toBe(0);
    expect(core.state()).toMatchObject({ accounts: [], notices: [] });
    expect(await entries(core)).toEqual([]);
    // Whichever way it is, signing in again ends connected: with the consent that a new refresh token takes.
    expect((await core.signIn(ada)).connection?.kind).toBe('connected');
  },
);

test.each(['error', 'subtype'] as const)(
  'an administrator’s block said as the %s is never a reconnect',
  async (adminBlockIs) => {
    await using core = await startCore();
    core.google.control.settle({ adminBlockIs });
    const { account } = await core.signIn(ada);
    core.google.control.blockByAdmin(account!.id, true);
    expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 })).toBeNull();
    expect(core.state().connection).toMatchObject({ kind: 'blocked-by-admin', action: 'ask-admin' });
    core.google.control.blockByAdmin(account!.id, false);
    expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 })).not.toBeNull();
    expect(core.state().connection?.kind).toBe('connected');
  },
);
