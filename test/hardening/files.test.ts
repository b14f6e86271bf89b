import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { appResponder } from '../../src/main/shell/app-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-app-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ui = join(folder, 'renderer');
mkdirSync(join(ui, 'assets'), { recursive: true });
mkdirSync(join(folder, 'main'));
const own: Readonly<Record<string, { text: string; type: string }>> = {
  'index.html': { text: '<!doctype html>', type: 'text/html; charset=utf-8' },
  'assets/index.js': { text: 'export {}', type: 'text/javascript; charset=utf-8' },
  'assets/index.css': { text: 'body {}', type: 'text/css; charset=utf-8' },
  'assets/odd.name': { text: 'odd', type: 'application/octet-stream' },
};
for (const [path, { text }] of Object.entries(own)) writeFileSync(join(ui, path), text);
writeFileSync(join(folder, 'main', 'index.js'), 'secret');
writeFileSync(join(folder, 'secret.txt'), 'secret');
symlinkSync(join(folder, 'secret.txt'), join(ui, 'link.txt'));
symlinkSync(join(folder, 'main'), join(ui, 'linked'));

const answer = appResponder(ui);

/** What the responder reads of a request. `Request` itself would rewrite, or refuse, much of what is tried here. */
const ask = (url: string, method = 'GET') => answer({ url, method } as Request);

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
};

test('S3 every answer carries the policy, and refusals do too', async () => {
  for (const [path, { type }] of Object.entries(own)) {
    const { status, headers: sent } = await ask(`app://ui/${path}`);
    expect([status, Object.fromEntries(sent)]).toEqual([200, { ...headers, 'content-type': type }]);
  }
  for (const refused of [await ask('app://ui/none'), await ask('app://ui/index.html', 'POST')]) {
    expect(Object.fromEntries(refused.headers)).toEqual(headers);
  }
});

test('S4 a file of the package is served, and HEAD without its content', async () => {
  for (const [path, { text }] of Object.entries(own)) {
    expect(await (await ask(`app://ui/${path}`)).text()).toBe(text);
    expect(await (await ask(`app://ui/${path}?query#fragment`)).text()).toBe(text);
    const head = await ask(`app://ui/${path}`, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  }
});

test.each([
  'app://ui/../main/index.js',
  'app://ui/../secret.txt',
  'app://ui/assets/../../secret.txt',
  'app://ui/..%2fsecret.txt',
  'app://ui/..%2Fmain%2Findex.js',
  'app://ui/%2e%2e/secret.txt',
  'app://ui/%2e%2e%2fsecret.txt',
  'app://ui/%252e%252e%252fsecret.txt',
  'app://ui/..%5csecret.txt',
  'app://ui/..\\secret.txt',
  'app://ui/assets\\index.js',
  'app://ui/....//secret.txt',
  'app://ui/..;/secret.txt',
  'app://ui/%c0%ae%c0%ae/secret.txt',
  'app://ui/%u002e%u002e/secret.txt',
  `app://ui/${join(folder, 'secret.txt')}`,
  `app://ui//${join(folder, 'secret.txt')}`,
  `app://ui/${encodeURIComponent(join(folder, 'secret.txt'))}`,
  'app://ui/file:///etc/hostname',
  'app://ui//etc/hostname',
  'app://ui/C:/Windows/win.ini',
  'app://ui/%00',
  'app://ui/index.html%00.js',
  'app://ui/index.html%20',
  'app://ui/index.html.',
  'app://ui/index.html::$DATA',
  'app://ui/INDEX.HTML',
  'app://ui/index%2ehtml',
  'app://ui/index.html/',
  'app://ui//index.html',
  'app://ui/assets',
  'app://ui/assets/',
  'app://ui/',
  'app://ui',
  'app://ui/link.txt',
  'app://ui/linked/index.js',
  'app://ui/__proto__',
  'app://ui/constructor',
  'app://main/index.html',
  'app://ui.evil.example/index.html',
  'app://ui:80/index.html',
  'app://ui@evil.example/index.html',
  'app://evil@ui/index.html',
  'app://:secret@ui/index.html',
  'app:///index.html',
  'app:index.html',
  'https://ui/index.html',
  'file:///index.html',
  'ui/index.html',
  '',
])('S4 a path that climbs out or is written otherwise leads nowhere: %j', async (url) => {
  const { status, body } = await ask(url);
  expect([status, body]).toEqual([404, null]);
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'TRACE', 'get', ''])(
  'S4 nothing but GET and HEAD is answered: %j',
  async (method) => {
    expect((await ask('app://ui/index.html', method)).status).toBe(405);
  },
);

test('S4 a file that came later is not on the list', async () => {
  writeFileSync(join(ui, 'planted.html'), 'planted');
  expect((await ask('app://ui/planted.html')).status).toBe(404);
});

test('S4 whatever is asked for, the answer is a file of the package or nothing', async () => {
  const texts = Object.values(own).map(({ text }) => text);
  const piece = fc.oneof(
    fc.constantFrom('..', '.', '/', '\\', '%2f', '%2e', '%5c', '%00', '%', '//', '@', ':', '?', '#', ';', 'secret.txt'),
    fc.constantFrom('index.html', 'assets', 'index.js', 'main', 'linked', 'link.txt', folder, 'ui', 'app://ui'),
    fc.string({ unit: 'binary' }),
  );
  const address = fc
    .tuple(fc.constantFrom('app://ui/', 'app://ui', 'app://', 'app:', ''), fc.array(piece, { maxLength: 8 }))
    .map(([start, pieces]) => start + pieces.join(''));
  await fc.assert(
    fc.asyncProperty(address, async (url) => {
      const { status, body } = await ask(url);
      const text = await new Response(body).text();
      expect(status === 200 ? texts.includes(text) : text === '').toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
