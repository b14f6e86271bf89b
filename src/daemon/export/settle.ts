import { lstat, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isUntouched, readManifest } from './manifest.ts';
import { ExportError } from './problem.ts';
import { flushFolder, type Origin } from './stage.ts';

/** What is not whole yet, and what is to make room, for as long as the renaming lasts. */
const staged = '.mooring-new-';
const former = '.mooring-former-';
/** Beyond so many names that are taken, something else is wrong. */
const mostNames = 20;

/** Where an export is written before it takes its place. */
export const stagingPlace = (parent: string, name: string): string => join(parent, staged + name);

/**
 * The name that an export gets: that of the one before it, and another where something else has that, or somebody has
 * changed what is in it.
 * @throws {ExportError} when none is free
 */
export async function findName(parent: string, name: string, origin: Origin): Promise<string> {
  for (let n = 1; n <= mostNames; n += 1) {
    const candidate = n === 1 ? name : `${name} (${n})`;
    if ((await whoseIs(join(parent, candidate), origin)) !== 'foreign') return candidate;
  }
  throw new ExportError('no-free-name');
}

/** Puts a whole folder in its place, and what was there before away. */
export async function settle(parent: string, from: string, name: string): Promise<void> {
  const place = join(parent, name);
  if (await exists(place)) await replace(parent, name, from);
  else await rename(from, place);
  await flushFolder(parent);
}

async function whoseIs(place: string, origin: Origin): Promise<'free' | 'ours' | 'foreign'> {
  if (!(await exists(place))) return 'free';
  const manifest = await readManifest(place);
  const same = manifest?.accountId === origin.accountId && manifest.service === origin.service;
  return manifest !== null && same && (await isUntouched(place, manifest)) ? 'ours' : 'foreign';
}

/** A folder that is not empty cannot be renamed onto, so the one before steps aside first. */
async function replace(parent: string, name: string, from: string): Promise<void> {
  const place = join(parent, name);
  const aside = join(parent, former + name);
  await rename(place, aside);
  try {
    await rename(from, place);
  } catch (error) {
    await rename(aside, place);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/**
 * Clears up after an export that was cut off: what was not whole goes, and what had stepped aside is back in its place,
 * unless the new one has taken it. Whatever is not an export's is left alone.
 */
export async function clearUp(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    if (name.startsWith(staged)) await discard(path);
    if (!name.startsWith(former) || (await readManifest(path)) === null) continue;
    const place = join(parent, name.slice(former.length));
    if (await exists(place)) await rm(path, { recursive: true });
    else await rename(path, place);
  }
}

/** Removes a folder that was not whole yet. */
export async function discard(path: string): Promise<void> {
  if ((await readManifest(path)) !== null) await rm(path, { recursive: true, force: true });
  // Cut off before its first file; one with anything else in it stays.
  else await rmdir(path).catch(() => {});
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
