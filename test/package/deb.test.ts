import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { root as repository } from '../../build/app.ts';
import { buildDeb } from '../../build/package/linux/deb.ts';
import { hasDebian, makeScratchRoot, person, type ScratchRoot } from './scratch-root.ts';

const scripts = join(repository, 'build', 'package', 'linux');
const text = (path: string) => readFileSync(path, 'utf8');
const mode = (path: string) => (lstatSync(path).mode & 0o7777).toString(8);

describe.runIf(hasDebian)('the package for Debian (on systems with dpkg and debconf)', () => {
  const { tree, record } = inject('packed');
  const folder = mkdtempSync(join(tmpdir(), 'mooring-deb-test-'));
  chmodSync(folder, 0o755);
  const make = (version: string, output = join(folder, 'debs')) =>
    buildDeb({
      unpacked: tree,
      version,
      arch: process.arch === 'arm64' ? 'arm64' : 'x64',
      description: 'A private mirror',
      homepage: null,
      sourceDateEpoch: 1_700_000_000,
      output,
    });
  let older: string;
  let deb: string;
  beforeAll(() => {
    older = make('1.0.0-rc.1');
    deb = make('1.0.0');
  });

  let root: ScratchRoot;
  /** What the packaged app was called with, and by whom. */
  const calls = () => text(record).trim();
  beforeEach(() => {
    root = makeScratchRoot(join(folder, 'root'));
    writeFileSync(record, '');
    chmodSync(record, 0o666);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const install = (file = deb) => {
    const ran = root.dpkg(['--install', file]);
    expect(ran.status, ran.said).toBe(0);
  };
  const remove = (env: NodeJS.ProcessEnv = {}, how = '--remove') => {
    const ran = root.dpkg([how, 'mooring'], env);
    expect(ran.status, ran.said).toBe(0);
    return ran.said;
  };
  const preseed = (answer: boolean) => {
    const line = `mooring mooring/remove-data boolean ${answer}\n`;
    expect(root.run('debconf-set-selections', [], {}, line).status).toBe(0);
  };
  const purged = () => new RegExp(`^${person} \\S+ unix:path=/run/user/\\d+/bus --purge --ozone-platform=headless`);

  test('belongs to root, and nobody else may write to it', () => {
    const lines = dpkgDeb('--contents', deb).trim().split('\n');
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !/^[d-]rwxr-xr-x root\/root |^-rw-r--r-- root\/root /.test(line))).toEqual([]);
    expect(lines.some((line) => line.endsWith(' ./opt/Mooring/mooring'))).toBe(true);
  });

  test('knows where newer versions are, and what it is: it announces them, and the package manager installs them', () => {
    const stage = join(folder, 'contents');
    dpkgDeb('--extract', deb, stage);
    const resource = (name: string) => text(join(stage, 'opt/Mooring/resources', name));
    expect(resource('package-type')).toBe('deb');
    expect(resource('app-update.yml')).toBe(text(join(tree, 'resources', 'app-update.yml')));
    // The tree is the AppImage's as well, which is no deb.
    expect(existsSync(join(tree, 'resources', 'package-type'))).toBe(false);
  });

  test('names what it needs, and a pre-release sorts before its release', () => {
    const field = (name: string, of = deb) => dpkgDeb('--field', of, name).trim();
    expect(field('Package')).toBe('mooring');
    expect(field('Architecture')).toBe(process.arch === 'arm64' ? 'arm64' : 'amd64');
    expect(field('Depends')).toContain('libsecret-1-0');
    const compared = spawnSync('dpkg', ['--compare-versions', field('Version', older), 'lt', field('Version')]);
    expect(compared.status).toBe(0);
  });

  test('is the same file when it is made twice', () => {
    const again = make('1.0.0', join(folder, 'again'));
    expect(sha256(again)).toBe(sha256(deb));
  });

  test('installs the app, its command and its entry in the menu', () => {
    install();
    expect(mode(root.path('opt/Mooring/mooring'))).toBe('755');
    expect(readlinkSync(root.path('usr/bin/mooring'))).toBe('/opt/Mooring/mooring');
    expect(existsSync(root.path('usr/share/applications/mooring.desktop'))).toBe(true);
    expect(existsSync(root.path('usr/share/icons/hicolor/128x128/apps/mooring.png'))).toBe(true);
    // Starting at log-in is the person's to choose, in the app.
    expect(existsSync(root.path('etc/xdg/autostart'))).toBe(false);
    const sums = spawnSync('md5sum', ['--check', '--quiet', root.path('var/lib/dpkg/info/mooring.md5sums')], {
      cwd: root.path(),
    });
    expect(sums.status).toBe(0);
  });

  test('lets the sandbox make user namespaces where AppArmor knows of them, and leaves an older AppArmor alone', () => {
    install();
    expect(existsSync(root.path('etc/apparmor.d/mooring'))).toBe(false);
    remove();
    mkdirSync(root.path('etc/apparmor.d/abi'), { recursive: true });
    writeFileSync(root.path('etc/apparmor.d/abi/4.0'), '');
    install();
    expect(text(root.path('etc/apparmor.d/mooring'))).toBe(text(join(scripts, 'apparmor-profile')));
    expect(mode(root.path('etc/apparmor.d/mooring'))).toBe('644');
    remove();
    expect(existsSync(root.path('etc/apparmor.d/mooring'))).toBe(false);
  });

  test.each([
    ['everybody may make user namespaces', { 'self/ns/user': '', 'sys/user/max_user_namespaces': '63000' }, '755'],
    ['the kernel has none', {}, '4755'],
    ['none may be made', { 'self/ns/user': '', 'sys/user/max_user_namespaces': '0' }, '4755'],
    ['only root may make them', { 'self/ns/user': '', 'sys/kernel/unprivileged_userns_clone': '0' }, '4755'],
  ])('gives the sandbox’s helper its mode where %s', (_where, proc, expected) => {
    for (const [name, content] of Object.entries(proc)) {
      mkdirSync(join(root.path('proc', name), '..'), { recursive: true });
      writeFileSync(root.path('proc', name), `${content}\n`);
    }
    install();
    expect(mode(root.path('opt/Mooring/chrome-sandbox'))).toBe(expected);
  });

  test('removal leaves the data when nobody says otherwise', () => {
    install();
    const said = remove({ SUDO_USER: person, DEBCONF_DEBUG: 'developer' });
    // Asked, at a priority that is shown to people; where nobody can be asked, the default is the answer.
    expect(said).toContain('INPUT high mooring/remove-data');
    expect(calls()).toBe('');
    expect(existsSync(root.path('opt/Mooring'))).toBe(false);
    expect(lstatSync(root.path('usr/bin/mooring'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('removal has the app remove the data, as the person who removes, when the answer is yes', () => {
    install();
    preseed(true);
    remove({ SUDO_USER: person });
    expect(calls()).toMatch(purged());
    // One answer is for one removal.
    writeFileSync(record, '');
    install();
    remove({ SUDO_USER: person });
    expect(calls()).toBe('');
  });

  test('removal by pkexec, and by a script that says MOORING_PURGE=1', () => {
    const uid = spawnSync('id', ['-u', person], { encoding: 'utf8' }).stdout.trim();
    install();
    remove({ PKEXEC_UID: uid, MOORING_PURGE: '1' });
    expect(calls()).toMatch(purged());
  });

  test('a plain no is a no', () => {
    install();
    preseed(false);
    remove({ SUDO_USER: person });
    expect(calls()).toBe('');
  });

  test('an upgrade asks nothing and removes nothing', () => {
    install(older);
    preseed(true);
    const ran = root.dpkg(['--install', deb], { SUDO_USER: person, MOORING_PURGE: '1' });
    expect(ran.status, ran.said).toBe(0);
    expect(calls()).toBe('');
    expect(readlinkSync(root.path('usr/bin/mooring'))).toBe('/opt/Mooring/mooring');
  });

  test.runIf(process.getuid?.() === 0)('a removal by root itself keeps the data, and says so (needs root)', () => {
    install();
    expect(remove({ MOORING_PURGE: '1' })).toContain('not by a person');
    expect(calls()).toBe('');
  });

  test('a removal goes on when the data cannot be removed, and says so', () => {
    install();
    writeFileSync(root.path('opt/Mooring/mooring'), '#!/bin/sh\nexit 3\n');
    const said = remove({ SUDO_USER: person, MOORING_PURGE: '1' });
    expect(said).toContain('not all of the data could be removed');
    expect(existsSync(root.path('opt/Mooring'))).toBe(false);
  });

  test('purging asks as removing does, and forgets the question', () => {
    install();
    preseed(true);
    remove({ SUDO_USER: person }, '--purge');
    expect(calls()).toMatch(purged());
    expect(text(root.path('var/cache/debconf/config.dat'))).not.toContain('mooring/remove-data');
    expect(text(root.path('var/lib/dpkg/status'))).not.toContain('Package: mooring');
  });

  test('the same scripts serve the rpm, which counts versions', () => {
    install();
    const script = (name: string, count: string) => root.run('sh', [join(scripts, name), count], rpm);
    const rpm = { SUDO_USER: person, MOORING_PURGE: '1' };
    expect(script('before-remove.sh', '1').status).toBe(0);
    expect(script('after-remove.sh', '1').status).toBe(0);
    expect(calls()).toBe('');
    expect(existsSync(root.path('opt/Mooring/mooring'))).toBe(true);
    expect(readlinkSync(root.path('usr/bin/mooring'))).toBe('/opt/Mooring/mooring');
    expect(script('before-remove.sh', '0').status).toBe(0);
    expect(calls()).toMatch(purged());
    expect(script('after-remove.sh', '0').status).toBe(0);
    expect(lstatSync(root.path('usr/bin/mooring'), { throwIfNoEntry: false })).toBeUndefined();
    expect(script('after-install.sh', '1').status).toBe(0);
    expect(readlinkSync(root.path('usr/bin/mooring'))).toBe('/opt/Mooring/mooring');
  });

  const dpkgDeb = (...args: string[]) => {
    const ran = spawnSync('dpkg-deb', args, { encoding: 'utf8' });
    expect(ran.status, ran.stderr).toBe(0);
    return ran.stdout;
  };
});

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
