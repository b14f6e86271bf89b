import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Way } from '../../src/contract/way.ts';
import { openWayOut } from '../../src/http/outgoing.ts';
import { direct, proxyAt } from '../../src/http/way.ts';
import { diagnose } from '../../src/main/auth/diagnosis.ts';
import { startPair } from '../daemon/support/main.ts';
import { startCore } from '../main/core.ts';
import { makeAuthority } from './authority.ts';
import { openCompany } from './company.ts';

// A network that is left through a proxy only, and where everything that passes is read: nothing else leads to Google, whose
// names nobody knows.

const origin = 'https://accounts.double.test';
const ada = { email: 'ada.lovelace@gmail.com' };
const authority = makeAuthority(['*.double.test']);
const company = await openCompany(authority);
afterAll(() => company[Symbol.asyncDispose]());
beforeEach(() => {
  Object.assign(company, { password: null, refuses: null });
  company.tunnels.length = 0;
});

/** What a computer in the company has been set to. */
interface Settings {
  ways: readonly Way[];
  trusts: readonly string[];
}

async function startCompanyCore(settings: Settings) {
  const ways = async () => settings.ways;
  const core = await startCore({
    network: { origin, ways, fetch: openWayOut({ authorities: () => settings.trusts, ways }) },
    browser: openWayOut({ authorities: () => [authority.ca], ways }),
  });
  company.destination = core.google.address;
  return core;
}

async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe.each([
  ['without a password', null],
  ['with a password', 'ada:p@ss%'],
])('behind a proxy %s that reads what passes', (_, password) => {
  test('S44 an account is signed in, refreshed, synced and ended', async () => {
    company.password = password;
    const way = proxyAt(company.proxy.replace('//', password === null ? '//' : '//ada:p%40ss%25@'));
    await using core = await startCompanyCore({ ways: [way], trusts: [authority.ca] });
    const { control } = core.google;
    const signedIn = await core.signIn(ada);
    expect(signedIn).toMatchObject({ signIn: { outcome: null }, connection: { kind: 'connected' } });
    expect(signedIn.account?.picture).toMatch(/^data:image/);
    const accountId = signedIn.account!.id;

    control.clearRequests();
    const token = await core.mooring.daemonHandlers.accessToken({ accountId, rejected: 1 });
    expect(token).not.toBeNull();
    expect(control.requests().map(({ endpoint }) => endpoint)).toContain('token');

    const pair = startPair({
      apiRoot: origin,
      accountId,
      clock: core.clock,
      authorities: () => [authority.ca],
      main: core.mooring.daemonHandlers,
    });
    await pair.attach();
    await pair.sync();
    expect(pair.status()).toMatchObject({ failure: null, lastSuccessAt: expect.any(Number) });

    control.clearRequests();
    await core.mooring.requests.disconnect({ accountId, erase: false });
    await control.waitForRequest(({ endpoint, status }) => endpoint === 'revoke' && status === 200);
    for (const { to } of company.tunnels) expect(to).toBe('accounts.double.test:443');
    // What a proxy is told to know its user by, no server is told.
    for (const { headers } of control.requests()) expect(headers).not.toHaveProperty('proxy-authorization');
  });
});

/** What is wrong of the proxy, or of what the computer was told. */
interface Wrong extends Partial<Settings> {
  readonly password?: string;
  readonly refuses?: number;
}

const wrong: readonly [string, string, () => Promise<Wrong>][] = [
  ['asks for a password', 'proxy-authentication', async () => ({ password: 'ada:secret' })],
  ['refuses', 'proxy-refused', async () => ({ refuses: 403 })],
  ['is not there', 'proxy-unreachable', async () => ({ ways: [proxyAt(await nobody())] })],
  ['is a SOCKS server', 'proxy-unusable', async () => ({ ways: [proxyAt('socks5://127.0.0.1:1080')] })],
  ['shows a certificate of nobody who is known', 'authority-unknown', async () => ({ trusts: [] })],
];

test.each(wrong)('a proxy that %s is said at sign-in and at sync', async (_, reason, happens) => {
  const { password = null, refuses = null, ...told } = await happens();
  Object.assign(company, { password, refuses });
  const settings: Settings = { ways: [proxyAt(company.proxy)], trusts: [authority.ca], ...told };
  await using core = await startCompanyCore(settings);
  const { signIn, account } = await core.signIn(ada);
  const problem = signIn.kind === 'idle' ? signIn.outcome : null;
  expect(problem).toMatchObject({ code: reason, sentence: expect.stringContaining('Nothing was signed in.') });
  expect(problem?.sentence).not.toMatch(/copy/);
  expect(account).toBeNull();

  const pair = startPair({
    apiRoot: origin,
    accountId: 'ada',
    authorities: () => settings.trusts,
    main: { accessToken: async () => ({ token: 'x', serial: 1 }), waysOut: async () => [...settings.ways] },
  });
  await pair.attach();
  await pair.sync();
  const { failure } = pair.status();
  if (failure?.kind !== 'observed') throw new Error(`failed otherwise: ${failure?.kind}`);
  expect(diagnose(failure.observation, 0)).toMatchObject({
    kind: 'offline',
    reason,
    sentence: expect.stringContaining('our copy and your sign-in are intact'),
  });
  // What the double was asked for, through whatever lets nothing pass.
  expect(core.google.control.requests()).toEqual([]);
});

test('S45 the next way is gone only where the one before leads nowhere, and a password goes to its own proxy', async () => {
  const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  company.destination = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dead = (await nobody()).replace('//', '//ada:secret@');
  const ask = (...ways: Way[]) => {
    const fetch = openWayOut({ authorities: () => [authority.ca], ways: async () => ways });
    return fetch('https://www.double.test/').then((answer) => answer.text());
  };
  expect(await ask(proxyAt(dead), proxyAt(company.proxy))).toBe('here');
  expect(company.tunnels).toEqual([{ to: 'www.double.test:443', authorization: null }]);
  company.refuses = 403;
  await expect(ask(proxyAt(company.proxy), direct)).rejects.toMatchObject({ cause: { code: 'PROXY_REFUSED' } });
});

test('S44 what is on this computer is asked without a proxy, and nothing else without TLS', async () => {
  const server = createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const fetch = openWayOut({ authorities: () => [], ways: async () => [proxyAt(company.proxy)] });
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/near`);
  expect(await answer.text()).toBe('/near');
  await expect(fetch('http://www.double.test/')).rejects.toMatchObject({ code: 'PLAIN_HTTP' });
  expect(company.tunnels).toEqual([]);
});
