import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { z } from 'zod';
import { root } from '../app.ts';
import { compileKeytar, keytarFolder } from '../compile-keytar.ts';
import { setFuses } from './fuses.ts';
import { identity } from './identity.ts';
import { desktopEntry } from './linux/desktop-entry.ts';
import { nativeFiles } from './native-modules.ts';

/** What differs between a release and a trial of packaging. */
export interface PackageOptions {
  /** The folder that electron-vite has built into. */
  readonly built: string;
  /** Where packages are put. */
  readonly output: string;
  /** `owner/name` on GitHub, where releases are published; null packages an app that does not look for updates. */
  readonly repository: string | null;
  /** An unpacked Electron to be used in place of a download. */
  readonly electronDist?: string;
}

const here = (path: string) => join(import.meta.dirname, path);
const icons = join(root, 'build', 'icons');

/**
 * electron-builder's configuration. Each option is as https://www.electron.build/docs/configuration describes it for
 * 26.17; secrets (certificates, notarisation) reach it by the environment variables named there and are nowhere here.
 */
export function configuration({ built, output, repository, electronDist }: PackageOptions): Configuration {
  const [owner = '', repo = ''] = repository?.split('/') ?? [];
  return {
    appId: identity.appId,
    productName: identity.product,
    copyright: `Copyright © ${identity.maintainer}`,
    directories: { output, buildResources: join(root, 'build') },
    ...(electronDist !== undefined && { electronDist }),
    electronDownload: { checksums: electronChecksums() },
    extraMetadata: {
      // Node for the tools; of itself electron-builder leaves out devDependencies only.
      optionalDependencies: null,
      // rpm needs an address of the project; without a repository there is none.
      ...(repository !== null && { homepage: `https://github.com/${repository}` }),
    },
    artifactName: '${productName}-${version}-${arch}.${ext}',
    // The older AppImage tools write --no-sandbox into the desktop entry, for everybody. These add it only where user
    // namespaces are forbidden; the deb and the rpm need it nowhere.
    toolsets: { appimage: '1.0.3' },
    asar: true,
    // An allow-list. Without patterns for node_modules electron-builder would add every production dependency; those are
    // in out/ already, bundled.
    files: [
      'package.json',
      'resources/**',
      { from: built, to: 'out', filter: ['main/**/*.js', 'preload/*.cjs', 'renderer/**/*.{html,js,css,svg,png}'] },
    ],
    asarUnpack: ['**/*.node'],
    // Answers that node_modules are taken care of: nothing is installed, rebuilt or collected. The two processors of a Mac
    // are packed on one; elsewhere keytar is as the set-up has compiled it.
    beforeBuild: async ({ platform, arch }) => {
      if (platform.nodeName === 'darwin') compileKeytar(keytarFolder, arch);
      return false;
    },
    afterPack: setFuses,
    publish: repository === null ? null : { provider: 'github', owner, repo },
    mac: {
      files: nativeFiles.mac,
      category: 'public.app-category.productivity',
      icon: join(icons, 'icon.icns'),
      target: ['dmg', 'zip'],
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: here('mac/entitlements.plist'),
      entitlementsInherit: here('mac/entitlements.plist'),
      // Notarised wherever the environment has the credentials for it.
      notarize: true,
      // Binaries that both halves of a universal app have, unjoined.
      x64ArchFiles: '**/better-sqlite3/prebuilds/darwin-*.node',
    },
    win: {
      files: nativeFiles.win,
      icon: join(icons, 'icon.ico'),
      target: ['nsis', 'msi'],
    },
    nsis: {
      oneClick: true,
      perMachine: false,
      // The uninstaller asks, and the app itself removes its data: it knows its keychain entries, and a script does not.
      deleteAppDataOnUninstall: false,
      include: here('windows/installer.nsh'),
    },
    msi: { oneClick: true, perMachine: false },
    linux: {
      files: nativeFiles.linux,
      executableName: identity.command,
      icon: join(icons, 'png'),
      category: desktopEntry.Categories,
      maintainer: identity.maintainer,
      syncDesktopName: true,
      desktop: { entry: { ...desktopEntry } },
    },
    rpm: {
      packageName: identity.command,
      afterInstall: here('linux/after-install.sh'),
      afterRemove: here('linux/after-remove.sh'),
      appArmorProfile: here('linux/apparmor-profile'),
      fpm: ['--before-remove', here('linux/before-remove.sh')],
    },
  };
}

/**
 * SHA-256 of each of Electron's archives, as the npm package `electron` has them, which is in the lock file. Without them
 * electron-builder would ask the server that sends the archive what its checksum is.
 */
function electronChecksums(): Record<string, string> {
  const file = join(root, 'node_modules', 'electron', 'checksums.json');
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
}
