import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { electronReleases } from './electron-releases.ts';

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
  allowScripts: Record<string, boolean>;
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
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter((range) => !/^[\^~]?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

test('S23 packages run a script at their installation only if package.json says so', () => {
  const withScript = entries.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = new Set(withScript.map(([path]) => nameOf(path)));
  expect([...names].filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
  // keytar is compiled; `node` fetches the executable of its platform's package.
  expect(allowed.sort()).toEqual(['keytar', 'node']);
});

test('S23 the set-up installs from the lock file, and nothing else installs', () => {
  const tools = readdirSync(join(root, 'build'), { recursive: true, encoding: 'utf8' });
  const installing = tools
    .filter((path) => /\.(ts|mjs|sh)$/.test(path))
    .filter((path) => /['"`](install|i|add|ci|update)['"`]/.test(read(join('build', path))));
  expect(installing).toEqual(['run.mjs']);
  expect(read('build/run.mjs')).toContain(`must('npm', ['ci', `);
  // A registry, a token or an allowance hidden in a file of npm's.
  expect(existsSync(join(root, '.npmrc'))).toBe(false);
});
