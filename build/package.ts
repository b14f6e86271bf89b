import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arch, build, type CliOptions, type Configuration, Platform } from 'electron-builder';
import { z } from 'zod';
import { buildApp, root } from './app.ts';
import { configuration, type PackageOptions } from './package/config.ts';
import { buildDeb } from './package/linux/deb.ts';

// `npm run package`: builds the app and packs it for this computer's system, below dist/. `-- --dir` stops at the unpacked
// app. Electron and electron-builder's tools are downloaded, so it needs a network.

const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
const linux = (target: string) => Platform.LINUX.createTarget(target, Arch[arch]);
const windows = (...targets: string[]) => Platform.WINDOWS.createTarget(targets, Arch[arch]);
const mac = (...targets: string[]) => Platform.MAC.createTarget(targets, Arch.universal);

/** Packs a built app into an unpacked tree for this system; answers its folder. Every package is made of such a tree. */
export async function packTree(options: PackageOptions): Promise<string> {
  const config = configuration(options);
  switch (process.platform) {
    case 'linux':
      await run({ targets: linux('dir') }, config);
      return join(options.output, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
    case 'darwin':
      await run({ targets: mac('dir') }, config);
      return join(options.output, 'mac-universal');
    case 'win32':
      await run({ targets: windows('dir') }, config);
      return join(options.output, arch === 'x64' ? 'win-unpacked' : `win-${arch}-unpacked`);
    default:
      throw new Error(`Mooring is not packaged on ${process.platform}.`);
  }
}

async function packAll(options: PackageOptions): Promise<void> {
  switch (process.platform) {
    case 'linux':
      return await packForLinux(options);
    case 'darwin':
      return await run({ targets: mac('dmg', 'zip') }, configuration(options));
    case 'win32':
      return await packForWindows(options);
    default:
      throw new Error(`Mooring is not packaged on ${process.platform}.`);
  }
}

async function packForLinux(options: PackageOptions): Promise<void> {
  const prepackaged = await packTree(options);
  const Manifest = z.object({ version: z.string(), description: z.string() });
  const { version, description } = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const homepage = options.repository === null ? null : `https://github.com/${options.repository}`;
  const sourceDateEpoch = lastChange();
  buildDeb({ unpacked: prepackaged, version, arch, description, homepage, sourceDateEpoch, output: options.output });
  await run({ targets: linux('AppImage'), prepackaged }, configuration(options));
  if (homepage === null) {
    say('no rpm is made, because an rpm names the address of its project: set GITHUB_REPOSITORY=owner/name.');
  } else {
    // Made last, and with nothing to publish: what electron-builder writes for it would replace latest-linux.yml, which is
    // the AppImage's, and what the package is must not stand in the AppImage.
    writeFileSync(join(prepackaged, 'resources', 'package-type'), 'rpm');
    await run({ targets: linux('rpm'), prepackaged }, { ...configuration(options), publish: null });
  }
}

async function packForWindows(options: PackageOptions): Promise<void> {
  const prepackaged = await packTree(options);
  await run({ targets: windows('nsis'), prepackaged }, configuration(options));
  // Last, and with nothing to publish, as the rpm: an app that an administrator has rolled out is not to fetch the other
  // kind of installer by itself.
  writeFileSync(join(prepackaged, 'resources', 'package-type'), 'msi');
  await run({ targets: windows('msi'), prepackaged }, { ...configuration(options), publish: null });
}

/** Nothing is uploaded from here: the release workflow does that, once the packages of all systems are there. */
async function run(cli: CliOptions, config: Configuration): Promise<void> {
  await build({ ...cli, projectDir: root, publish: 'never', config });
}

/** When the source was last changed, in epoch seconds: https://reproducible-builds.org/docs/source-date-epoch/ */
function lastChange(): number {
  const given = process.env['SOURCE_DATE_EPOCH'];
  const asked = given ?? spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).stdout;
  const seconds = Number.parseInt(asked, 10);
  if (Number.isNaN(seconds)) throw new Error('This is no Git checkout, so SOURCE_DATE_EPOCH has to say how old it is.');
  return seconds;
}

function say(text: string): void {
  process.stderr.write(`mooring: ${text}\n`);
}

if (import.meta.main) {
  // A secret that is not set reaches a workflow's step as an empty string, which electron-builder takes for a certificate.
  for (const name of ['CSC_LINK', 'CSC_KEY_PASSWORD', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER', 'WIN_CSC_LINK']) {
    if (process.env[name] === '') delete process.env[name];
  }
  buildApp();
  const repository = process.env['GITHUB_REPOSITORY'] || null;
  const options: PackageOptions = { built: join(root, 'out'), output: join(root, 'dist'), repository };
  if (process.argv.includes('--dir')) say(`the app is in ${await packTree(options)}`);
  else await packAll(options);
}
