import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { holdFile } from '../../src/main/held-file.ts';
import { jsonFile } from '../../src/main/json-file.ts';
import { StorageError, storageCode } from '../../src/main/storage-error.ts';

const home = mkdtempSync(join(tmpdir(), 'mooring-held-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const numberIn = (name: string) => jsonFile(join(home, name), z.number(), 0);

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['EROFS', 'read-only'],
  ['EIO', 'disk-trouble'],
  [undefined, 'disk-trouble'],
] as const)('%s is %s', (code, meant) => {
  expect(storageCode(Object.assign(new Error('no'), { code }))).toBe(meant);
});

test('S40 what cannot be written does not hold; what has come true holds, and is written when it can be', () => {
  const held = holdFile(numberIn('value'));
  held.write(1);
  mkdirSync(join(home, 'value.new'));
  expect(() => held.write(2)).toThrow(StorageError);
  expect(held.read()).toBe(1);
  expect(held.trouble()).toBeNull();
  held.note(3);
  expect(held.read()).toBe(3);
  expect(held.trouble()?.code).toBe('disk-trouble');
  expect(numberIn('value').read()).toBe(1);
  rmSync(join(home, 'value.new'), { recursive: true });
  held.save();
  expect(held.trouble()).toBeNull();
  expect(numberIn('value').read()).toBe(3);
});

test('S40 a file that is there and cannot be read is not taken for empty, and keeps what it holds', () => {
  mkdirSync(join(home, 'folder'));
  expect(() => numberIn('folder').read()).toThrow(StorageError);
});

test('a damaged file that cannot be set aside is not written over', () => {
  writeFileSync(join(home, 'damaged'), '{');
  mkdirSync(join(home, 'damaged.damaged', 'full'), { recursive: true });
  expect(() => holdFile(numberIn('damaged'))).toThrow(StorageError);
});
