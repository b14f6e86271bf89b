import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './children.ts';

const prefix = 'mooring-stand-in-';

/** A new folder for Chromium's own data; its name says which process it belongs to. */
export function makeProfile(): string {
  sweep();
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

export function removeProfile(path: string): void {
  // Chromium's helpers may still be writing while they end; what they leave is swept by a later run.
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch {}
}

/** Removes folders whose process was killed before it could. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isAlive(pid)) removeProfile(join(tmpdir(), name));
  }
}
