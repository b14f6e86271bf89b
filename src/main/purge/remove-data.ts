import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ownFiles, registrationsFolder, registrationsIn } from '../setup/data-folder.ts';

/** What the log is called, and the one before it. */
const logFiles = /^mooring\.log(\.1)?$/;

/**
 * Removes the data of a person: of a folder that is Mooring's alone everything, of one that somebody named only what
 * Mooring wrote there; see `removalRefusal` for what is asked first. Of Chromium's files some may stay: this program runs on
 * Chromium, and Windows removes no file that is open. They hold nothing of an account.
 * @throws {Error} Something of Mooring's is still there; all the rest has been tried.
 */
export function removeData(home: string, ownFolder: boolean): void {
  if (lstatSync(home, { throwIfNoEntry: false }) === undefined) return;
  const kept = removeOwn(home);
  if (ownFolder) tryToRemove(home);
  else {
    tryToRemove(join(home, 'electron'));
    removeIfEmpty(home);
  }
  if (kept.length > 0) throw new Error(`still there: ${kept.join(', ')}`);
}

/** Removes by name what Mooring wrote into a folder; answers what is still there. A link is removed, never followed. */
function removeOwn(folder: string): string[] {
  const kept: string[] = [];
  for (const { name, isFolder } of entriesOf(folder)) {
    const path = join(folder, name);
    if (ownFiles.test(name) && !isFolder && !tryToRemove(path)) kept.push(name);
    if (name === 'logs' && isFolder) kept.push(...removeByName(path, logFiles).map((each) => join(name, each)));
    if (name === registrationsFolder && isFolder) {
      for (const each of registrationsIn(folder)) {
        kept.push(...removeOwn(each).map((left) => join(relative(folder, each), left)));
        removeIfEmpty(each);
      }
      removeIfEmpty(path);
    }
  }
  return kept;
}

function removeByName(folder: string, names: RegExp): string[] {
  const kept = entriesOf(folder).filter(
    ({ name, isFolder }) => names.test(name) && !isFolder && !tryToRemove(join(folder, name)),
  );
  removeIfEmpty(folder);
  return kept.map(({ name }) => name);
}

const entriesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));

/** A folder that holds somebody else's files is not empty, and stays. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is something in it, or it may not be removed.
  }
}

function tryToRemove(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
