import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The rows of the table in docs/security.md: their number, and the files and folders of tests that they name. */
const rows = [...readFileSync(join(root, 'docs/security.md'), 'utf8').matchAll(/^\| (S\d+) \|.*\| (.*) \|$/gm)].map(
  ([, row = '', cell = '']) => ({ row, tests: [...cell.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path) }),
);

/** The rows that begin the title of a test, or of a group of tests, in this file or in the files of this folder. */
function titled(path: string): string[] {
  const place = join(root, path);
  const files = statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name))
    : [place];
  return files
    .filter((file) => /\.(test|spec)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:\btest|\bdescribe|\))\(\s*['"`](S\d+) /g)])
    .map(([, row = '']) => row);
}

test('the table of docs/security.md has every row, in order', () => {
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 47 }, (_, index) => `S${index + 1}`));
});

test.each(rows)('$row has a test by its name in each place that the table names', ({ row, tests }) => {
  expect(tests).not.toEqual([]);
  for (const path of tests) expect(titled(path), path).toContain(row);
});

test('no test is named after a row that there is not', () => {
  const known = new Set(rows.map(({ row }) => row));
  expect(titled('test').filter((row) => !known.has(row))).toEqual([]);
});
