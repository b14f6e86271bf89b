import keytar from 'keytar';
import { expect, test } from 'vitest';
import { calendarScope } from '../../src/contract/calendar.ts';
import { type Core, startCore } from './core.ts';
import { day, passTime } from './pass-time.ts';

const ada = { email: 'ada.lovelace@gmail.com' };

async function signedIn(): Promise<{ core: Core; accountId: string }> {
  const core = await startCore();
  const { account } = await core.signIn(ada);
  return { core, accountId: account!.id };
}

const ask = (core: Core, accountId: string) => core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
const erasures = (core: Core) => core.daemon.asked.filter(({ name }) => name === 'detach');
const report = (core: Core, accountId: string) => core.mooring.requests.getCredentials({ accountId });

test('credentials are audited once a day, and the history can be read', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await passTime(core, 3 * day);
  const { audits } = await report(core, accountId);
  expect(audits.map(({ trigger }) => trigger)).toEqual(['daily', 'daily', 'daily']);
  expect(audits[0]!.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'keychain good',
    'refresh good',
    'identity good',
    'scopes good',
    'expiry good',
    'clock good',
  ]);
  await core.restart();
  expect((await report(core, accountId)).audits).toHaveLength(3);
});

test('waking up and asking audit at once, and a dead grant is found by it', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.revokeGrant(accountId);
  const dead = core.until((state) => state.connection?.kind === 'needs-reconnect');
  core.mooring.happened('resumed');
  await dead;
  const { audits } = await core.mooring.requests.testCredentials({ accountId });
  expect(audits.map(({ trigger }) => trigger)).toEqual(['request', 'resume']);
  expect(audits[0]!.checks[1]).toMatchObject({ name: 'refresh', verdict: 'bad' });
});

test('an audit finds a permission that was taken away', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.removeScope(accountId, calendarScope);
  const { audits } = await core.mooring.requests.testCredentials({ accountId });
  expect(audits[0]!.checks[3]).toMatchObject({ name: 'scopes', verdict: 'bad' });
  expect(core.state().connection?.kind).toBe('connected');
  expect(core.state().service?.standing).toMatchObject({ kind: 'needs-permission', reason: 'scope-missing' });
});

test('the key of another account is found out and not used', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  const { accounts } = await core.signIn({ email: 'grace.hopper@gmail.com' });
  const graceId = accounts[1]!.account.id;
  const entry = JSON.parse((await keytar.getPassword(core.service, `account:${graceId}`))!);
  await keytar.setPassword(core.service, `account:${accountId}`, JSON.stringify({ ...entry, accountId }));
  await core.restart();
  expect(await core.mooring.daemonHandlers.accessToken({ accountId, rejected: null })).toBeNull();
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'grant-swapped' });
  expect((await core.reconnect(ada)).connection?.kind).toBe('connected');
});

test('a grant that nobody uses is kept from dying of idleness', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await passTime(core, 200 * day, 5 * day);
  expect(core.state().connection?.kind).toBe('connected');
  expect(core.google.control.grants(accountId)[0]!.liveRefreshTokens).toBe(1);
});

test('a grant with an end is announced in time, and a reconnect ends the announcement', async () => {
  const core = await startCore();
  await using _ = core;
  const [person] = core.google.control.people();
  core.google.control.setTimeLimit(person!.sub, (10 * day) / 1000);
  await core.signIn(ada);
  const warning = () => core.state().accounts[0]!.warning?.code ?? null;
  await passTime(core, 7 * day);
  expect(warning()).toBeNull();
  await passTime(core, day);
  expect(warning()).toBe('access-ends-soon');
  expect((await core.reconnect(ada)).accounts[0]!.warning).toBeNull();
});

test('the likely cause of a dead grant is named from what is known here', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.revokeGrant(accountId);
  await ask(core, accountId);
  expect(core.state().connection).toMatchObject({ likely: [expect.stringMatching(/^Most likely .* removed/)] });
});

test('the copy of a dead grant is announced twice, then erased, and a reconnect brings it back', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  core.google.control.revokeGrant(accountId);
  await ask(core, accountId);
  const seen: [number, string][] = [];
  for (let today = 1; today <= 31; today += 1) {
    await passTime(core, day);
    const { warning } = core.state().accounts[0]!;
    if (warning !== null && seen.at(-1)?.[1] !== warning.sentence) seen.push([today, warning.sentence]);
    if (today < 30) expect(erasures(core)).toEqual([]);
  }
  expect(seen[0]).toEqual([23, expect.stringContaining('erased in 7 days')]);
  expect(seen.at(-1)).toEqual([29, expect.stringContaining('erased in a day')]);
  expect(erasures(core)).toEqual([{ name: 'detach', params: { accountId, erase: true } }]);
  core.daemon.asked.length = 0;
  await core.reconnect(ada);
  expect(core.daemon.asked).toContainEqual({ name: 'attach', params: { accountId, services: ['calendar'] } });
});

test('a person who keeps copies for good keeps them', async () => {
  const { core, accountId } = await signedIn();
  await using _ = core;
  await core.mooring.requests.changeSettings({ retentionDays: null });
  core.google.control.revokeGrant(accountId);
  await ask(core, accountId);
  await passTime(core, 100 * day, 10 * day);
  expect(erasures(core)).toEqual([]);
  expect(core.state().accounts[0]!.warning).toBeNull();
});

test('an address is put on the clipboard as it is', async () => {
  const copied: string[] = [];
  await using core = await startCore({ deps: { copyText: async (text) => void copied.push(text) } });
  await core.mooring.requests.copyAddress({ address: 'https://meet.google.com/abc' });
  expect(copied).toEqual(['https://meet.google.com/abc']);
});

test('a clipboard that takes nothing is not passed over in silence', async () => {
  const core = await startCore({ deps: { copyText: () => Promise.reject(new Error('The clipboard is taken.')) } });
  await using _ = core;
  const { account } = await core.signIn(ada);
  await expect(core.mooring.requests.copyReport({ accountId: account!.id })).rejects.toThrow('The clipboard is taken.');
});

test('the report masks what is held, and its copy names nobody', async () => {
  let copied = '';
  const core = await startCore({
    deps: {
      copyText: async (text) => {
        copied = text;
      },
    },
  });
  await using _ = core;
  const { account } = await core.signIn(ada);
  const secrets = core.google.control.secretsIssued();
  const shown = JSON.stringify(await report(core, account!.id));
  await core.mooring.requests.copyReport({ accountId: account!.id });
  for (const secret of secrets) {
    expect(shown).not.toContain(secret);
    expect(copied).not.toContain(secret);
  }
  for (const personal of [account!.id, ada.email, 'Ada', 'Lovelace']) expect(copied).not.toContain(personal);
  expect(copied).toContain('state: connected');
});
