import type { Problem } from '../../contract/problem.ts';
import { asStorageError } from '../store/problem.ts';

export type ExportCode =
  | 'folder-gone'
  | 'not-writable'
  | 'disk-full'
  | 'no-free-name'
  | 'account-gone'
  | 'under-way'
  | 'interrupted'
  | 'mirror-unreadable'
  | 'failed';

const sentences: Record<ExportCode, string> = {
  'folder-gone':
    'The folder for exports is not there. Nothing was written, and your copy is untouched. Plug in its disk, or choose another folder.',
  'not-writable':
    'Mooring may not write into the folder for exports. What was exported before is as it was. Choose another folder, or allow it there.',
  'disk-full':
    'The disk that exports are written to is full. What was exported before is as it was. Free some space, then export again.',
  'no-free-name':
    'The folder for exports has other files under all the names that an export could have. None of them was touched, and nothing was written. Choose another folder.',
  'account-gone':
    'Mooring has no copy of what was to be exported. Nothing was written. Sign in again, or choose what to export anew.',
  'under-way': 'An export is being written already. Nothing was changed. Wait until it has ended, or cancel it.',
  interrupted:
    'The export was broken off, because Mooring was being closed or a copy was being removed. What was exported before is as it was. Export again.',
  'mirror-unreadable':
    'The copy on this computer could not be read to its end. What was exported before is as it was. See what the window says of the copy, then export again.',
  failed:
    'The export could not be written. What was exported before is as it was. Look at the disk that it is written to, then export again.',
};

/** An export that ended without having been written. `sentence` is for the person, `cause` for the log. */
export class ExportError extends Error {
  override name = 'ExportError';
  readonly problem: Problem;

  constructor(code: ExportCode, cause?: unknown) {
    super(sentences[code], { cause });
    this.problem = { code: `export-${code}`, sentence: sentences[code] };
  }
}

/** What the file system, or whatever else, said while an export was written. */
export function asExportError(error: unknown): ExportError {
  if (error instanceof ExportError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
      return new ExportError('folder-gone', error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ExportError('not-writable', error);
    case 'ENOSPC':
    case 'EDQUOT':
      return new ExportError('disk-full', error);
    default: {
      const ofFileSystem = error instanceof Error && 'syscall' in error;
      return new ExportError(!ofFileSystem && asStorageError(error) ? 'mirror-unreadable' : 'failed', error);
    }
  }
}
