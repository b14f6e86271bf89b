import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { programFile } from '../../src/main/background/autostart.ts';
import { autostartFile } from '../../src/main/shell/autostart-file.ts';

const own = '/opt/Mooring/mooring';
const mounted = '/tmp/.mount_Moor1';
const mounts = [
  'sysfs /sys sysfs rw 0 0',
  `Mooring.AppImage ${mounted} fuse.Mooring.AppImage ro,nosuid 0 0`,
  'x /tmp/with\\040blank fuse ro 0 0',
  '/dev/sda1 /opt ext4 rw 0 0',
].join('\n');

test.each([
  ['an empty mount, which every path begins with', { APPIMAGE: '/tmp/evil', APPDIR: '' }, own],
  ['the root', { APPIMAGE: '/tmp/evil', APPDIR: '/' }, own],
  ['a folder that this program happens to be in', { APPIMAGE: '/tmp/evil', APPDIR: '/opt/Mooring' }, own],
  ['a disk that it happens to be on', { APPIMAGE: '/tmp/evil', APPDIR: '/opt' }, own],
  ['a file that is named by no whole path', { APPIMAGE: 'evil', APPDIR: mounted }, `${mounted}/mooring`],
  ['no file', { APPIMAGE: '', APPDIR: mounted }, `${mounted}/mooring`],
])('S36 %s has no other program started at login', (_what, environment, executable) => {
  expect(programFile(environment, executable, mounts)).toBe(executable);
});

test('S36 an AppImage that is mounted is started by its file', () => {
  const APPIMAGE = '/home/ada/Mooring.AppImage';
  expect(programFile({ APPIMAGE, APPDIR: mounted }, `${mounted}/mooring`, mounts)).toBe(APPIMAGE);
  expect(programFile({ APPIMAGE, APPDIR: '/tmp/with blank' }, '/tmp/with blank/mooring', mounts)).toBe(APPIMAGE);
});

let home = '';
let mask = 0;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mooring-login-'));
  mask = process.umask(0);
});
afterEach(() => {
  process.umask(mask);
  rmSync(home, { recursive: true, force: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test.runIf(process.platform === 'linux')('S36 nobody else can write to the autostart file, whatever the umask', () => {
  const file = join(home, 'config', 'autostart', 'mooring.desktop');
  autostartFile(file, () => [own]).set(true);
  expect([file, dirname(file)].map(modeOf)).toEqual(['644', '700']);
});

test.runIf(process.platform === 'linux')('S36 one that was open to all is closed, and a link is not followed', () => {
  const file = join(home, 'mooring.desktop');
  const item = autostartFile(file, () => [own]);
  writeFileSync(file, 'old');
  chmodSync(file, 0o666);
  item.set(true);
  expect(modeOf(file)).toBe('644');
  expect(readFileSync(file, 'utf8')).toContain(`Exec="${own}"`);
  mkdirSync(join(home, 'theirs'));
  writeFileSync(join(home, 'theirs', 'file'), 'theirs');
  rmSync(file);
  for (const name of [file, `${file}.new`]) symlinkSync(join(home, 'theirs', 'file'), name);
  item.set(true);
  expect(readFileSync(join(home, 'theirs', 'file'), 'utf8')).toBe('theirs');
  expect(item.isOn()).toBe(true);
});
