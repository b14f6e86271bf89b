import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { allow } from './browser.ts';
import { findLeaks } from './leaks.ts';
import { expect, test } from './test.ts';
import { beginSignIn, openWorld, signIn } from './world.ts';

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
  test(`S17 a secret ${name} is found in a file`, () => {
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

test('S17 a secret in a text is found, and named by its place', () => {
  const texts = { output: 'all is well', page: `<p>${secret}</p>` };
  expect(findLeaks([secret], { folders: [], files: [], texts })).toEqual(['page']);
});

test('S17 a sign-in under way shows no secret, neither to the system nor to the window', async ({ world }) => {
  const { app, window } = await world.launch();
  const { control } = world.google;
  const page = await beginSignIn(world, window);
  const hold = control.hold('token');
  // Not awaited yet: a press is over when its page has come, and that page waits for the exchange.
  const allowed = allow(page, 'Ada Lovelace');
  await hold.arrived;
  expect(await world.leaks()).toEqual([]);

  // The browser's command, which every user of this computer can read, says nothing of the attempt.
  const asked = control.requests({ endpoint: 'authorize' })[0]!.query;
  const { texts: told } = await world.places();
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(asked[name]!.length).toBeGreaterThan(40);
    expect(told['process arguments']).not.toContain(asked[name]);
    expect(told['addresses opened in the browser']).not.toContain(asked[name]);
  }
  const redirect = new URL(asked['redirect_uri']!).pathname;
  expect(told['addresses opened in the browser']).not.toContain(redirect);
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
    expect(channels).toEqual(expect.arrayContaining(['mooring:signIn', 'mooring:state', 'mooring:ask']));
  } else {
    process.stdout.write('skipped on Electron: what the stand-in traced between renderer and main\n');
  }
});

test('S17 a secret is found in each kind of place', async ({ browser }) => {
  // A world of its own: the test’s would, rightly, complain of what is planted here.
  const world = await openWorld(browser);
  try {
    const { app, window: page } = await world.launch();
    await signIn(world, page);
    await expect(page.getByTestId('last-sync')).toHaveAttribute('data-at');
    const canary = world.google.clientSecret;
    expect(await world.leaks()).toEqual([]);
    const database = join(world.home, 'mirror.sqlite');
    const log = join(world.home, 'logs', 'mooring.log');
    const note = join(world.home, 'electron', 'deep', 'note');

    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, canary);
    expect(await world.leaks()).toEqual([note]);
    rmSync(note);

    const clean = readFileSync(log);
    appendFileSync(log, `Authorization: Basic ${Buffer.from(`client:${canary}`).toString('base64')}\n`);
    expect(await world.leaks()).toEqual([log]);
    writeFileSync(log, clean);

    const copy = new Database(database);
    copy.exec('CREATE TABLE canary (text TEXT)');
    copy.prepare('INSERT INTO canary VALUES (?)').run(canary);
    // In the database itself or in what has not been written back to it yet.
    expect((await world.leaks()).every((place) => place.startsWith(database))).toBe(true);
    expect(await world.leaks()).not.toEqual([]);
    copy.pragma('secure_delete = ON');
    copy.exec('DROP TABLE canary');
    copy.pragma('wal_checkpoint(TRUNCATE)');
    copy.close();
    await expect.poll(() => world.leaks()).toEqual([]);

    await page.evaluate((secret) => document.documentElement.append(new Comment(secret)), canary);
    expect(await world.leaks()).toEqual(['page']);
    await page.evaluate(() => document.documentElement.lastChild?.remove());
    expect(await world.leaks()).toEqual([]);

    const child = await app.evaluate((_electron, secret) => {
      const { spawn } = process.getBuiltinModule('node:child_process');
      return spawn('sh', ['-c', 'read line', secret], { stdio: ['pipe', 'ignore', 'ignore'] }).pid;
    }, canary);
    try {
      await expect.poll(() => world.leaks()).toEqual(['process arguments']);
    } finally {
      if (child !== undefined) process.kill(child);
    }

    await app.evaluate((_electron, secret) => void process.stdout.write(`${secret}\n`), canary);
    await expect.poll(() => world.leaks()).toEqual(['output', 'process arguments']);

    if (app.host !== 'stand-in')
      return void process.stdout.write('skipped on Electron: there is no trace of messages\n');
    await page.evaluate(
      (secret) => window.mooring.ask({ service: 'calendar', name: secret, accounts: [], params: null }),
      canary,
    );
    expect(await world.leaks()).toEqual(['trace', 'output', 'process arguments']);
  } finally {
    await world.close();
  }
});
