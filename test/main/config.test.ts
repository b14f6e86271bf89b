import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readClientFile } from '../../src/main/auth/client.ts';
import { discover, realGoogle } from '../../src/main/auth/provider.ts';
import { splitCommand } from '../../src/main/setup/command.ts';
import { ConfigError, forgetConfiguration, readConfig } from '../../src/main/setup/config.ts';
import { startGoogle } from '../google/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installed = { client_id: 'id.apps.googleusercontent.com', client_secret: 'GOCSPX-secret' };

test('nothing set means the real Google, and a client to ask for', () => {
  expect(readConfig({}, false)).toMatchObject({
    issuer: 'https://accounts.google.com',
    apiRoot: null,
    client: null,
    clientProblem: null,
  });
});

test.each([
  ['http://accounts.google.com'],
  ['http://127.0.0.1.evil.example'],
  ['http://user:password@127.0.0.1:1'],
  ['ftp://127.0.0.1'],
  ['not an address'],
])('the issuer %s is refused with the name of the variable', (issuer) => {
  expect(() => readConfig({ MOORING_GOOGLE_ISSUER: issuer }, false)).toThrow(/MOORING_GOOGLE_ISSUER: must be/);
});

test.each(['http://127.0.0.1:4010', 'http://[::1]:4010', 'http://localhost:4010', 'https://idp.example'])(
  'the issuer %s is accepted',
  (issuer) => {
    expect(readConfig({ MOORING_GOOGLE_ISSUER: issuer }, false).issuer).toBe(issuer);
  },
);

test('a variable that is set to nothing is not set', () => {
  const names = ['GOOGLE_ISSUER', 'GOOGLE_API_ROOT', 'CLIENT_FILE', 'CLIENT_ID', 'CLIENT_SECRET', 'HOME', 'BROWSER'];
  const empty = Object.fromEntries([...names, 'SYNC_SECONDS'].map((name) => [`MOORING_${name}`, '']));
  for (const isPackaged of [false, true]) expect(readConfig(empty, isPackaged)).toEqual(readConfig({}, isPackaged));
});

test('half a client is refused', () => {
  expect(() => readConfig({ MOORING_CLIENT_ID: 'id' }, false)).toThrow(ConfigError);
});

test('a client file is read; one that is missing is a problem to show, not a crash', () => {
  const path = join(folder, 'client_secret_1.json');
  writeFileSync(path, JSON.stringify({ installed }));
  expect(readConfig({ MOORING_CLIENT_FILE: path }, false).client).toEqual({
    id: installed.client_id,
    secret: installed.client_secret,
  });
  expect(readConfig({ MOORING_CLIENT_FILE: join(folder, 'missing.json') }, false)).toMatchObject({
    client: null,
    clientProblem: { code: 'ENOENT' },
  });
});

test.each([
  ['{"installed":', 'client-file-damaged'],
  ['[]', 'client-file-unknown'],
  ['{}', 'client-file-unknown'],
  [JSON.stringify({ web: installed }), 'client-file-web'],
  [JSON.stringify({ type: 'service_account', private_key: 'x' }), 'client-file-service-account'],
  [JSON.stringify({ installed: { client_id: 'id' } }), 'client-file-without-secret'],
])('the client file %s is refused with a sentence of its own', (text, code) => {
  expect(readClientFile(text)).toMatchObject({ ok: false, problem: { code } });
});

test('a client file with a byte-order mark is still one', () => {
  expect(readClientFile(`\uFEFF${JSON.stringify({ installed })}`).ok).toBe(true);
});

test('S26 the real Google’s tokens are sent to no other API than Google’s', () => {
  expect(() => readConfig({ MOORING_GOOGLE_API_ROOT: 'https://api.example' }, false)).toThrow(ConfigError);
  const double = { MOORING_GOOGLE_ISSUER: 'http://127.0.0.1:1', MOORING_GOOGLE_API_ROOT: 'http://127.0.0.1:1' };
  expect(readConfig(double, false)).toMatchObject({ issuer: 'http://127.0.0.1:1', apiRoot: 'http://127.0.0.1:1' });
});

describe('S26 an installed app', () => {
  const google = { issuer: 'https://accounts.google.com', apiRoot: null };
  const codes = (environment: Record<string, string>) => readConfig(environment, true).refused.map(({ code }) => code);

  test('takes its data folder and its client file from the environment', () => {
    const path = join(folder, 'client_secret_2.json');
    writeFileSync(path, JSON.stringify({ installed }));
    const config = readConfig({ MOORING_HOME: '/home/ada/mooring', MOORING_CLIENT_FILE: path }, true);
    expect(config).toMatchObject({ home: '/home/ada/mooring', client: { id: installed.client_id }, refused: [] });
  });

  test.each([
    ['MOORING_GOOGLE_ISSUER', 'https://idp.example'],
    ['MOORING_GOOGLE_ISSUER', 'https://127.0.0.1.evil.example'],
    ['MOORING_GOOGLE_ISSUER', 'not an address'],
    ['MOORING_GOOGLE_API_ROOT', 'https://api.example'],
    ['MOORING_GOOGLE_API_ROOT', 'http://127.0.0.1:4010'],
    ['MOORING_BROWSER', '/tmp/evil'],
    ['MOORING_CLIENT_ID', 'an-id-of-its-own'],
    ['MOORING_CLIENT_SECRET', 'a-secret-of-its-own'],
    ['MOORING_GOOGLE_CONTROL', 'http://127.0.0.1:4010'],
    ['MOORING_GOOGLE_CONTROL_KEY', 'a-key-of-its-own'],
    ['MOORING_SYNC_SECONDS', '0.001'],
  ])('leaves %s=%s aside, and says so', (name, value) => {
    const config = readConfig({ [name]: value }, true);
    expect(config).toMatchObject({ ...google, browser: null, client: null, control: null, syncSeconds: null });
    expect(config.refused).toEqual([{ code: `refused-${name}`, sentence: expect.stringContaining(name) as string }]);
    // What it was set to may be a secret, or a stranger's words.
    expect(config.refused[0]!.sentence).not.toContain(value);
  });

  test('can be tried on a double of this computer, but not half', () => {
    const double = { MOORING_GOOGLE_ISSUER: 'http://127.0.0.1:1', MOORING_GOOGLE_API_ROOT: 'http://127.0.0.1:2' };
    expect(readConfig(double, true)).toMatchObject({
      issuer: 'http://127.0.0.1:1',
      apiRoot: 'http://127.0.0.1:2',
      refused: [],
    });
    const half = { ...double, MOORING_GOOGLE_API_ROOT: 'https://api.example' };
    expect(readConfig(half, true)).toMatchObject(google);
    expect(codes(half)).toHaveLength(2);
  });
});

test('children inherit nothing of the configuration', () => {
  const environment: Record<string, string | undefined> = {
    MOORING_CLIENT_SECRET: 'x',
    MOORING_GOOGLE_CONTROL_KEY: 'x',
    PATH: '/bin',
  };
  forgetConfiguration(environment);
  expect(environment).toEqual({ PATH: '/bin' });
});

test('discovery reads the document, and refuses that of another issuer', async () => {
  const google = await startGoogle({ events: 0 });
  expect(await discover(fetch, google.issuer)).toMatchObject({ issuer: google.issuer, issuerInCallback: true });
  await expect(discover(fetch, google.issuer.replace('127.0.0.1', 'localhost'))).rejects.toThrow(
    /did not describe itself/,
  );
  google.control.breakEndpoint('discovery', { kind: 'html' });
  await expect(discover(fetch, google.issuer)).rejects.toThrow(/did not describe itself/);
  await google.close();
});

test('what is built in for the real Google is complete', () => {
  for (const url of Object.values(realGoogle)) if (typeof url === 'string') expect(url).toMatch(/^https:\/\//);
});

test('a browser command is split at spaces, with quotes for paths', () => {
  expect(splitCommand('"/opt/my browser/run" --new  -x')).toEqual(['/opt/my browser/run', '--new', '-x']);
});
