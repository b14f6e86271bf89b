import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownFiles, registrationsFolder } from '../setup/data-folder.ts';

/** What the log is called, and the one before it. */
const logFiles = /^mooring\.log(\.1)?$/;

/** The folder of another registration; see `folderOf`. */
const registration = /^[0-9a-f]{16}$/;

/**
 * Removes the data of a person: of a folder that is Mooring's alone everything, of one that somebody named only what
 * Mooring wrote there; see `removalRefusal` for what is asked first. What is Chromium's goes as far as it can: Windows lets
 * nobody remove a file that is open, and this program, too, runs on Chromium. Nothing of an account is in there.
 * @throws {Error} Something of Mooring's is still there; all the rest has been tried.
 */
export function removeData(home: string, ownFolder: boolean): void {
  if (lstatSync(home, { throwIfNoEntry: false }) === undefined) return;
  const kept = removeOwn(home);
  if (ownFolder) removed(home);
  else {
    removed(join(home, 'electron'));
    leaveIfEmpty(home);
  }
  if (kept.length > 0) throw new Error(`still there: ${kept.join(', ')}`);
}

/** Removes by name what Mooring wrote into a folder; answers what is still there. A link is removed, never followed. */
function removeOwn(folder: string): string[] {
  const kept: string[] = [];
  for (const { name, isFolder } of entriesOf(folder)) {
    const path = join(folder, name);
    if (ownFiles.test(name) && !isFolder && !removed(path)) kept.push(name);
    if (name === 'logs' && isFolder) kept.push(...removeByName(path, logFiles).map((each) => join(name, each)));
    if (name === registrationsFolder && isFolder) {
      for (const each of entriesOf(path)) {
        if (!each.isFolder || !registration.test(each.name)) continue;
        kept.push(...removeOwn(join(path, each.name)).map((left) => join(name, each.name, left)));
        leaveIfEmpty(join(path, each.name));
      }
      leaveIfEmpty(path);
    }
  }
  return kept;
}

function removeByName(folder: string, names: RegExp): string[] {
  const kept = entriesOf(folder).filter(
    ({ name, isFolder }) => names.test(name) && !isFolder && !removed(join(folder, name)),
  );
  leaveIfEmpty(folder);
  return kept.map(({ name }) => name);
}

const entriesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));

/** Somebody else's files in it keep a folder where it is. */
function leaveIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is something in it, or it may not be removed.
  }
}

function removed(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
