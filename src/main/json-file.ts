import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A small file of ours, read whole and written whole. */
export interface JsonFile<T> {
  /** What it holds; `empty` when it is missing, or damaged: a damaged file is set aside, not deleted. */
  read(): T;
  write(value: T): void;
}

/** Opens a JSON file with a schema. Nothing secret goes into one: secrets live in the keychain. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, empty: T): JsonFile<T> {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch {
        return empty;
      }
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        rmSync(`${path}.damaged`, { force: true });
        renameSync(path, `${path}.damaged`);
        return empty;
      }
    },
    write(value) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Written beside and renamed, so that a crash leaves the old file or the new one, never half of either.
      const beside = `${path}.new`;
      writeFileSync(beside, `${JSON.stringify(schema.parse(value), null, 2)}\n`, { mode: 0o600, flush: true });
      renameSync(beside, path);
    },
  };
}
