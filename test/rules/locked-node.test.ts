import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lockedNode } from './locked-node.ts';

const { fetchMissing } = await lockedNode();
const folder = mkdtempSync(join(tmpdir(), 'mooring-node-'));
const home = join(folder, 'home');
const served = new Map<string, Buffer>();
const server = createServer(({ url = '' }, response) => {
  const bytes = served.get(url);
  response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
});
let source = '';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const library = Buffer.from('what modules are linked to');

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  mkdirSync(join(folder, 'node-v1', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'node-v1', 'bin', 'node'), 'a program', { mode: 0o755 });
  expect(spawnSync('tar', ['-czf', 'node.tar.gz', 'node-v1'], { cwd: folder }).status).toBe(0);
  served.set('/node-v1.tar.gz', readFileSync(join(folder, 'node.tar.gz')));
  served.set('/win/node.lib', library);
});

beforeEach(() => rmSync(home, { recursive: true, force: true }));

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

test('S37 what npm lacks of Node is put where it belongs if its checksum is the one in the repository', async () => {
  const archive = { path: 'node-v1.tar.gz', sha256: sha256(readFileSync(join(folder, 'node.tar.gz'))) };
  const lib = { path: 'win/node.lib', sha256: sha256(library), target: 'Release/node.lib' };
  await fetchMissing([archive, lib], source, home);
  expect(readFileSync(join(home, 'bin', 'node'), 'utf8')).toBe('a program');
  expect(readFileSync(join(home, 'Release', 'node.lib'))).toEqual(library);
});

test.each(['node-v1.tar.gz', 'win/node.lib'])(
  'S37 %s with another checksum is refused, and leaves nothing',
  async (path) => {
    const file = { path, sha256: sha256(Buffer.from('another')), ...(path.endsWith('.lib') && { target: 'node.lib' }) };
    await expect(fetchMissing([file], source, home)).rejects.toThrow(/has the SHA-256 [0-9a-f]{64} in place of/);
    expect(existsSync(home)).toBe(false);
  },
);

test('S37 an error’s page is not taken for a file', async () => {
  const nothing = { path: 'gone', sha256: sha256(Buffer.alloc(0)), target: 'gone' };
  await expect(fetchMissing([nothing], source, home)).rejects.toThrow(/answered 404/);
  expect(existsSync(home)).toBe(false);
});
