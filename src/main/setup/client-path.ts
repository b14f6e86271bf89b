import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Problem } from '../../contract/problem.ts';
import { decodeText } from '../auth/client.ts';

/** Bytes. Google's files have some 400. */
const largest = 65_536;

export type FileText = { ok: true; text: string } | { ok: false; problem: Problem };

/**
 * Reads the file that a person chose or dropped: an ordinary file of at most 64 KB, and nothing else that can have a
 * path. What is wrong never quotes what is in it.
 */
export async function readClientText(path: string): Promise<FileText> {
  // Of a `File` that a script has made, Electron knows no path.
  if (!isAbsolute(path)) return wrong('client-file-unreadable', 'That was not a file on this computer.');
  try {
    // Without waiting: a pipe would be waited for until somebody writes to it.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!(await file.stat()).isFile()) return wrong('client-file-unreadable', 'That is not a file that can be read.');
    // One byte more than there may be, however much there is.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(largest + 1), 0, largest + 1, 0);
    if (bytesRead > largest)
      return wrong('client-file-refused', 'That file is larger than 64 KB, so it is not Google’s.');
    return { ok: true, text: decodeText(buffer.subarray(0, bytesRead)) };
  } catch {
    return wrong('client-file-unreadable', 'That file could not be read.');
  }
}

const wrong = (code: string, what: string): FileText => ({
  ok: false,
  problem: {
    code,
    sentence: `${what} Nothing was changed. Look for client_secret_….json, which Google’s console gave you.`,
  },
});
