import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { root } from '../../build/app.ts';
import { packTree } from '../../build/package.ts';

const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
const archive = `electron-v${version}-linux-${process.arch}.zip`;

/** The end of an empty archive, which is all of it: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.16 */
const forged = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);
const sums = `${createHash('sha256').update(forged).digest('hex')} *${archive}\n`;

const folder = mkdtempSync(join(tmpdir(), 'mooring-electron-'));
const asked: string[] = [];
/** Sends another Electron, and the checksum that fits it. */
const server = createServer(({ url = '' }, response) => {
  asked.push(url);
  response.end(url.endsWith('/SHASUMS256.txt') ? sums : forged);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

test('S37 an Electron whose checksum is not in the lock file’s package is not packed, whatever its server says', async () => {
  const built = join(folder, 'out');
  mkdirSync(built);
  const packing = packTree({ built, output: join(folder, 'dist'), repository: null });
  await expect(packing).rejects.toThrow(`Generated checksum for "${archive}" did not match expected checksum.`);
  expect(asked).toEqual([`/v${version}/${archive}`]);
});
