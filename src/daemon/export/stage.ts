import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { ExportedFile } from '../sync/service.ts';
import { namesInFolder } from './file-name.ts';
import { type Manifest, manifestName } from './manifest.ts';

/** Written at once. */
const block = 65_536;
/** So many pieces are some milliseconds of work; then the daemon may see to something else. */
const stretch = 200;

/** Whose export it is. */
export type Origin = Pick<Manifest, 'accountId' | 'account' | 'service'>;

/** Says before each stretch of work how many things are done, and throws where the export was cancelled. */
export type Watch = (done: number) => void;

/** Writes a folder that is not there yet, and sees to it that all of it is on the disk. Answers what is in it. */
export async function stage(
  folder: string,
  origin: Origin,
  files: readonly ExportedFile[],
  at: number,
  watch: Watch,
): Promise<Manifest> {
  await mkdir(folder);
  const begun: Manifest = { format: 'mooring-export', schema: 1, wholeAt: null, ...origin, files: [] };
  await writeManifest(folder, begun);
  const nameOf = namesInFolder([manifestName]);
  const written: Manifest['files'] = [];
  let done = 0;
  for (const file of files) {
    const name = nameOf(file.name);
    const before = done;
    const kept = await writeFile(join(folder, name), file, (items) => watch(before + items));
    written.push({ name, items: file.items, ...kept });
    done += file.items;
    watch(done);
  }
  const whole = { ...begun, wholeAt: new Date(at).toISOString(), files: written };
  await writeManifest(folder, whole);
  await flushFolder(folder);
  return whole;
}

async function writeFile(path: string, { items, content }: ExportedFile, watch: Watch) {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  let bytes = 0;
  let pieces = 0;
  let text = '';
  try {
    let since = 0;
    for (const piece of content()) {
      text += piece;
      if (piece !== '') pieces += 1;
      since += 1;
      if (text.length < block && since < stretch) continue;
      watch(Math.min(pieces, items));
      if (text.length >= block) await flush();
      else await turn();
      since = 0;
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };

  async function flush(): Promise<void> {
    const buffer = Buffer.from(text);
    text = '';
    hash.update(buffer);
    bytes += buffer.length;
    await writeAll(file, buffer);
  }
}

/** A system may take less than it is given. */
async function writeAll(file: FileHandle, buffer: Buffer): Promise<void> {
  for (let from = 0; from < buffer.length; ) from += (await file.write(buffer, from)).bytesWritten;
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = await open(join(folder, manifestName), 'w');
  try {
    await writeAll(file, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows opens no folders, and needs none of this. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch {
    // Some network file systems refuse it.
  } finally {
    await folder.close();
  }
}
