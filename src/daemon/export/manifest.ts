import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Tells a folder that an export has written from every other one. */
export const manifestName = 'mooring-export.json';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What is in a folder of an export: written first, with no files, and again when all of them are there. */
export const Manifest = z.strictObject({
  format: z.literal('mooring-export'),
  schema: z.literal(1),
  /** Null while it is being written. */
  wholeAt: z.iso.datetime().nullable(),
  accountId: z.string(),
  account: z.string(),
  service: z.string(),
  files: z.array(
    z.strictObject({ name: z.string(), items: z.number().int(), bytes: z.number().int(), sha256: Sha256 }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** The manifest of a folder; null where it is no folder, or has none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    // A link may lead to what is somebody else's.
    if (!(await lstat(folder)).isDirectory()) return null;
    return Manifest.parse(JSON.parse(await readFile(join(folder, manifestName), 'utf8')));
  } catch {
    return null;
  }
}

/** Whether a folder holds what an export wrote, and nothing that anybody has added or changed since. */
export async function isUntouched(folder: string, { files }: Manifest): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true });
  const known = new Map(files.map((file) => [file.name, file]));
  if (entries.length !== files.length + 1) return false;
  for (const entry of entries) {
    if (!entry.isFile()) return false;
    if (entry.name === manifestName) continue;
    const file = known.get(entry.name);
    if (file === undefined || (await digestOf(join(folder, entry.name))) !== file.sha256) return false;
  }
  return true;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}
