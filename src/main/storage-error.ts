import type { Problem } from '../contract/problem.ts';

/** Why a file of ours could not be written or read. */
export type StorageCode = 'disk-full' | 'read-only' | 'disk-trouble';

/** A file of ours could not be written or read; the message says why, in a half sentence. */
export class StorageError extends Error {
  override name = 'StorageError';
  readonly code: StorageCode;
  constructor(cause: unknown) {
    const code = storageCode(cause);
    super(reasons[code], { cause });
    this.code = code;
  }
}

const reasons: Readonly<Record<StorageCode, string>> = {
  'disk-full': 'the disk is full',
  'read-only': 'Mooring may not write to its data folder',
  'disk-trouble': 'Mooring’s data folder cannot be written to or read',
};

const remedies: Readonly<Record<StorageCode, string>> = {
  'disk-full': 'Free some space',
  'read-only': 'Give your user account permission for the folder',
  'disk-trouble': 'Look whether the disk is there and in order',
};

/** What Node's error says of the disk: https://man7.org/linux/man-pages/man3/errno.3.html */
export function storageCode(cause: unknown): StorageCode {
  const errno = cause instanceof Error && 'code' in cause ? cause.code : null;
  switch (errno) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'read-only';
    default:
      return 'disk-trouble';
  }
}

/** A problem of this kind: what happened, because of the disk; what it means; and what to do before going on `afterwards`. */
export const storageProblem = (
  { code, message }: Pick<StorageError, 'code' | 'message'>,
  {
    happened,
    meaning,
    afterwards,
  }: { readonly happened: string; readonly meaning: string; readonly afterwards: string },
): Problem => ({ code, sentence: `${happened}, because ${message}. ${meaning} ${remedies[code]}${afterwards}.` });

/** Does what a person has chosen by writing it down, or throws the sentence that it was not done. */
export function writeChoice(write: () => void): void {
  try {
    write();
  } catch (cause) {
    if (!(cause instanceof StorageError)) throw cause;
    const happened = 'Your choice could not be written to the disk';
    const { sentence } = storageProblem(cause, {
      happened,
      meaning: 'Nothing was changed.',
      afterwards: ', and choose again',
    });
    throw new Error(sentence, { cause });
  }
}
