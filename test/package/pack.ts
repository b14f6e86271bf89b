import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../build/app.ts';
import { packTree } from '../../build/package.ts';
import { makeStubElectron } from './stub-electron.ts';

/** An app that was built and packaged in a folder of its own, as `npm run package -- --dir` does but for Electron itself. */
export interface Packed {
  /** The unpacked tree. */
  readonly tree: string;
  readonly asar: string;
  /** Where the stub in place of Electron's executable writes how it was called. */
  readonly record: string;
}

/** Where releases are published, as far as the packaged app knows. */
export const repository = 'somebody/mooring';

export async function pack(folder: string): Promise<Packed> {
  const built = join(folder, 'out');
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', built];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`The app could not be built:\n${result.stdout}${result.stderr}`);
  // What lies about in out/ on a developer's computer, and must not be packed.
  for (const stray of [
    'main/index.js.map',
    'main/.env',
    'main/index.ts',
    'rehearsal/google.json',
    'test-results/1.png',
  ]) {
    mkdirSync(join(built, stray, '..'), { recursive: true });
    writeFileSync(join(built, stray), 'stray');
  }
  const record = join(folder, 'record');
  const electronDist = makeStubElectron(join(folder, 'electron'), record);
  const tree = await packTree({ built, output: join(folder, 'dist'), repository, electronDist });
  return { tree, asar: join(tree, 'resources', 'app.asar'), record };
}
