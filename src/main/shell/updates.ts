import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import type { Update } from '../../contract/state.ts';
import type { Log } from '../log.ts';

const lookEvery = 24 * 3_600_000;

/** Installs the update that is ready, and starts the app again. */
export interface Updates {
  install(): void;
}

/**
 * Looks for a newer version once a day, where the package says where to look: what electron-builder wrote beside the app
 * at release. A format that updates itself fetches it; of deb and rpm the package manager is in charge, and Mooring only
 * says so. https://www.electron.build/auto-update
 */
export async function watchUpdates(options: {
  clock: Clock;
  onFound: (update: Update) => void;
  log: Log;
}): Promise<Updates> {
  const { clock, onFound, log } = options;
  const nothing = { install: () => {} };
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return nothing;
  // Loaded here only: it is of no use to an app that was not installed.
  const { autoUpdater } = (await import('electron-updater')).default;
  const updatesItself = process.platform !== 'linux' || process.env['APPIMAGE'] !== undefined;
  autoUpdater.logger = null;
  autoUpdater.autoDownload = updatesItself;
  autoUpdater.autoInstallOnAppQuit = updatesItself;
  autoUpdater.on('error', (error) => log(`update: ${error.name}`));
  if (updatesItself) autoUpdater.on('update-downloaded', ({ version }) => onFound({ kind: 'ready', version }));
  else autoUpdater.on('update-available', ({ version }) => onFound({ kind: 'announced', version }));

  const look = () => {
    // What went wrong was logged; there is another day.
    autoUpdater.checkForUpdates().catch(() => {});
    clock.after(lookEvery, look);
  };
  look();
  return {
    install() {
      // Everything has been ended for it: a program that goes on is of no use to anybody.
      autoUpdater.once('error', () => app.quit());
      autoUpdater.quitAndInstall();
    },
  };
}
