import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ExportOrder, ExportProgress } from '../../contract/export.ts';
import type { ExportedFile } from '../sync/service.ts';
import { namesInFolder, safeName } from './file-name.ts';
import { ExportError } from './problem.ts';
import { clearUp, discard, findName, settle, stagingPlace } from './settle.ts';
import type { Snapshot } from './snapshot.ts';
import { type Origin, stage } from './stage.ts';

/** Below the folder that a person chose. */
export const exportFolder = 'Mooring export';

/** One service of one account: a folder of its own, `Mooring export/<account>/<service>`. */
interface Portion {
  readonly origin: Origin;
  readonly parent: string;
  /** What it is called, if nothing else is called so. */
  readonly folder: string;
  /** Where it is written first. */
  readonly staged: string;
  readonly files: readonly ExportedFile[];
}

export interface Written {
  readonly items: number;
  readonly files: number;
  /** Folders that are called otherwise than usual. */
  readonly beside: readonly string[];
}

/**
 * Writes all that is ordered, and only when all of it is on the disk puts it in the place of what was exported before.
 * `titleOf` is what a person calls a service. Rejects with the signal's reason where it was cancelled.
 * @throws {ExportError} and what the file system throws; what was exported before is then as it was
 */
export async function runExport(
  { folder, parts }: ExportOrder,
  options: {
    readonly snapshot: Snapshot;
    readonly titleOf: (service: string) => string;
    readonly at: number;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: ExportProgress) => void;
  },
): Promise<Written> {
  const { snapshot, titleOf, at, signal, onProgress } = options;
  const root = await rootIn(folder);
  const portions = portionsOf(root, parts, snapshot, titleOf);
  const total = portions.reduce((sum, { files }) => sum + itemsOf(files), 0);
  const begun: Portion[] = [];
  let done = 0;
  try {
    for (const parent of new Set(portions.map((portion) => portion.parent))) {
      await makeFolder(parent);
      await clearUp(parent);
    }
    for (const portion of portions) {
      begun.push(portion);
      await stage(portion.staged, portion.origin, portion.files, at, (written) => {
        signal.throwIfAborted();
        onProgress({ done: done + written, total });
      });
      done += itemsOf(portion.files);
    }
    const named: { readonly portion: Portion; readonly name: string }[] = [];
    for (const portion of portions)
      named.push({ portion, name: await findName(portion.parent, portion.folder, portion.origin) });
    // From here on it takes moments, and half of it would be neither the old nor the new.
    signal.throwIfAborted();
    for (const { portion, name } of named) await settle(portion.parent, portion.staged, name);
    const beside = named.filter(({ portion, name }) => name !== portion.folder);
    return {
      items: total,
      files: portions.reduce((sum, { files }) => sum + files.length, 0),
      beside: beside.map(({ portion, name }) => `${basename(portion.parent)}/${name}`),
    };
  } catch (error) {
    // The disk may be gone; then there is nothing that could be cleared away.
    for (const { staged } of begun) await discard(staged).catch(() => {});
    throw error;
  }
}

const itemsOf = (files: readonly ExportedFile[]) => files.reduce((sum, { items }) => sum + items, 0);

function portionsOf(
  root: string,
  parts: ExportOrder['parts'],
  snapshot: Snapshot,
  titleOf: (service: string) => string,
): Portion[] {
  const accountName = namesInFolder([]);
  return parts.flatMap(({ accountId, label, services }) => {
    const parent = join(root, accountName(label));
    return services.map((service) => {
      const folder = safeName(titleOf(service));
      return {
        origin: { accountId, account: label, service },
        parent,
        folder,
        staged: stagingPlace(parent, folder),
        files: [...snapshot.exported(accountId, service)],
      };
    });
  });
}

/** The folder that a person chose is never made anew: a disk that is not plugged in would leave a folder in its place. */
async function rootIn(folder: string): Promise<string> {
  const found = await stat(folder);
  if (!found.isDirectory()) throw new ExportError('folder-gone');
  const root = join(folder, exportFolder);
  await makeFolder(root);
  return root;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
