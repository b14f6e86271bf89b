import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { electronExecutable } from '../test/electron/executable.ts';
import { root } from './app.ts';

// `npm run sbom`: writes dist/mooring.cdx.json, the list of what ships in CycloneDX: https://cyclonedx.org/docs/1.5/json/

const Component = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() });
type Component = z.infer<typeof Component>;

const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: Component }),
  components: z.array(Component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
export type Bom = z.infer<typeof Bom>;

/** Dependencies of the native modules by which they are compiled or fetched; none of it is packed. */
const atInstallOnly = ['node-addon-api', 'prebuild-install'];

/**
 * Of all that is installed, what the app's own dependencies need, and Electron with what is in it.
 * @throws {Error} npm cannot list what is installed.
 */
export function makeSbom(): Bom {
  const manifest = z
    .object({ name: z.string(), dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new Error(`npm sbom failed:\n${npm.stderr}`);
  const all = Bom.parse(JSON.parse(npm.stdout));
  const shipped = only(all, Object.keys(manifest.dependencies));
  const app = { ...all.metadata.component, name: manifest.name, type: 'application' };
  const runtime = electronComponents();
  return {
    ...all,
    metadata: { ...all.metadata, component: app },
    components: [...shipped.components, ...runtime],
    dependencies: [
      ...shipped.dependencies.map(({ ref, dependsOn }) =>
        ref === app['bom-ref'] ? { ref, dependsOn: [...dependsOn, runtime[0]?.['bom-ref'] ?? ''] } : { ref, dependsOn },
      ),
      ...runtime.map(({ 'bom-ref': ref }, index) => ({
        ref,
        dependsOn: index === 0 ? runtime.slice(1).map((part) => part['bom-ref']) : [],
      })),
    ],
  };
}

/**
 * What can be reached from the app through the named dependencies. npm has `--omit dev` for this, which also leaves out
 * what both the app and a tool need, google-auth-library for one: https://github.com/npm/cli/issues/7909
 */
function only(bom: Bom, names: readonly string[]): Pick<Bom, 'components' | 'dependencies'> {
  const byRef = new Map(bom.components.map((component) => [component['bom-ref'], component]));
  const edges = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const app = bom.metadata.component['bom-ref'];
  const next = (ref: string): string[] =>
    (edges.get(ref) ?? []).filter((to) => {
      const name = byRef.get(to)?.name ?? '';
      return ref === app ? names.includes(name) : !atInstallOnly.includes(name);
    });
  const reached = new Set([app]);
  for (const ref of reached) for (const to of next(ref)) reached.add(to);
  return {
    components: bom.components.filter((component) => reached.has(component['bom-ref'])),
    dependencies: [...reached].map((ref) => ({ ref, dependsOn: next(ref) })),
  };
}

/** Electron first, then what its executable says it is made of; where that is not installed, Electron alone. */
function electronComponents(): Component[] {
  const folder = join(root, 'node_modules', 'electron');
  const { version } = z.object({ version: z.string() }).parse(readJson(join(folder, 'package.json')));
  // What Electron's installer compares its downloads with.
  const sums = z.record(z.string(), z.string()).parse(readJson(join(folder, 'checksums.json')));
  const address = `https://github.com/electron/electron/releases/download/v${version}/`;
  const electron = {
    'bom-ref': `electron@${version}`,
    type: 'framework',
    name: 'electron',
    version,
    purl: `pkg:github/electron/electron@v${version}`,
    licenses: [{ license: { id: 'MIT' } }],
    externalReferences: ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'].map((platform) => {
      const file = `electron-v${version}-${platform}.zip`;
      return { type: 'distribution', url: address + file, hashes: [{ alg: 'SHA-256', content: sums[file] }] };
    }),
  };
  const executable = electronExecutable();
  if (executable === null) return [electron];
  const asked = spawnSync(executable, ['-p', 'JSON.stringify(process.versions)'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const inside = z.object({ chrome: z.string(), node: z.string(), v8: z.string() }).parse(JSON.parse(asked.stdout));
  const part = (name: string, of: string, purl: string): Component => ({
    'bom-ref': `${name}@${of}`,
    type: 'framework',
    name,
    version: of,
    purl,
  });
  return [
    electron,
    part('chromium', inside.chrome, `pkg:generic/chromium@${inside.chrome}`),
    part('node', inside.node, `pkg:github/nodejs/node@v${inside.node}`),
    part('v8', inside.v8, `pkg:generic/v8@${inside.v8}`),
  ];
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

if (import.meta.main) {
  const file = join(root, 'dist', 'mooring.cdx.json');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(makeSbom(), null, 2)}\n`);
  process.stdout.write(`${file}\n`);
}
