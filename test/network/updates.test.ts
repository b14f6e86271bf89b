import { expect, test } from 'vitest';
import { direct, proxyAt } from '../../src/http/way.ts';
import { proxyInUpdates, signInToProxy, vouchInUpdates } from '../../src/main/shell/update-network.ts';
import { fakeClock } from '../fake-clock.ts';
import { makeAuthority } from './authority.ts';

// What electron-updater's session is told. That Chromium obeys it is Electron's to prove.

const company = makeAuthority(['*.double.test']);
const other = makeAuthority(['*.double.test']);
const through = (address: string) => ({ proxy: proxyAt(address), named: [] });

test.each([
  ['a proxy', through('http://ada:secret@proxy.double.test:3128'), ['http://proxy.double.test:3128']],
  ['what cannot be used', through('socks5://proxy:1'), ['http://127.0.0.1:0']],
  ['no proxy for it', { proxy: direct, named: [] }, []],
  ['nothing', { proxy: null, named: [] }, []],
])('an environment that names %s', async (_, network, told) => {
  const rules: unknown[] = [];
  await proxyInUpdates({ setProxy: async ({ proxyRules }) => void rules.push(proxyRules) }, network);
  expect(rules).toEqual(told);
});

test('S45 a password goes to its own proxy only', () => {
  const network = through('http://ada:p%40ss%@proxy.double.test:3128');
  const asks = { isProxy: true, host: 'proxy.double.test', port: 3128 };
  expect(signInToProxy(asks, network)).toEqual({ name: 'ada', password: 'p%40ss%' });
  for (const another of [{ host: 'other' }, { port: 80 }, { isProxy: false }]) {
    expect(signInToProxy({ ...asks, ...another }, network)).toBeNull();
  }
  expect(signInToProxy(asks, through('http://proxy.double.test:3128'))).toBeNull();
});

test.each([
  ['is signed by a named authority', company.cert, 'net::ERR_CERT_AUTHORITY_INVALID', 0],
  ['is signed by another', other.cert, 'net::ERR_CERT_AUTHORITY_INVALID', -3],
  ['is refused for another reason', company.cert, 'net::ERR_CERT_REVOKED', -3],
  ['is good', other.cert, 'net::OK', -3],
])('a certificate that %s', (_, data, verificationResult, verdict) => {
  type Verify = NonNullable<Parameters<Electron.Session['setCertificateVerifyProc']>[0]>;
  let verify: Verify | null = null;
  const session = {
    setCertificateVerifyProc(given: Verify | null) {
      verify = given;
    },
  };
  vouchInUpdates(session, { proxy: null, named: [company.ca] }, fakeClock(Date.now()));
  const answers: number[] = [];
  const shown = { hostname: 'www.double.test', certificate: { data }, verificationResult } as Electron.Request;
  (verify as Verify | null)?.(shown, (answer) => answers.push(answer));
  expect(answers).toEqual([verdict]);
});
