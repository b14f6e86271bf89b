import { readFileSync } from 'node:fs';
import { programFile } from '../background/autostart.ts';

/** The file to start this program by, also once it has ended. */
export const ownProgram = (): string => programFile(process.env, process.execPath, mountsHere());

function mountsHere(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    // Only Linux has the list, and AppImages.
    return '';
  }
}
