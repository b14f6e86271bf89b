import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { electronReleases } from './electron-releases.ts';
import { lockedNode } from './locked-node.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Entry {
  version: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  link?: boolean;
}
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> };
const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
const manifest = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('S20 Electron is one of the three majors that get security fixes', () => {
  const major = (version: string | undefined) => Number(/^\D*(\d+)\./.exec(version ?? '')?.[1]);
  expect(electronReleases.supported).toContain(major(manifest.devDependencies['electron']));
  expect(electronReleases.supported).toContain(major(lock.packages['node_modules/electron']?.version));
});

test('S23 every package in the lock file has a checksum, and comes from the registry', () => {
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
  // Without `resolved`, npm asks the registry it is set to, and compares the checksum.
  const elsewhere = ({ resolved, link }: Entry) =>
    link === true || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'));
  expect(entries.filter(([, entry]) => elsewhere(entry)).map(([path]) => path)).toEqual([]);
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter((range) => !/^[\^~]?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

test('S23 the packages that would run a script at their installation are known, and none of them may', () => {
  const withScript = entries.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  // keytar is compiled by build/compile-keytar.ts; electron-winstaller makes a kind of package that is not made here.
  expect(withScript.map(([path]) => nameOf(path)).sort()).toEqual(['electron-winstaller', 'keytar']);
  expect(settings(read('.npmrc'))).toEqual(['ignore-scripts=true']);
  expect(read('build/run.mjs')).toContain(`must('npm', ['ci', '--ignore-scripts', `);
});

test('S37 Node comes from locked packages of one version, and is the one whose checksums stand in build/', async () => {
  const { systems, version } = await lockedNode();
  const packages = Object.values(systems).map(({ folder }) => folder);
  const inLock = packages.filter((name) => !name.startsWith('.'));
  expect(manifest.optionalDependencies).toEqual(Object.fromEntries(inLock.map((name) => [name, version])));
  for (const name of inLock) {
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-/),
    });
  }
  // The package `node` fetches what it is by a script, past the lock file.
  expect(entries.map(([path]) => nameOf(path)).filter((name) => /^node(-bin-setup)?$/.test(name))).toEqual([]);
  // npm has none for a Mac at this version, and no headers for Windows.
  const missing = Object.entries(systems).flatMap(([name, system]) => (system.missing.length > 0 ? [name] : []));
  expect(missing.sort()).toEqual(['darwin-arm64', 'darwin-x64', 'win32-x64']);
  for (const { path, sha256 } of Object.values(systems).flatMap((system) => system.missing)) {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(path).toMatch(new RegExp(`^node-v${version}-(headers|darwin-(arm64|x64))\\.tar\\.gz$|^win-x64/node\\.lib$`));
  }
});

test.runIf(process.platform === 'linux')('S37 npm’s scripts and the tests run on the locked Node', async () => {
  const { systems, version } = await lockedNode();
  const folder = join(root, 'node_modules', systems[`${process.platform}-${process.arch}`]?.folder ?? '');
  expect(realpathSync(join(root, 'node_modules', '.bin', 'node'))).toBe(join(folder, 'bin', 'node'));
  expect(process.execPath).toBe(join(folder, 'bin', 'node'));
  expect(process.versions.node).toBe(version);
});

test('S23 the set-up installs from the lock file, and nothing else installs', () => {
  const tools = readdirSync(join(root, 'build'), { recursive: true, encoding: 'utf8' });
  const installing = tools
    .filter((path) => /\.(ts|mjs|sh)$/.test(path))
    .filter((path) => /['"`](install|i|add|ci|update)['"`]/.test(read(join('build', path))));
  expect(installing).toEqual(['run.mjs']);
  // `npm rebuild keytar` would run its script, which fetches it ready-made.
  const called = tools
    .filter((path) => /\.(ts|mjs)$/.test(path))
    .flatMap((path) => [...read(join('build', path)).matchAll(/['"`]npm['"`], \[['"`](\w+)/g)])
    .map(([, command]) => command);
  expect([...new Set(called)].sort()).toEqual(['ci', 'sbom']);
});

/** The settings in a file of npm's, without its comments. */
function settings(npmrc: string): string[] {
  return npmrc.split('\n').filter((line) => line.trim() !== '' && !/^\s*[#;]/.test(line));
}
