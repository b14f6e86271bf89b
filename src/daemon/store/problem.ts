import Database from 'better-sqlite3';

export type StorageCode =
  | 'not-ours'
  | 'newer'
  | 'damaged'
  | 'disk-full'
  | 'no-permission'
  | 'read-only'
  | 'busy'
  | 'failed';

const sentences: Record<StorageCode, string> = {
  'not-ours':
    'The file where Mooring keeps its mirror belongs to another program. It was left untouched and nothing is mirrored. Move that file elsewhere, then start Mooring again.',
  newer:
    'The mirror on this computer was written by a newer Mooring. Nothing in it was changed, and nothing is mirrored meanwhile. Update Mooring to open it.',
  damaged:
    'The mirror on this computer is damaged. The file was kept, and your data at Google is not affected. Let Mooring set the file aside and copy everything anew.',
  'disk-full':
    'The disk is full, so the mirror cannot grow. What was mirrored before is safe. Free some space; Mooring goes on by itself.',
  'no-permission':
    'Mooring may not read or write its mirror file. Nothing was changed. Give your user account permission for the folder, then sync again.',
  'read-only':
    'The mirror can be read but not written. Nothing was changed. Make the file and its disk writable; Mooring goes on by itself.',
  busy: 'Another program is holding the mirror file. Nothing was lost. Close that program; Mooring tries again by itself.',
  failed:
    'The mirror could not be read or written. What was mirrored before was left as it is. Check the disk; Mooring tries again by itself.',
};

/** The database or the disk under it failed. `sentence` is for the person, `cause` for the log. */
export class StorageError extends Error {
  override name = 'StorageError';
  readonly code: StorageCode;
  readonly sentence: string;
  /** Setting the file aside and copying anew would mend it. Only damage is mended so; all else is as bad for a new file. */
  readonly rebuild: boolean;

  constructor(code: StorageCode, cause?: unknown) {
    super(sentences[code], { cause });
    this.code = code;
    this.sentence = sentences[code];
    this.rebuild = code === 'damaged';
  }
}

/**
 * Recognises what SQLite or the file system threw; null when `error` is of neither.
 * Codes: https://www.sqlite.org/rescode.html
 */
export function asStorageError(error: unknown): StorageError | null {
  if (error instanceof StorageError) return error;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const { code } = error;
  if (error instanceof Database.SqliteError) return new StorageError(ofSqlite(code), error);
  if (code === 'EACCES' || code === 'EPERM') return new StorageError('no-permission', error);
  if (code === 'EROFS') return new StorageError('read-only', error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StorageError('disk-full', error);
  return 'syscall' in error ? new StorageError('failed', error) : null;
}

function ofSqlite(code: string): StorageCode {
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  if (code.startsWith('SQLITE_FULL')) return 'disk-full';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') return 'no-permission';
  // A locked database is healthy: it must never be taken for a damaged one.
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  return 'failed';
}
