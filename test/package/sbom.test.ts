import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'electron-vite';
import type { Plugin } from 'vite';
import { expect, test } from 'vitest';
import { root } from '../../build/app.ts';
import { makeSbom } from '../../build/sbom.ts';

const bom = makeSbom();
const listed = bom.components.map(({ name, version }) => `${name}@${version}`);

test('S23 the bill of materials is CycloneDX, and its parts refer to each other', () => {
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.[5-9]$/) });
  expect(bom.metadata.component).toMatchObject({ name: 'mooring', type: 'application' });
  const refs = [bom.metadata.component, ...bom.components].map((component) => component['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
  for (const { dependsOn } of bom.dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
  for (const component of bom.components) expect(component).toMatchObject({ purl: expect.stringMatching(/^pkg:/) });
});

test('S23 it names Electron as it is downloaded, with the checksums the installer compares', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  const electron = bom.components.find(({ name }) => name === 'electron');
  expect(electron?.version).toBe(version);
  const files = electron?.['externalReferences'] as { url: string; hashes: { content: string }[] }[];
  expect(files.length).toBe(5);
  for (const { url, hashes } of files) {
    expect(url).toContain(`/v${version}/electron-v${version}-`);
    expect(hashes[0]?.content).toMatch(/^[0-9a-f]{64}$/);
  }
});

test('S23 whatever is bundled or packed is in it, and no tool is', async () => {
  const shipped = await bundledPackages();
  for (const name of ['better-sqlite3', 'keytar'])
    shipped.add(packageOf(join(root, 'node_modules', name, 'x.js')) ?? '');
  expect([...shipped].some((name) => name.startsWith('google-auth-library@'))).toBe(true);
  expect([...shipped].some((name) => name.startsWith('react-dom@'))).toBe(true);
  expect([...shipped].filter((name) => !listed.includes(name))).toEqual([]);
  for (const tool of ['vite@', 'vitest@', 'electron-builder@', 'typescript@', 'playwright@', 'prebuild-install@']) {
    expect(listed.filter((name) => name.startsWith(tool))).toEqual([]);
  }
});

/** The packages of which something is in what electron-vite builds, as name@version. */
async function bundledPackages(): Promise<Set<string>> {
  const found = new Set<string>();
  const collect: Plugin = {
    name: 'collect-packages',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const name = packageOf(id);
          if (name !== null) found.add(name);
        }
      }
    },
  };
  const outDir = mkdtempSync(join(tmpdir(), 'mooring-bundled-'));
  try {
    await build({ root, logLevel: 'silent', plugins: [collect], build: { outDir } });
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
  return found;
}

/** The package that a module belongs to: the nearest manifest that has a name, below node_modules. */
function packageOf(id: string): string | null {
  const path = id.replace(/^\0/, '').replace(/[?#].*$/, '');
  if (!path.includes('/node_modules/')) return null;
  for (let folder = dirname(path); !folder.endsWith('/node_modules'); folder = dirname(folder)) {
    const manifest = read(join(folder, 'package.json'));
    if (manifest?.name !== undefined && manifest.version !== undefined) return `${manifest.name}@${manifest.version}`;
  }
  return null;
}

function read(path: string): { name?: string; version?: string } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
  } catch {
    return null;
  }
}
