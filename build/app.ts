import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Builds main, daemon, preload and renderer into `out/`, unless what is there is newer than every source. */
export function buildApp(): void {
  const sources = ['electron.vite.config.ts', 'package-lock.json', 'src'].map((path) => join(root, path));
  const built = statSync(join(root, 'out', 'main', 'index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.max(...sources.map(newest)) < built) return;
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) throw new Error('The app could not be built; the message is above.');
}

/** When the newest file at or below a path was changed, in epoch milliseconds. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
