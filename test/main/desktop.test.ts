import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCore } from './core.ts';
import { passTime } from './pass-time.ts';

const ada = { email: 'ada.lovelace@gmail.com' };

type Core = Awaited<ReturnType<typeof startCore>>;

/** Signed in, out of sight, and then cut off by Google. */
async function cutOff(core: Core): Promise<void> {
  await core.signIn(ada);
  core.google.control.revokeGrant(core.state().account!.id);
  core.google.control.expireAccessTokens();
  await core.mooring.requests.testCredentials({ accountId: core.state().account!.id });
  expect(core.state().connection!.kind).toBe('needs-reconnect');
}

const titles = (core: Core) => core.desktop.notified.map(({ title }) => title);

test('a dead grant is told once, also across restarts, and again only after it was mended', async () => {
  await using core = await startCore();
  await cutOff(core);
  const title = `Reconnect ${core.state().account!.email}`;
  expect(titles(core)).toEqual([title]);
  await core.restart();
  await core.mooring.requests.testCredentials({ accountId: core.state().account!.id });
  expect(core.state().connection!.kind).toBe('needs-reconnect');
  expect(titles(core)).toEqual([title]);

  await core.reconnect(ada);
  expect(core.state().connection!.kind).toBe('connected');
  core.google.control.revokeGrant(core.state().account!.id);
  await core.mooring.requests.testCredentials({ accountId: core.state().account!.id });
  expect(titles(core)).toEqual([title, title]);
  await core.reconnect(ada);
  expect(core.desktop.withdrawn).toEqual([core.desktop.notified.at(-1)!.key]);
});

test('a network that comes and goes does not tell a dead grant anew', async () => {
  await using core = await startCore();
  await cutOff(core);
  core.google.control.breakEndpoint('token', { kind: 'drop' });
  await core.mooring.requests.testCredentials({ accountId: core.state().account!.id });
  expect(core.state().connection!.kind).toBe('offline');
  core.google.control.repair();
  await core.mooring.requests.testCredentials({ accountId: core.state().account!.id });
  expect(core.state().connection!.kind).toBe('needs-reconnect');
  expect(core.desktop.notified).toHaveLength(1);
});

test('a full disk is told although nothing can be written down about it, and settings say what became of them', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const { account, service } = core.state();
  for (const name of ['once.json.new', 'settings.json.new']) mkdirSync(join(core.home, name));
  const failure = { kind: 'storage', code: 'disk-full', sentence: 'The disk is full.', rebuild: false } as const;
  for (const _ of [1, 2])
    core.mooring.syncStatus({
      accountId: account!.id,
      service: 'calendar',
      status: { ...service!.sync, failure },
    });
  expect(titles(core)).toEqual([`The disk is full: ${account!.email}`]);
  await expect(core.mooring.requests.changeSettings({ notifications: false })).rejects.toThrow('Nothing was changed');
  expect(core.state().settings.notifications).toBe(true);
});

test('silenced, nothing is told; asked for again, what still needs somebody is', async () => {
  await using core = await startCore();
  await core.mooring.requests.changeSettings({ notifications: false });
  await cutOff(core);
  expect(core.desktop.notified).toEqual([]);
  await core.mooring.requests.changeSettings({ notifications: true });
  expect(core.desktop.notified).toHaveLength(1);
});

test('an account that leaves takes its notification along', async () => {
  await using core = await startCore();
  await cutOff(core);
  await core.mooring.requests.disconnect({ accountId: core.state().account!.id, erase: true });
  expect(core.desktop.withdrawn).toEqual([core.desktop.notified[0]!.key]);
});

test('the end of access is told before it comes', async () => {
  await using core = await startCore();
  core.google.control.setPublishing('testing');
  await core.signIn(ada);
  await passTime(core, 5 * 86_400_000);
  expect(core.desktop.notified).toEqual([]);
  await passTime(core, 86_400_000);
  expect(titles(core)).toEqual([`Access to ${core.state().account!.email} ends soon`]);
});

test('an installed app starts at login from the first sign-in on, and a person’s no stays a no', async () => {
  await using core = await startCore({ deps: { startsAtLogin: true } });
  expect(core.state().launchAtLogin).toBe(false);
  await core.signIn(ada);
  expect(core.state().launchAtLogin).toBe(true);
  await core.mooring.requests.setLaunchAtLogin({ on: false });
  await core.mooring.requests.disconnect({ accountId: core.state().account!.id, erase: true });
  await core.restart();
  await core.signIn(ada);
  expect(core.state().launchAtLogin).toBe(false);
});

test('what a person changes in the system’s own settings shows when they look at the window again', async () => {
  await using core = await startCore();
  core.loginItem.on = true;
  core.mooring.happened('window-shown');
  expect(core.state().launchAtLogin).toBe(true);
});

test('a start from the sources leaves the system’s list alone', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  expect(core.loginItem.on).toBe(false);
});

test('an update is installed only when there is one', async () => {
  let installed = 0;
  await using core = await startCore({
    deps: {
      installUpdate: () => {
        installed += 1;
      },
    },
  });
  await expect(core.mooring.requests.installUpdate(null)).rejects.toThrow('no update');
  core.mooring.updateFound({ kind: 'announced', version: '2.0.0' });
  await expect(core.mooring.requests.installUpdate(null)).rejects.toThrow('no update');
  core.mooring.updateFound({ kind: 'ready', version: '2.0.0' });
  expect(core.state().update).toEqual({ kind: 'ready', version: '2.0.0' });
  await core.mooring.requests.installUpdate(null);
  expect(installed).toBe(1);
});
