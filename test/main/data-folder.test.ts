import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openMirror } from '../../src/daemon/services.ts';
import { removeData } from '../../src/main/purge/remove-data.ts';
import { ConfigError } from '../../src/main/setup/config.ts';
import {
  canonicalFolder,
  claimFolder,
  isOwnFolder,
  registrationsIn,
  removalRefusal,
} from '../../src/main/setup/data-folder.ts';

let place = '';
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'mooring-folder-')));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const named = () => join(place, 'home');
const all = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

/** Files of the person's own, by names that Mooring uses as well. */
function writeTheirs(folder: string): string[] {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  for (const name of ['settings.json', 'client.json', 'logs/thesis.log']) writeFileSync(join(folder, name), 'theirs');
  return ['client.json', 'logs', 'logs/thesis.log', 'settings.json'];
}

test('S35 a folder that holds something by a name that Mooring uses is refused, and nothing in it changed', () => {
  const theirs = writeTheirs(named());
  expect(() => claimFolder(named())).toThrow(ConfigError);
  expect(() => claimFolder(named())).toThrow(/Nothing was changed\. Name an empty folder/);
  expect(all(named())).toEqual(theirs);
  expect(readFileSync(join(named(), 'settings.json'), 'utf8')).toBe('theirs');
  expect(removalRefusal(named(), false)).toContain('not made by Mooring');
});

test('S35 a new folder, an empty one, and one with other files are marked, and left without a trace', () => {
  claimFolder(named());
  expect(isOwnFolder(named())).toBe(true);
  expect(removalRefusal(named(), false)).toBeNull();
  removeData(named(), false);
  expect(existsSync(named())).toBe(false);
  mkdirSync(named());
  writeFileSync(join(named(), 'thesis.odt'), 'theirs');
  claimFolder(named());
  // A second start is as welcome as the first.
  claimFolder(named());
  removeData(named(), false);
  expect(all(named())).toEqual(['thesis.odt']);
});

test('S35 the folder of a version that left no mark is known by its mirror', () => {
  mkdirSync(named());
  writeFileSync(join(named(), 'accounts.json'), '[]');
  openMirror(join(named(), 'mirror.sqlite')).close();
  claimFolder(named());
  expect(removalRefusal(named(), false)).toBeNull();
});

test('S35 what goes is what Mooring wrote, by name: in the log’s folder, and in those of other registrations', () => {
  claimFolder(named());
  const registration = join('registrations', '0123456789abcdef');
  for (const folder of ['logs', 'electron', join(registration, 'mine'), 'registrations/mine']) {
    mkdirSync(join(named(), folder), { recursive: true });
  }
  const ours = [
    'accounts.json',
    'accounts.json.damaged',
    'mirror.sqlite-wal',
    'logs/mooring.log',
    'logs/mooring.log.1',
  ];
  const theirs = [
    'logs/thesis.log',
    'accounts.jsonx',
    `${registration}/mine/accounts.json`,
    'registrations/mine/accounts.json',
  ];
  for (const name of [...ours, `${registration}/accounts.json`, 'electron/Cookies', ...theirs]) {
    writeFileSync(join(named(), name), 'x');
  }
  removeData(named(), false);
  expect(all(named()).filter((name) => /\.(log|json|jsonx)$/.test(name))).toEqual(theirs.toSorted());
  expect(existsSync(join(named(), 'electron'))).toBe(false);
  expect(existsSync(join(named(), 'mooring.json'))).toBe(false);
});

test('S35 a link is refused, and none is followed', () => {
  const target = join(place, 'target');
  claimFolder(target);
  writeFileSync(join(target, 'accounts.json'), 'x');
  symlinkSync(target, named());
  expect(removalRefusal(named(), false)).toContain('is a link');
  expect(removalRefusal(`${named()}/`, false)).toContain('is a link');
  expect(removalRefusal(named(), true)).toContain('is a link');
  rmSync(named());
  claimFolder(named());
  for (const name of ['logs', 'electron', 'registrations', 'mirror.sqlite']) symlinkSync(target, join(named(), name));
  writeFileSync(join(target, 'mooring.log'), 'x');
  removeData(named(), false);
  expect(all(target)).toEqual(['accounts.json', 'mooring.json', 'mooring.log']);
});

test('S35 the folders of other registrations are those that Mooring made, and no link', () => {
  expect(registrationsIn(named())).toEqual([]);
  const parent = join(named(), 'registrations');
  for (const name of ['0123456789abcdef', 'mine', '0123456789ABCDEF']) {
    mkdirSync(join(parent, name), { recursive: true });
  }
  writeFileSync(join(parent, 'fedcba9876543210'), '');
  symlinkSync(place, join(parent, 'aaaaaaaaaaaaaaaa'));
  expect(registrationsIn(named())).toEqual([join(parent, '0123456789abcdef')]);
  mkdirSync(join(place, 'other'));
  symlinkSync(parent, join(place, 'other', 'registrations'));
  expect(registrationsIn(join(place, 'other'))).toEqual([]);
});

test('S35 a folder that cannot be made is a sentence', () => {
  writeFileSync(join(place, 'file'), '');
  const folder = join(place, 'file', 'home');
  expect(() => claimFolder(folder)).toThrow(ConfigError);
  expect(() => claimFolder(folder)).toThrow(/cannot be written to or read\. Nothing was changed\. .*MOORING_HOME\.$/);
  symlinkSync(join(place, 'round'), join(place, 'round'));
  expect(() => claimFolder(join(place, 'round', 'home'))).toThrow(ConfigError);
});

test.runIf(process.platform === 'linux')('S35 a folder on which no file can be made is a sentence', () => {
  // Nobody makes folders there, not even root, and Node's own mkdir with parents never comes back from there.
  expect(() => claimFolder('/proc/mooring')).toThrow(ConfigError);
});

test.runIf(process.platform !== 'win32')('S35 a folder that everybody can write to is refused', () => {
  mkdirSync(named());
  chmodSync(named(), 0o777);
  expect(() => claimFolder(named())).toThrow(/every user of this computer can write/);
  expect(all(named())).toEqual([]);
  chmodSync(named(), 0o775);
  claimFolder(named());
});

test('S35 a folder has one spelling, also before it is there', () => {
  symlinkSync(place, join(place, 'link'));
  const spellings = [`${named()}/`, join(place, '.', 'home'), `${place}//home/./`, join(place, 'link', 'home')];
  for (const spelling of spellings) expect(canonicalFolder(spelling)).toBe(named());
  claimFolder(named());
  for (const spelling of spellings) expect(canonicalFolder(spelling)).toBe(named());
});
