import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { StorageError } from './storage-error.ts';

/** A small file of ours, read whole and written whole. Both throw a {@link StorageError}. */
export interface JsonFile<T> {
  /**
   * What it holds; `empty` when it is missing, or damaged: a damaged file is set aside, not deleted. One that is there and
   * cannot be read is not taken for empty, because the next write would take its place.
   */
  read(): T;
  write(value: T): void;
}

/** Where a damaged file is put. */
export const setAside = (path: string): string => `${path}.damaged`;

/** Opens a JSON file with a schema. Nothing secret goes into one: secrets live in the keychain. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, empty: T): JsonFile<T> {
  return {
    read() {
      const text = onDisk(() => readIfThere(path));
      if (text === null) return empty;
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        onDisk(() => {
          rmSync(setAside(path), { force: true });
          renameSync(path, setAside(path));
        });
        return empty;
      }
    },
    write(value) {
      const text = `${JSON.stringify(schema.parse(value), null, 2)}\n`;
      onDisk(() => {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        // Written beside and renamed, so that a crash leaves the old file or the new one, never half of either.
        const beside = `${path}.new`;
        writeFileSync(beside, text, { mode: 0o600, flush: true });
        renameSync(beside, path);
      });
    },
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new StorageError(cause);
  }
}
