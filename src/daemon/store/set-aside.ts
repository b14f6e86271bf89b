import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What SQLite keeps beside a database, then the database itself. In this order, because a companion that stayed behind
 * would be taken for the next file's own; a file whose companion went first is only a little older.
 */
const parts = ['-journal', '-wal', '-shm', ''] as const;

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Renames a closed database, with all that belongs to it, to `<path>.damaged-<YYYYMMDD-HHMMSS>` in UTC, or to that name
 * with a number behind it: nothing is overwritten. Answers the new path; null when there was nothing to rename.
 * @throws what the file system throws; everything is then back under its old name, as far as the file system lets it.
 */
export function setAside(path: string, now: number): string | null {
  const target = freeName(`${path}.damaged-${stamp(now)}`);
  const moved: string[] = [];
  try {
    for (const part of parts) {
      if (!exists(path + part)) continue;
      renameSync(path + part, target + part);
      moved.push(part);
    }
  } catch (error) {
    for (const part of moved.reverse()) renameSync(target + part, path + part);
    throw error;
  }
  return moved.length > 0 ? target : null;
}

/** Deletes every file that was set aside: an erased account must not live on in one. */
export function dropSetAside(path: string): void {
  const prefix = `${basename(path)}.damaged-`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name));
  }
}

function stamp(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().replaceAll(/[-:]/g, '').split('T');
  return `${date}-${time.slice(0, 6)}`;
}

/** The first of `name`, `name-2`, `name-3`... of which nothing exists. */
function freeName(name: string): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!parts.some((part) => exists(candidate + part))) return candidate;
  }
}
