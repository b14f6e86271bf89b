import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allow } from './browser.ts';
import { findLeaks } from './leaks.ts';
import { expect, test } from './test.ts';
import { beginSignIn } from './world.ts';

const secret = '1//0gExample/refresh+token~of-no-one';

const base64 = (encoding: 'base64' | 'base64url', before: string) =>
  Buffer.from(`${before}${secret} and more`).toString(encoding);
const planted: Readonly<Record<string, string | Buffer>> = {
  'as it is': `{"token":"${secret}"}`,
  'in a URL': `https://example.invalid/?token=${encodeURIComponent(secret)}`,
  'in a form': new URLSearchParams({ token: secret }).toString(),
  'in base64, at the first offset': base64('base64', 'abc'),
  'in base64, at the second offset': base64('base64', 'abcd'),
  'in base64, at the third offset': base64('base64', 'abcde'),
  'in base64 for URLs': base64('base64url', 'abcd'),
  'in UTF-16': Buffer.from(`"${secret}"`, 'utf16le'),
};

for (const [name, content] of Object.entries(planted)) {
  test(`a secret ${name} is found in a file`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'mooring-leaks-'));
    mkdirSync(join(folder, 'deep', 'inside'), { recursive: true });
    const leak = join(folder, 'deep', 'inside', 'leak');
    writeFileSync(leak, content);
    writeFileSync(join(folder, 'clean'), 'nothing of note');
    try {
      expect(findLeaks([secret], { folders: [folder], files: [], texts: {} })).toEqual([leak]);
      expect(findLeaks([secret], { folders: [], files: [leak, join(folder, 'clean')], texts: {} })).toEqual([leak]);
      expect(findLeaks(['another secret'], { folders: [folder], files: [leak], texts: {} })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('a secret in a text is found, and named by its place', () => {
  const texts = { output: 'all is well', page: `<p>${secret}</p>` };
  expect(findLeaks([secret], { folders: [], files: [], texts })).toEqual(['page']);
});

test('a sign-in under way shows no secret, neither to the system nor to the window', async ({ world }) => {
  const { app, window } = await world.launch();
  const { control } = world.google;
  const page = await beginSignIn(world, window);
  const hold = control.hold('token');
  // Not awaited yet: a press is over when its page has come, and that page waits for the exchange.
  const allowed = allow(page, 'Ada Lovelace');
  await hold.arrived;
  expect(await world.leaks()).toEqual([]);

  // The browser's command carries what belongs to the attempt, and none of what proves it.
  const [address] = world.browser.opened;
  expect([...new URL(address!).searchParams.keys()]).toEqual(
    expect.arrayContaining(['state', 'nonce', 'code_challenge', 'redirect_uri', 'client_id']),
  );
  const [exchange] = control.requests({ endpoint: 'token' });
  const { code, code_verifier: verifier } = exchange!.form;
  hold.release();
  await allowed;
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  const secrets = await world.secrets();
  expect(secrets).toEqual(expect.arrayContaining([code, verifier, world.google.clientSecret]));
  // The exchange was bound to a key, and the key is looked for as well.
  expect(exchange!.headers).toHaveProperty('dpop');
  expect(secrets.length).toBe(control.secretsIssued().length + 1);
  expect(await world.leaks()).toEqual([]);

  // The places were not empty: what was searched for secrets holds what it should.
  const { texts } = await world.places();
  expect(texts['page']).toContain('ada.lovelace@gmail.com');
  expect(texts['process arguments']).toContain(app.host === 'electron' ? '--type=utility' : 'daemon.js');
  expect(readFileSync(join(world.home, 'logs', 'mooring.log'), 'utf8')).toContain('sign-in: sign-in ended: connected');
  if (app.host === 'stand-in') {
    const lines = texts['trace']!.trim().split('\n');
    const channels = lines.map((line) => (JSON.parse(line) as { channel: string }).channel);
    expect(channels).toEqual(expect.arrayContaining(['mooring:signIn', 'mooring:state', 'mooring:getAgenda']));
  } else {
    process.stdout.write('skipped on Electron: what the stand-in traced between renderer and main\n');
  }
});
