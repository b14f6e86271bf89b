import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { afterAll, expect, test } from 'vitest';
import { allAuthorities, namedAuthorities } from '../../src/http/authorities.ts';
import { makeAuthority } from '../network/authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-authorities-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [one, two] = [makeAuthority(['a.test']).ca.trim(), makeAuthority(['b.test']).ca.trim()];

function write(text: string): string {
  const file = join(folder, 'authorities.pem');
  writeFileSync(file, text);
  return file;
}

test('every certificate in the file that is named is an authority, whatever else stands there', () => {
  expect(namedAuthorities(write(`# Company\n${one}\r\n\nsubject: two\n${two}`))).toEqual([one, two]);
  expect(namedAuthorities(undefined)).toEqual([]);
});

test('a file that is not there or has none is said, and costs nothing else', () => {
  expect(namedAuthorities(join(folder, 'none'))).toBeNull();
  expect(namedAuthorities(write('nothing'))).toBeNull();
});

test('S46 what is named comes beside what Node and the system trust', () => {
  const all = allAuthorities([one]);
  expect(all).toContain(one);
  for (const source of ['bundled', 'system'] as const) {
    for (const each of getCACertificates(source)) expect(all).toContain(each);
  }
});
