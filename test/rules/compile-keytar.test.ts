import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../build/app.ts';
import { keytarFolder } from '../../build/compile-keytar.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-keytar-'));
const asked: string[] = [];
/** Where every request of a compilation would go: it is named as the proxy, and as the place of headers and binaries. */
const network = createServer(({ url = '' }, response) => {
  asked.push(url);
  response.writeHead(404).end();
});
network.on('connect', ({ url = '' }, socket) => {
  asked.push(url);
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
});

beforeAll(async () => await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve)));

afterAll(async () => {
  await new Promise((resolve) => network.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** Compiles a copy of the source as npm brought it, with an environment that names other headers and another server. */
async function compile(name: string, path: string): Promise<{ code: number | null; output: string; copy: string }> {
  const copy = join(folder, name);
  cpSync(keytarFolder, copy, {
    recursive: true,
    filter: (file) => !(file.includes(keytarFolder) && basename(file) === 'build'),
  });
  const here = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
  const home = join(folder, 'home');
  const env = {
    ...(process.platform === 'win32' && process.env),
    ...{ PATH: path, HOME: home, USERPROFILE: home, http_proxy: here, https_proxy: here },
    ...{ npm_config_nodedir: join(folder, 'elsewhere'), npm_config_disturl: here, npm_config_keytar_binary_host: here },
  };
  const module = pathToFileURL(join(root, 'build', 'compile-keytar.ts')).href;
  const script = `(await import(${JSON.stringify(module)})).compileKeytar(${JSON.stringify(copy)}, process.arch)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output, copy };
}

test('S37 keytar is compiled from its locked source with the locked Node’s headers, and asks no server', async () => {
  const { code, output, copy } = await compile('whole', process.env['PATH'] ?? '');
  expect(code, output).toBe(0);
  expect(asked).toEqual([]);
  const { variables } = JSON.parse(readFileSync(join(copy, 'build', 'config.gypi'), 'utf8').replace(/^#.*\n/gm, ''));
  expect(variables.nodedir).toBe(dirname(dirname(process.execPath)));
  const binary = join(copy, 'build', 'Release', 'keytar.node');
  expect(createRequire(import.meta.url)(binary)).toMatchObject({ getPassword: expect.any(Function) });
}, 180_000);

test.runIf(process.platform === 'linux')(
  'S37 where a compiler is missing, the set-up says what to install',
  async () => {
    const { code, output, copy } = await compile('bare', join(folder, 'no-tools'));
    expect(code).not.toBe(0);
    expect(asked).toEqual([]);
    expect(existsSync(join(copy, 'build', 'Release', 'keytar.node'))).toBe(false);
    expect(output).toContain('keytar could not be compiled, so Mooring has no way to the keychain here');
    expect(output).toContain('apt-get install --no-install-recommends libsecret-1-dev g++ make python3');
  },
);
