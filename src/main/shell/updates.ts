import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, powerMonitor } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import type { Update } from '../../contract/state.ts';
import { EndpointUrl } from '../auth/provider.ts';
import { launchRequest } from '../background/launch.ts';
import { lookDaily } from '../background/look-daily.ts';
import type { Log } from '../log.ts';
import { proxyInUpdates, signInToProxy, type UpdateNetwork, vouchInUpdates } from './update-network.ts';

/** Installs the update that is ready, and starts the app again. */
export interface Updates {
  install(): void;
}

/**
 * Looks for a newer version once a day, where the package says where to look: what electron-builder wrote beside the app
 * at release. A format that updates itself fetches it, and installs it when the app ends; of deb and rpm the package
 * manager is in charge, of MSI whoever has rolled it out, and Mooring only says so. https://www.electron.build/auto-update
 */
export async function watchUpdates(options: {
  clock: Clock;
  network: UpdateNetwork;
  onFound: (update: Update) => void;
  log: Log;
}): Promise<Updates> {
  const { clock, network, onFound, log } = options;
  const nothing = { install: () => {} };
  const beside = (name: string) => existsSync(join(process.resourcesPath, name));
  if (!app.isPackaged || !beside('app-update.yml')) return nothing;
  // Loaded here only: it is of no use to an app that was not installed.
  const { autoUpdater } = (await import('electron-updater')).default;
  // A deb, an rpm and an MSI say what they are. APPIMAGE says nothing: whatever is started from within an AppImage inherits it, and
  // would write over that one.
  const updatesItself = !beside('package-type');
  autoUpdater.logger = null;
  autoUpdater.autoDownload = updatesItself;
  autoUpdater.autoInstallOnAppQuit = updatesItself;
  // electron-updater would name each computer by a number of its own; this way all are one.
  autoUpdater.requestHeaders = { 'x-user-staging-id': 'none' };
  autoUpdater.netSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !EndpointUrl.safeParse(url).success }),
  );
  vouchInUpdates(autoUpdater.netSession, network, clock);
  await proxyInUpdates(autoUpdater.netSession, network);
  autoUpdater.signals.login((info, answer) => {
    const { name, password } = signInToProxy(info, network) ?? { name: '', password: '' };
    answer(name, password);
  });
  // What went wrong is told without its message, which may name addresses.
  autoUpdater.on('error', (error: NodeJS.ErrnoException) =>
    log(`update: ${/^net::\w+$/.test(error.message) ? error.message : (error.code ?? error.name)}`),
  );
  autoUpdater.on('update-not-available', () => log('update: there is none'));
  if (updatesItself) autoUpdater.on('update-downloaded', ({ version }) => onFound({ kind: 'ready', version }));
  else autoUpdater.on('update-available', ({ version }) => onFound({ kind: 'announced', version }));

  // A system that shuts down leaves no time to put a new file in place of the old, and who removes Mooring wants none. What
  // was fetched is found at the next start.
  const leaveAsItIs = () => {
    autoUpdater.autoInstallOnAppQuit = false;
  };
  powerMonitor.on('shutdown', leaveAsItIs);
  app.on('second-instance', (_event, argv) => {
    if (launchRequest(argv).kind === 'purge') leaveAsItIs();
  });

  // The download is a promise of its own, and fails by itself.
  lookDaily(clock, async () => (await autoUpdater.checkForUpdates())?.downloadPromise);
  return {
    install() {
      // The new version is started before this one has ended, and must not take itself for the second.
      app.releaseSingleInstanceLock();
      // Where it cannot be installed the app ends all the same: its daemon has.
      autoUpdater.once('error', () => {
        leaveAsItIs();
        app.quit();
      });
      autoUpdater.quitAndInstall();
    },
  };
}
