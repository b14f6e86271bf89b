import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extractFile, getRawHeader, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, inject, test } from 'vitest';
import { differingFuses, type EveryFuse, fuses } from '../../build/package/fuses.ts';
import { pack, repository } from './pack.ts';

describe('the packaged app', () => {
  const { tree, asar } = inject('packed');
  const files = listPackage(asar, { isPack: false })
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => !('files' in statFile(asar, path)));

  test('S13 every fuse in the executable is as the table says', async () => {
    const wire = await getCurrentFuseWire(join(tree, 'mooring'));
    const names = Object.keys(FuseV1Options).filter((key) => Number.isNaN(Number(key)));
    const read = names.map((name) => [name, wire[FuseV1Options[name as keyof typeof FuseV1Options]]]);
    const [off, on] = ['0'.charCodeAt(0), '1'.charCodeAt(0)];
    expect(Object.fromEntries(read)).toEqual({
      RunAsNode: off,
      EnableCookieEncryption: on,
      EnableNodeOptionsEnvironmentVariable: off,
      EnableNodeCliInspectArguments: off,
      EnableEmbeddedAsarIntegrityValidation: on,
      OnlyLoadAppFromAsar: on,
      LoadBrowserProcessSpecificV8Snapshot: off,
      GrantFileProtocolExtraPrivileges: off,
      WasmTrapHandlers: on,
    });
    expect(await differingFuses(join(tree, 'mooring'))).toEqual([]);
  });

  test('S13 packaging sees a fuse that is not as the table says', async () => {
    const mooring = join(tree, 'mooring');
    await flipFuses(mooring, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: true });
    expect(await differingFuses(mooring)).toEqual(['RunAsNode']);
    await flipFuses(mooring, fuses);
    expect(await differingFuses(mooring)).toEqual([]);
  });

  test('S13 a fuse that nobody has decided does not compile', () => {
    const { [FuseV1Options.RunAsNode]: _undecided, ...others } = fuses;
    // @ts-expect-error One fuse is missing.
    const table: EveryFuse = others;
    expect(table).not.toHaveProperty(String(FuseV1Options.RunAsNode));
  });

  test('S14 app.asar holds the built app, its pictures and two native modules, and nothing else', () => {
    const allowed = [
      /^package\.json$/,
      /^resources\/tray\/[\w@.-]+\.png$/,
      /^out\/main\/(index|daemon|keychain)\.js$/,
      // Loaded later: a name, and the hash of what is in it.
      /^out\/main\/[\w-]+-[\w-]{8}\.js$/,
      /^out\/preload\/index\.cjs$/,
      /^out\/renderer\/index\.html$/,
      /^out\/renderer\/assets\/[\w-]+\.(js|css|svg)$/,
      /^node_modules\/better-sqlite3\/(package\.json|LICENSE|prebuilds\/linux-(x64|arm64)\.node)$/,
      /^node_modules\/better-sqlite3\/lib\/(binding|database|index|sqlite-error|util)\.js$/,
      /^node_modules\/better-sqlite3\/lib\/methods\/[a-z]+\.js$/,
      /^node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js|build\/Release\/keytar\.node)$/,
    ];
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
    // An allow-list holds of an empty archive too.
    for (const file of [
      'package.json',
      'out/main/index.js',
      'out/main/daemon.js',
      'out/main/keychain.js',
      'out/preload/index.cjs',
    ]) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => file.startsWith('resources/tray/')).length).toBeGreaterThan(0);
  });

  test('S14 what is packed of each dependency is known', () => {
    const packages = files
      .map((file) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
      .filter((name) => name !== undefined);
    expect([...new Set(packages)].sort()).toEqual(['better-sqlite3', 'keytar']);
  });

  test('S14 the manifest in the package has no scripts and no tools', () => {
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString('utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'mooring', main: 'out/main/index.js', desktopName: 'mooring.desktop' });
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest['optionalDependencies']).toBeNull();
  });

  test('S14 only native modules lie outside the archive, and nothing in it is executable', () => {
    const unpacked = files.filter((file) => (statFile(asar, file) as { unpacked?: boolean }).unpacked === true);
    expect(unpacked.sort()).toEqual([
      `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
      'node_modules/keytar/build/Release/keytar.node',
    ]);
    expect(below(`${asar}.unpacked`).sort()).toEqual(unpacked);
    const executable = files.filter((file) => (statFile(asar, file) as { executable?: boolean }).executable === true);
    expect(executable.filter((file) => !unpacked.includes(file))).toEqual([]);
  });

  test('S14 no packed file carries a source map, an environment or a private key', () => {
    expect(files.filter((file) => /\.(map|ts|tsx|env|pem|key)$|(^|\/)\.env/.test(file))).toEqual([]);
    for (const file of files.filter((each) => /^out\/.*\.c?js$/.test(each))) {
      const text = extractFile(asar, file).toString('utf8');
      expect(text.includes('sourceMappingURL='), `${file} points to a source map`).toBe(false);
      expect(/-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]{40}/.test(text), `${file} holds a key`).toBe(false);
    }
  });

  test('S14 beside Electron’s own files the tree holds app.asar and what is unpacked of it', () => {
    expect(readdirSync(join(tree, 'resources')).sort()).toEqual(['app-update.yml', 'app.asar', 'app.asar.unpacked']);
    expect(existsSync(join(tree, 'resources', 'default_app.asar'))).toBe(false);
  });

  test('the tree says where updates are, and nothing but that', () => {
    const [owner, repo] = repository.split('/');
    const lines = readFileSync(join(tree, 'resources', 'app-update.yml'), 'utf8')
      .trim()
      .split('\n')
      .sort();
    const said = [`owner: ${owner}`, 'provider: github', `repo: ${repo}`, 'updaterCacheDirName: mooring-updater'];
    expect(lines).toEqual(said);
  });

  test('two builds of one commit make the same app.asar', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mooring-again-'));
    try {
      const again = await pack(folder);
      // The header first: it names the file that differs.
      expect(getRawHeader(again.asar).headerString).toBe(getRawHeader(asar).headerString);
      expect(sha256(again.asar)).toBe(sha256(asar));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The files below a folder, relative to it. */
function below(folder: string, top = folder): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? below(path, top) : [relative(top, path)];
  });
}
