import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface File {
  readonly path: string;
  readonly sha256: string;
  /** Absent for an archive, which is unpacked. */
  readonly target?: string;
}

interface LockedNode {
  readonly version: string;
  readonly systems: Readonly<Record<string, { readonly folder: string; readonly missing: readonly File[] }>>;
  fetchMissing(files: readonly File[], source: string, folder: string): Promise<void>;
}

/** build/locked-node.mjs with its types, which are written here because it is plain JavaScript. */
export async function lockedNode(): Promise<LockedNode> {
  return await import(pathToFileURL(join(import.meta.dirname, '../../build/locked-node.mjs')).href);
}
