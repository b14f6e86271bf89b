import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { AccountRecord, PendingRevocation } from '../accounts/records.ts';
import { StorageError, storageProblem } from '../storage-error.ts';
import { ConfigError } from './config.ts';

/** A folder with this file in it is Mooring's. What the file holds is not read. */
const mark = 'mooring.json';

/** The file of the mirror has SQLite's application id at this place: https://www.sqlite.org/fileformat.html#application_id */
const mirrorMark = { at: 68, bytes: Buffer.from('Moor') };

/** Below it are the folders of other registrations than the one that has accounts in the data folder itself. */
export const registrationsFolder = 'registrations';

/** What Mooring itself writes into a data folder, by name: files, those set aside or half written, and folders. */
export const ownFiles =
  /^(accounts|audits|settings|revocations|once|exports|client|window|mooring)\.json(\.new|\.damaged)?$|^mirror\.sqlite([-.].*)?$/;
export const ownFolders = ['logs', 'electron', registrationsFolder];

/** The one spelling of a folder, whichever way it was named. It may not be there yet. */
export function canonicalFolder(path: string): string {
  const plain = resolve(path);
  if (existsSync(plain)) return realpathSync(plain);
  const parent = dirname(plain);
  return parent === plain ? plain : resolve(canonicalFolder(parent), plain.slice(parent.length).replace(/^[\\/]/, ''));
}

/** Whether Mooring has made a folder its own, now or in a version that left no mark. */
export const isOwnFolder = (path: string): boolean => existsSync(join(path, mark)) || holdsMirror(path);

/**
 * Makes a folder that somebody named Mooring's own. One that holds something by a name that Mooring uses is refused: that
 * would be overwritten, or removed by a purge.
 * @throws {ConfigError}
 */
export function claimFolder(path: string): void {
  orConfigError(path, () => {
    makeWritable(path);
    if (!isOwnFolder(path)) {
      const taken = readdirSync(path).filter((name) => ownFiles.test(name) || ownFolders.includes(name));
      if (taken.length > 0) {
        throw new ConfigError(
          `Mooring did not start: the folder ${path} holds “${taken[0]}”, which Mooring did not write and would overwrite. Nothing was changed. Name an empty folder in MOORING_HOME.`,
        );
      }
    }
    // In such a folder somebody else could put a link in the place of a file that is about to be written.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o002) !== 0) {
      throw new ConfigError(
        `Mooring did not start: every user of this computer can write to the folder ${path}. Nothing was changed. Name a folder of your own in MOORING_HOME.`,
      );
    }
    if (!existsSync(join(path, mark)))
      writeFileSync(join(path, mark), '{ "mooring": 1 }\n', { mode: 0o600, flag: 'wx' });
  });
}

/** Makes a folder, and tries whether it can be written to: a file system may have been mounted to be read only. */
export function makeWritable(path: string): void {
  makeFolder(path);
  accessSync(path, constants.W_OK | constants.X_OK);
}

/** One after the other: Node's own way with parents never ends on a file system that knows no new folders, such as Linux’ /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  mkdirSync(path, { mode: 0o700 });
}

/**
 * What has to be done in the data folder before anything else can be.
 * @throws {ConfigError} with a sentence in the place of the system's own error.
 */
export function orConfigError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const { sentence } = storageProblem(cause instanceof StorageError ? cause : new StorageError(cause), {
      happened: `Mooring did not start: it cannot use the folder ${path}`,
      meaning: 'Nothing was changed.',
      afterwards: ', or name another folder in MOORING_HOME',
    });
    throw new ConfigError(sentence, { cause });
  }
}

/**
 * Why nothing is removed from a folder, as it was named, or null. A link is refused, because it can lead to a folder that
 * is not Mooring's. `isSystems` says that it is the place which the system gives this app.
 */
export function removalRefusal(path: string, isSystems: boolean): string | null {
  const found = lstatSync(resolve(path), { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (found.isSymbolicLink()) {
    return `Nothing was removed: ${path} is a link. Your data is untouched. Name the folder that it leads to in MOORING_HOME.`;
  }
  if (isSystems || isOwnFolder(path)) return null;
  return `Nothing was removed: ${path} was not made by Mooring. What is in it is untouched. Name Mooring’s data folder in MOORING_HOME.`;
}

function holdsMirror(path: string): boolean {
  try {
    const file = openSync(join(path, 'mirror.sqlite'), 'r');
    try {
      const found = Buffer.alloc(mirrorMark.bytes.length);
      readSync(file, found, 0, found.length, mirrorMark.at);
      return found.equals(mirrorMark.bytes);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/**
 * The folder below the data folder in which a registration keeps what is its own; null for the data folder itself, which
 * belongs to the registration that has accounts in it. `clientId` is null where the data folder knows its own client.
 */
export function folderOf(
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string | null },
  held: {
    readonly accounts: readonly Pick<AccountRecord, 'issuer' | 'clientId'>[];
    readonly revocations: readonly Pick<PendingRevocation, 'issuer'>[];
  },
): string | null {
  const sameIssuer = [...held.accounts, ...held.revocations].every((each) => each.issuer === issuer);
  const clients = held.accounts.map((each) => each.clientId);
  const sameClient =
    clientId === null || clients.length === 0 || clients.some((each) => each === null || each === clientId);
  if (sameIssuer && sameClient) return null;
  const name = createHash('sha256')
    .update(JSON.stringify([issuer, clientId]))
    .digest('hex')
    .slice(0, 16);
  return join(registrationsFolder, name);
}

/** The folders of other registrations in a data folder. A link, and what else lies there, was not made by Mooring. */
export function registrationsIn(home: string): string[] {
  const parent = join(home, registrationsFolder);
  if (!lstatSync(parent, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
    .map((entry) => join(parent, entry.name));
}

/** The keychain service of a folder's entries: a folder that is not the system's own has entries of its own. */
export const keychainService = (folder: string | null): string => (folder === null ? 'Mooring' : `Mooring (${folder})`);

/**
 * The keychain services in which the entries of a folder below `home` can be as well: an earlier version took the data
 * folder's name as it was given, of which there is `named`, and the one with a slash at its end. `below` is null for the
 * data folder itself.
 */
export function olderServices(home: string | null, named: string | null, below: string | null): string[] {
  if (home === null || named === null) return [];
  const spellings = [named, `${home}${sep}`].map((each) => (below === null ? each : join(each, below)));
  const own = below === null ? home : join(home, below);
  return [...new Set(spellings)].filter((each) => each !== own).map(keychainService);
}
