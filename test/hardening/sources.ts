import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const folder = join(import.meta.dirname, '../../src');

/** Every source file of the app, by its path below `src`. */
export const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(folder, path), 'utf8') }));

/** Where this stands in the app's sources; one path for each time. */
export const standing = (words: RegExp): string[] =>
  sources.flatMap(({ path, text }) => [...text.matchAll(words)].map(() => path));
