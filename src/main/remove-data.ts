import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What Mooring itself keeps in its data folder: its files, those set aside or half written, and its log. */
const ours =
  /^(accounts|audits|settings|revocations|once|client|window)\.json(\.new|\.damaged)?$|^mirror\.sqlite([-.].*)?$|^logs$/;

/** Where Chromium keeps what it needs, in a folder that somebody named. */
const chromiums = 'electron';

/**
 * Removes the data of a person: of a folder that is Mooring's alone everything, of one that somebody named only what is
 * Mooring's. What is Chromium's goes as far as it can: Windows lets nobody remove a file that is open, and this program,
 * too, runs on Chromium. Nothing of an account is in there.
 * @throws {Error} Something of Mooring's is still there; all the rest has been tried.
 */
export function removeData(home: string, ownFolder: boolean): void {
  if (!existsSync(home)) return;
  const found = readdirSync(home);
  const kept = found.filter((name) => ours.test(name)).filter((name) => !removed(join(home, name)));
  if (ownFolder) removed(home);
  else if (removed(join(home, chromiums)) && found.every((name) => ours.test(name) || name === chromiums)) {
    if (kept.length === 0) rmdirSync(home);
  }
  if (kept.length > 0) throw new Error(`still there: ${kept.join(', ')}`);
}

function removed(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
