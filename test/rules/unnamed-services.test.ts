import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { services } from '../../src/contract/services.ts';

const source = join(import.meta.dirname, '../../src');
const names = Object.entries(services).flatMap(([id, { name }]) => [id, name]);
const naming = new RegExp(`\\b(${names.join('|')})s?\\b`, 'i');

/** Lines that name a service; an address that is cited names none. */
const linesThatName = (folder: string): string[] =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(join(source, folder, file), 'utf8')
        .split('\n')
        .map((line) => line.replaceAll(/https?:\/\/\S+/g, ''))
        .flatMap((line, at) => (naming.test(line) ? [`${folder}/${file}:${at + 1} ${line.trim()}`] : [])),
    );

test.each(['daemon/sync', 'daemon/google', 'daemon/store', 'daemon/export', 'main'])(
  'src/%s knows no service by its name',
  (folder) => {
    expect(linesThatName(folder)).toEqual([]);
  },
);

test('a line that does is found', () => {
  expect(linesThatName('daemon/calendar').length).toBeGreaterThan(0);
});
