import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../../app.ts';
import { identity } from '../identity.ts';
import { desktopFile } from './desktop-entry.ts';

/** What Electron's executable is linked to or opens, and libsecret for keytar; electron-builder's own list. */
const depends = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libuuid1',
  'libsecret-1-0',
];

/** PNG files named 16x16.png and so on. */
const icons = join(root, 'build', 'icons', 'png');

export interface DebOptions {
  /** The app as electron-builder has packed it for Linux. */
  readonly unpacked: string;
  /** As in package.json. */
  readonly version: string;
  /** As Node calls it. */
  readonly arch: 'x64' | 'arm64';
  readonly description: string;
  readonly homepage: string | null;
  /** When the source was last changed, in epoch seconds; no file of the package is younger. */
  readonly sourceDateEpoch: number;
  /** The folder the package is put into. */
  readonly output: string;
}

/**
 * Makes the package for Debian and Ubuntu with dpkg-deb; answers its path. Not by electron-builder, whose fpm is a download
 * for which tests would need a network: this way the package that is released is made as the one that is tested.
 * @throws {Error} dpkg-deb is missing, or has refused.
 */
export function buildDeb(options: DebOptions): string {
  const stage = mkdtempSync(join(tmpdir(), 'mooring-deb-'));
  try {
    const app = join(stage, identity.folder);
    cpSync(options.unpacked, app, { recursive: true, verbatimSymlinks: true });
    const linux = (name: string) => join(import.meta.dirname, name);
    cpSync(linux('apparmor-profile'), join(app, 'resources', 'apparmor-profile'));
    // Of a newer version the app in it is to say only that it is there: electron-updater knows the package by this file.
    write(join(app, 'resources', 'package-type'), 'deb');
    write(join(stage, 'usr/share/applications', `${identity.command}.desktop`), desktopFile());
    write(join(stage, 'usr/share/doc', identity.command, 'copyright'), readFileSync(join(root, 'LICENSE')));
    for (const icon of readdirSync(icons)) {
      const folder = join(stage, 'usr/share/icons/hicolor', icon.replace(/\.png$/, ''), 'apps');
      write(join(folder, `${identity.command}.png`), readFileSync(join(icons, icon)));
    }
    const installed = tidy(stage);

    const debian = join(stage, 'DEBIAN');
    write(
      join(debian, 'control'),
      control(
        options,
        installed.reduce((sum, file) => sum + statSync(file).size, 0),
      ),
    );
    write(join(debian, 'md5sums'), installed.map((file) => `${md5(file)}  ${relative(stage, file)}\n`).join(''));
    write(join(debian, 'templates'), readFileSync(linux('templates')));
    write(join(debian, 'postinst'), readFileSync(linux('after-install.sh')), 0o755);
    write(join(debian, 'prerm'), readFileSync(linux('before-remove.sh')), 0o755);
    write(join(debian, 'postrm'), readFileSync(linux('after-remove.sh')), 0o755);

    mkdirSync(options.output, { recursive: true });
    const file = join(
      options.output,
      `${identity.command}_${debVersion(options.version)}_${debArch[options.arch]}.deb`,
    );
    const result = spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', stage, file], {
      encoding: 'utf8',
      env: { ...process.env, SOURCE_DATE_EPOCH: String(options.sourceDateEpoch) },
    });
    if (result.status !== 0) throw new Error(`dpkg-deb failed: ${result.error?.message ?? result.stderr}`);
    return file;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

const debArch = { x64: 'amd64', arm64: 'arm64' } as const;

/** A pre-release sorts before its release: deb-version(7) has a tilde for that. */
const debVersion = (version: string) => version.replaceAll('-', '~');

/** https://www.debian.org/doc/debian-policy/ch-controlfields.html */
function control({ version, arch, description, homepage }: DebOptions, bytes: number): string {
  return [
    `Package: ${identity.command}`,
    `Version: ${debVersion(version)}`,
    `Architecture: ${debArch[arch]}`,
    `Maintainer: ${identity.maintainer}`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    `Depends: ${depends.join(', ')}`,
    'Recommends: gnome-keyring | keepassxc | kwalletmanager',
    'Section: net',
    'Priority: optional',
    ...(homepage === null ? [] : [`Homepage: ${homepage}`]),
    `Description: ${description}`,
    '',
  ].join('\n');
}

/** Gives everything the mode it is installed with, whatever the umask was; answers the files, sorted. */
function tidy(folder: string): string[] {
  chmodSync(folder, 0o755);
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return tidy(path);
      chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
      return [path];
    });
}

function write(path: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
}

const md5 = (path: string) => createHash('md5').update(readFileSync(path)).digest('hex');
