import keytar from 'keytar';
import { expect, test } from 'vitest';
import { CookieJar, visit } from './browser.ts';
import { type Core, startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const grace = { email: 'grace.hopper@gmail.com' };
const entries = async (core: Core) => (await keytar.findCredentials(core.service)).map(({ account }) => account);

/** Begins a sign-in whose page nobody answers yet; the address at Google that it leads to. */
async function begin(core: Core): Promise<string> {
  core.person = null;
  const count = core.opened.length;
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  await expect.poll(() => core.opened.length).toBe(count + 1);
  return (await core.asked(count)).href;
}

const asking = (core: Core) => core.until(({ signIn }) => signIn.kind === 'waiting' && signIn.stranger !== null);
const over = (core: Core) => core.until(({ signIn }) => signIn.kind === 'idle');

test('S28 who has signed in elsewhere is named and asked about, and nothing is kept before the answer', async () => {
  await using core = await startCore();
  const address = await begin(core);
  const asked = asking(core);
  const page = await visit(address, grace, new CookieJar());
  expect(page.page).toContain('asks in its own window');
  expect((await asked).signIn).toMatchObject({ stranger: grace.email });
  expect(core.state().account).toBeNull();
  expect(await entries(core)).toEqual([]);
});

test('S28 with No the attempt goes on, the stranger’s grant is ended, and the person’s own browser still counts', async () => {
  await using core = await startCore();
  const address = await begin(core);
  const asked = asking(core);
  await visit(address, grace, new CookieJar());
  await asked;
  await core.mooring.requests.answerStranger({ isMe: false });
  expect(core.state().signIn).toMatchObject({ kind: 'waiting', stranger: null });
  await expect.poll(() => core.google.control.requests({ endpoint: 'revoke' }).length).toBe(1);
  const ended = over(core);
  await visit(address, ada, core.jar);
  const state = await ended;
  expect(state.account?.email).toBe(ada.email);
  expect(state.accounts).toHaveLength(1);
  expect(state.connection?.kind).toBe('connected');
});

test('S28 with Yes a browser that keeps no cookies signs in', async () => {
  await using core = await startCore();
  const asked = asking(core);
  core.person = { ...ada, withoutCookies: true };
  await core.mooring.requests.signIn({ hint: null, services: ['calendar'] });
  expect((await asked).signIn).toMatchObject({ stranger: ada.email });
  const ended = over(core);
  await core.mooring.requests.answerStranger({ isMe: true });
  const state = await ended;
  expect(state.account?.email).toBe(ada.email);
  expect(state.connection?.kind).toBe('connected');
});

test('S28 the person’s own browser needs no answer, and withdraws the question', async () => {
  await using core = await startCore();
  const address = await begin(core);
  const asked = asking(core);
  await visit(address, grace, new CookieJar());
  await asked;
  const ended = over(core);
  await visit(address, ada, core.jar);
  expect((await ended).accounts.map(({ account }) => account.email)).toEqual([ada.email]);
  await expect.poll(() => core.google.control.requests({ endpoint: 'revoke' }).length).toBe(1);
  // The answer comes too late, and changes nothing.
  await core.mooring.requests.answerStranger({ isMe: true });
  expect(core.state().accounts).toHaveLength(1);
});

test('S28 somebody who is signed in keeps the grant that a stranger’s sign-in shares with theirs', async () => {
  await using core = await startCore();
  await core.signIn(ada);
  const address = await begin(core);
  const asked = asking(core);
  await visit(address, ada, new CookieJar());
  await asked;
  await core.mooring.requests.answerStranger({ isMe: false });
  await core.mooring.requests.cancelSignIn(null);
  expect(core.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
  core.clock.advance(3_600_000);
  const { id } = core.state().account!;
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: id, rejected: null })).not.toBeNull();
});

test('S28 a code that Google does not take asks nobody, and ends nothing', async () => {
  await using core = await startCore();
  const address = new URL(await begin(core)).searchParams;
  const target = new URLSearchParams({ state: address.get('state')!, iss: core.google.issuer, code: '4/0made-up' });
  const page = await fetch(`${address.get('redirect_uri')}?${target}`);
  expect(page.status).toBe(200);
  await page.body?.cancel();
  await expect.poll(() => core.google.control.requests({ endpoint: 'token' }).length).toBeGreaterThan(0);
  const ended = over(core);
  await visit((await core.asked(0)).href, ada, core.jar);
  expect((await ended).connection?.kind).toBe('connected');
  expect(core.states.some(({ signIn }) => signIn.kind === 'waiting' && signIn.stranger !== null)).toBe(false);
});

test('S28 a stranger whose proof is refused is told of, and does not decide that the person’s token is bound to no key', async () => {
  await using core = await startCore();
  const address = await begin(core);
  core.google.control.setDpop('reject');
  const told = core.until(({ signIn }) => signIn.kind === 'waiting' && signIn.note !== null);
  await visit(address, grace, new CookieJar());
  expect((await told).signIn).toMatchObject({
    silent: true,
    stranger: null,
    note: expect.stringContaining('press “Open again”'),
  });
  expect(core.opened).toHaveLength(1);
  core.google.control.setDpop('required-for-bound');
  const ended = over(core);
  await visit(address, ada, core.jar);
  const { account, connection } = await ended;
  expect(connection?.kind).toBe('connected');
  const entry = JSON.parse((await keytar.getPassword(core.service, `account:${account!.id}`))!);
  expect(entry).toMatchObject({ bound: true });
});

test('S28 after a stranger whose proof is refused, "Open again" leads the same person through without one', async () => {
  await using core = await startCore();
  core.google.control.setDpop('reject');
  const told = core.until(({ signIn }) => signIn.kind === 'waiting' && signIn.note !== null);
  await visit(await begin(core), ada, new CookieJar());
  await told;
  core.person = ada;
  const ended = over(core);
  core.clock.advance(3_000);
  await core.mooring.requests.openSignInAgain(null);
  expect((await ended).connection?.kind).toBe('connected');
  expect(core.opened).toHaveLength(3);
});

test('S28 a reconnect asks about nobody but the account it is for', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  core.person = null;
  await core.mooring.requests.reconnect({ accountId: account!.id });
  await expect.poll(() => core.opened.length).toBe(2);
  const address = await core.asked(1);
  address.searchParams.delete('login_hint');
  await visit(address.href, grace, new CookieJar());
  await expect.poll(() => core.google.control.requests({ endpoint: 'token' }).length).toBeGreaterThan(1);
  const ended = over(core);
  await visit((await core.asked(1)).href, ada, core.jar);
  expect((await ended).accounts).toHaveLength(1);
  expect(core.states.some(({ signIn }) => signIn.kind === 'waiting' && signIn.stranger !== null)).toBe(false);
});

test('S28 the account that was added is named until the person has seen to it, and one that comes back is not', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  expect(core.state().addedId).toBe(account!.id);
  await core.mooring.requests.keepAdded(null);
  expect(core.state().addedId).toBeNull();
  await core.signIn(ada);
  expect(core.state().addedId).toBeNull();
  await core.signIn(grace);
  const { addedId } = core.state();
  expect(core.state().accounts.find((each) => each.account.id === addedId)?.account.email).toBe(grace.email);
});

test('the same answer twice is used once, and both see what came of it', async () => {
  await using core = await startCore();
  const address = await begin(core);
  const callback = await callbackOf(address, core.jar);
  const cookie = core.jar.header(callback);
  const ended = over(core);
  const held = core.google.control.hold('token');
  const clicks = [fetch(callback, { headers: { cookie } }), fetch(callback, { headers: { cookie } })];
  await held.arrived;
  held.release();
  expect((await ended).connection?.kind).toBe('connected');
  for (const click of clicks) expect(await (await click).text()).toContain('You are signed in');
});

test('what a scanner of addresses brings first is used, once the person’s own browser brings it as well', async () => {
  await using core = await startCore();
  const address = await begin(core);
  // The way to Google and back, up to the callback, which the scanner reads and asks for before the browser.
  const callback = await callbackOf(address, core.jar);
  const asked = asking(core);
  const scanned = await fetch(callback, { redirect: 'manual' });
  expect(scanned.status).toBe(303);
  await asked;
  const ended = over(core);
  const page = fetch(callback, { headers: { cookie: core.jar.header(callback) } });
  const state = await ended;
  expect(state.account?.email).toBe(ada.email);
  expect(await (await page).text()).toContain('You are signed in');
  expect(core.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
});

test('a browser that looks ahead uses nothing up', async () => {
  await using core = await startCore();
  const address = await begin(core);
  const callback = await callbackOf(address, core.jar);
  const cookie = core.jar.header(callback);
  const ahead = await fetch(callback, { headers: { cookie, 'sec-purpose': 'prefetch' }, redirect: 'manual' });
  expect(ahead.status).toBe(404);
  const ended = over(core);
  const page = fetch(callback, { headers: { cookie } });
  expect((await ended).connection?.kind).toBe('connected');
  expect(await (await page).text()).toContain('You are signed in');
});

/** Goes through Google's pages and stops before the app's own. */
async function callbackOf(address: string, jar: CookieJar): Promise<string> {
  const { addresses } = await visit(address, { ...ada, stopsAtCallback: true }, jar);
  return addresses.at(-1) ?? '';
}
