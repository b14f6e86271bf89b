import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repoRoot = join(import.meta.dirname, '..', '..');

const byPlatform: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * Where Electron's executable is, when it has been downloaded: the way the `electron` package itself looks for it.
 * https://www.electronjs.org/docs/latest/tutorial/installation
 */
export function electronExecutable(): string | null {
  const name = byPlatform[process.platform] ?? 'electron';
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const path = join(override, name);
    return existsSync(path) ? path : null;
  }
  const folder = dirname(fileURLToPath(import.meta.resolve('electron/package.json')));
  const note = join(folder, 'path.txt');
  const path = join(folder, 'dist', existsSync(note) ? readFileSync(note, 'utf8').trim() : name);
  return existsSync(path) ? path : null;
}
