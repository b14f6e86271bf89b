import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../build/app.ts';
import { configuration } from '../../build/package/config.ts';
import { identity } from '../../build/package/identity.ts';
import { desktopEntry, desktopFile } from '../../build/package/linux/desktop-entry.ts';

const folder = join(root, 'build', 'package', 'linux');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'));
const config = configuration({ built: 'out', output: 'dist', repository: null });

test.each(scripts)('%s is a shell script that every sh reads', (name) => {
  const ran = spawnSync('sh', ['-n', join(folder, name)], { encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  // electron-builder takes ${letters} for a macro of its own when it makes the rpm.
  expect(text(name)).not.toMatch(/\$\{[a-zA-Z]+\}/);
});

test('the rpm is made of the scripts and the profile that the deb is made of', () => {
  expect(scripts.sort()).toEqual(['after-install.sh', 'after-remove.sh', 'before-remove.sh']);
  expect(config.rpm).toMatchObject({
    afterInstall: join(folder, 'after-install.sh'),
    afterRemove: join(folder, 'after-remove.sh'),
    appArmorProfile: join(folder, 'apparmor-profile'),
    fpm: ['--before-remove', join(folder, 'before-remove.sh')],
  });
});

test('the desktop entry has what the specification asks for', () => {
  const [head, ...lines] = desktopFile().trimEnd().split('\n');
  expect(head).toBe('[Desktop Entry]');
  const entry = Object.fromEntries(lines.map((line) => line.split(/=(.*)/).slice(0, 2) as [string, string]));
  expect(Object.keys(entry).length).toBe(lines.length);
  expect(entry).toMatchObject({ Type: 'Application', Name: 'Mooring', Icon: 'mooring', Terminal: 'false' });
  // %U and its like are the only things with a percent sign in a command.
  expect(entry['Exec']).toBe('/opt/Mooring/mooring %U');
  for (const list of ['Categories', 'Keywords']) expect(entry[list]).toMatch(/^([A-Za-z]+;)+$/);
  // Main categories of the menu specification; without one the entry lands under “Other”.
  expect(entry['Categories']?.split(';')).toContain('Office');
  // A window belongs to the entry whose name is Electron's app id, which comes from the manifest.
  const { desktopName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { desktopName: string };
  expect(`${desktopEntry.StartupWMClass}.desktop`).toBe(desktopName);
});

test('the AppArmor profile is attached to the installed executable and allows user namespaces', () => {
  const profile = text('apparmor-profile').replaceAll(/^\s*#.*$/gm, '');
  const parts =
    /^\s*abi <abi\/4\.0>,\s+include <tunables\/global>\s+profile (\S+) (\S+) flags=\(unconfined\) \{([^}]*)\}\s*$/.exec(
      profile,
    );
  expect(parts?.[1]).toBe(identity.command);
  expect(parts?.[2]).toBe(`${identity.folder}/${identity.command}`);
  expect(parts?.[3]).toMatch(/^\s+userns,$/m);
});

const hasParser = spawnSync('apparmor_parser', ['--version']).status === 0;
test.runIf(hasParser)('AppArmor itself takes the profile (where apparmor_parser is installed)', () => {
  const ran = spawnSync('apparmor_parser', ['-Q', '--skip-cache', join(folder, 'apparmor-profile')], {
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
});

test('the paths in the scripts and the profile are where the packages put the app', () => {
  expect(identity.folder).toBe(`/opt/${config.productName}`);
  for (const name of [...scripts, 'apparmor-profile']) {
    const paths = text(name).match(/\/opt\/[A-Za-z]+(\/mooring)?/g) ?? [];
    for (const path of paths) expect(path.startsWith(identity.folder)).toBe(true);
  }
});

test('debconf’s question has a default of no', () => {
  const fields = Object.fromEntries(
    text('templates')
      .split(/\n(?=\S)/)
      .map((field) => field.split(/: (.*)/s).slice(0, 2) as [string, string]),
  );
  expect(fields).toMatchObject({ Template: 'mooring/remove-data', Type: 'boolean', Default: 'false' });
  expect(fields['Description']?.split('\n')[0]).toMatch(/\?$/);
});

test('the uninstaller for Windows asks, with no as its default, before it removes anything', () => {
  const macro = readFileSync(join(root, 'build/package/windows/installer.nsh'), 'utf8').replaceAll(/^\s*;.*$/gm, '');
  expect(config.nsis).toMatchObject({ perMachine: false, deleteAppDataOnUninstall: false });
  expect(macro).toMatch(/!macro customUnInstall\n\s+\$\{ifNot\} \$\{isUpdated\}/);
  const question = /MessageBox (\S+) "Remove your data too\?[^"]*" IDNO \+2/.exec(macro);
  expect(question?.[1]?.split('|')).toContain('MB_DEFBUTTON2');
  expect(macro.match(/--purge/g)?.length).toBe(1);
  expect(macro).toContain(`ExecWait '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" --purge'`);
  // What the app cannot remove goes only behind a purge that went well.
  expect(macro).toMatch(/\$R1 != 0[^§]*\$\{else\}\s+RMDir \/r "\$APPDATA\\Mooring"/);
  expect(macro.match(/RMDir/g)?.length).toBe(1);
});
