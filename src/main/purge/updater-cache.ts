import { join } from 'node:path';

/**
 * Where electron-updater keeps what it has fetched: the system's folder for caches, and in it the name that
 * electron-builder has written into `app-update.yml`, which is the package's.
 * https://github.com/electron-userland/electron-builder/blob/master/packages/electron-updater/src/AppAdapter.ts
 */
export function updaterCache(
  platform: string,
  environment: { readonly LOCALAPPDATA?: string | undefined; readonly XDG_CACHE_HOME?: string | undefined },
  home: string,
): string {
  return join(caches(), 'mooring-updater');

  function caches(): string {
    if (platform === 'win32') return environment.LOCALAPPDATA || join(home, 'AppData', 'Local');
    if (platform === 'darwin') return join(home, 'Library', 'Caches');
    return environment.XDG_CACHE_HOME || join(home, '.cache');
  }
}
