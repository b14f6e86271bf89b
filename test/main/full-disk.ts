import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The files of main in a data folder. Each is written beside first. */
const files = ['accounts', 'audits', 'settings', 'revocations', 'once', 'exports', 'client'].map(
  (name) => `${name}.json.new`,
);

/**
 * Fills the disk for what is written into this folder: the file that is written beside is the device of which every write
 * says ENOSPC (full(4)). Answers with what makes room again.
 */
export function fillDisk(home: string): () => void {
  if (!existsSync('/dev/full')) throw new Error('This system has no /dev/full.');
  for (const file of files) symlinkSync('/dev/full', join(home, file));
  return () => {
    for (const file of files) rmSync(join(home, file), { force: true });
  };
}
