import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CredentialReport } from '../../src/contract/credentials.ts';
import { AppState } from '../../src/contract/state.ts';
import { rememberNonces } from '../../src/main/auth/dpop.ts';
import { realGoogle } from '../../src/main/auth/provider.ts';
import { openTokenEndpoint, type Tokens } from '../../src/main/auth/token-endpoint.ts';
import { startCore } from './core.ts';

const ada = { email: 'ada.lovelace@gmail.com' };
const now = Date.parse('2026-11-26T12:00:00Z');

/** What a refresh brings that is answered with this. */
async function refreshed(members: string): Promise<Tokens> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(`{"access_token":"ya29.x","token_type":"Bearer","scope":"openid",${members}}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const tokenEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const endpoint = openTokenEndpoint(
      fetch,
      { ...realGoogle, tokenEndpoint },
      { id: 'client', secret: 'secret' },
      () => now,
      rememberNonces(),
    );
    return await endpoint.refresh({ refreshToken: '1//0x', key: null });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.each(['1e300', '8640000000000001', '31536000000'])('S32 expires_in of %s is a day at most', async (seconds) => {
  const { accessExpiresAt } = await refreshed(`"expires_in":${seconds}`);
  expect(accessExpiresAt).toBeLessThanOrEqual(now + 86_400_000);
  expect(accessExpiresAt).toBeGreaterThan(now);
});

test.each(['1e300', '-1', '0', '8640000000000'])(
  'S32 refresh_token_expires_in of %s is no end date',
  async (seconds) => {
    const tokens = await refreshed(`"expires_in":3600,"refresh_token_expires_in":${seconds}`);
    expect(tokens.grantExpiresAt).toBeNull();
  },
);

test('S32 a week is a week', async () => {
  const { grantExpiresAt } = await refreshed('"expires_in":3600,"refresh_token_expires_in":604800');
  expect(grantExpiresAt).toBe(now + 604_800_000);
});

test('S32 a damaged record shows what it can, and the credentials page with it', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  await core.mooring.quit();
  const path = join(core.home, 'accounts.json');
  const [record] = JSON.parse(readFileSync(path, 'utf8')) as [{ account: object }];
  const damaged = {
    ...record,
    account: { ...record.account, grantExpiresAt: 1, consentedAt: 'yesterday', picture: 7, grantedScopes: 'all' },
    deadSince: 'never',
    announcedAt: [null],
    tokensIssued: -1,
    unknown: true,
  };
  const text = JSON.stringify([damaged, { account: { email: 'nobody' } }]).replace(
    '"grantExpiresAt":1',
    '"grantExpiresAt":1e300',
  );
  writeFileSync(path, text);
  await core.restart();
  const state = AppState.parse(core.mooring.state());
  expect(state.accounts.map((each) => each.account)).toMatchObject([
    { id: account!.id, email: ada.email, grantExpiresAt: null, consentedAt: null, grantedScopes: [] },
  ]);
  const report = CredentialReport.parse(await core.mooring.requests.getCredentials({ accountId: account!.id }));
  expect(report.email).toBe(ada.email);
  await core.mooring.requests.copyReport({ accountId: account!.id });
  expect(await core.mooring.daemonHandlers.accessToken({ accountId: account!.id, rejected: null })).not.toBeNull();
  expect(core.state().connection?.kind).not.toBe('needs-reconnect');
});

test('S32 a history with a moment that is none costs that history, and nothing else', async () => {
  await using core = await startCore();
  const { account } = await core.signIn(ada);
  await core.mooring.requests.testCredentials({ accountId: account!.id });
  await core.mooring.quit();
  const path = join(core.home, 'audits.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"at": \d+/, '"at": 1e300'));
  await core.restart();
  const report = await core.mooring.requests.testCredentials({ accountId: account!.id });
  expect(report.audits.length).toBeGreaterThan(0);
});
