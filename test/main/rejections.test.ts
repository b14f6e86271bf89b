import { expect, test } from 'vitest';
import { idleSync, type SyncFailure } from '../../src/contract/sync.ts';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const minute = 60_000;

const refused: SyncFailure = {
  kind: 'observed',
  observation: {
    kind: 'answer',
    where: 'resource-api',
    status: 401,
    error: 'authError',
    subtype: null,
    description: null,
    retryAfterSeconds: null,
  },
};

async function signedIn(core: Core) {
  const { account } = await core.signIn(ada);
  /** What the daemon says after a sync. */
  return (failure: SyncFailure | null) =>
    core.mooring.syncStatus({ accountId: account!.id, service: 'calendar', status: { ...idleSync, failure } });
}

test('S43 an API that refuses good tokens for some minutes is Google’s trouble: nobody is told to reconnect', async () => {
  await using core = await startCore();
  const say = await signedIn(core);
  for (let minutes = 0; minutes < 10; minutes += 1) {
    say(refused);
    const { connection, service } = core.state();
    expect(connection).toMatchObject({ kind: 'connected' });
    expect(service!.standing).toMatchObject({ kind: 'waiting', reason: 'google-unavailable', action: 'retry' });
    core.clock.advance(minute);
  }
  expect(core.desktop.notified).toEqual([]);
  say(null);
  expect(core.state().service!.standing).toMatchObject({ kind: 'working' });
});

test('S43 what outlasts ten minutes, with nothing that went well in between, needs a reconnect', async () => {
  await using core = await startCore();
  const say = await signedIn(core);
  say(refused);
  core.clock.advance(9 * minute);
  say(null);
  say(refused);
  core.clock.advance(10 * minute - 1);
  say(refused);
  expect(core.state().connection).toMatchObject({ kind: 'connected' });
  core.clock.advance(1);
  say(refused);
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'access-rejected' });
  expect(core.desktop.notified).toHaveLength(1);
});

test('a clock that is set forward makes no trouble last longer, and a reconnect begins anew', async () => {
  await using core = await startCore();
  const say = await signedIn(core);
  say(refused);
  core.clock.set(core.clock.now() + 400 * 86_400_000);
  say(refused);
  expect(core.state().connection).toMatchObject({ kind: 'connected' });
  core.clock.advance(10 * minute);
  say(refused);
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect' });
  await core.reconnect(ada);
  say(refused);
  expect(core.state().connection).toMatchObject({ kind: 'connected' });
});

test('the token endpoint’s word holds at once', async () => {
  await using core = await startCore();
  const say = await signedIn(core);
  say(refused);
  const { account } = core.state();
  core.google.control.revokeGrant(account!.id);
  await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: 1 });
  expect(core.state().connection).toMatchObject({ kind: 'needs-reconnect', reason: 'grant-revoked' });
});
