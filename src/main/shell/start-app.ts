import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, powerMonitor } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import { openAccountFile } from '../account-file.ts';
import { rememberProvider } from '../auth/provider.ts';
import { openClientStore } from '../client-store.ts';
import type { Config } from '../config.ts';
import { openKeychain } from '../keychain/keychain.ts';
import { openLog } from '../log.ts';
import { startMooring } from '../mooring.ts';
import { fetchPicture } from '../picture.ts';
import { superviseDaemon } from '../supervisor.ts';
import { serveApp } from './app-protocol.ts';
import { forkDaemon } from './daemon-process.ts';
import { closeDoors } from './guards.ts';
import { openUrl } from './open-url.ts';
import { bringToFront, openWindow } from './window.ts';
import { answerWindow, sendState } from './window-requests.ts';

const clock: Clock = {
  now: Date.now,
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

/** The composition root: what the core needs of Electron and of the system is made here and passed in. */
export async function startApp(config: Config): Promise<void> {
  const home = config.home ?? app.getPath('userData');
  const log = openLog(join(home, 'logs', 'mooring.log'), clock.now);
  const keychain = openKeychain({
    load: async () => (await import('keytar')).default,
    // A data folder of its own has keychain entries of its own.
    service: config.home === null ? 'Mooring' : `Mooring (${config.home})`,
    clock,
  });

  await app.whenReady();
  serveApp(join(import.meta.dirname, '../renderer'));
  closeDoors();

  let window: BrowserWindow | null = null;
  const mooring = await startMooring({
    ...config,
    clock,
    keychain,
    accounts: openAccountFile(join(home, 'account.json')),
    clients: openClientStore(join(home, 'client.json'), keychain),
    provider: rememberProvider(config.issuer),
    fetchPicture,
    openUrl: (url) => openUrl(url, config.browser),
    copyText: (text) => clipboard.writeText(text),
    pickFile,
    bringToFront: () => window && bringToFront(window),
    onState: (state) => window && !window.isDestroyed() && sendState(window.webContents, state),
    log,
  });
  const supervisor = superviseDaemon({
    fork: () =>
      forkDaemon({
        databasePath: join(home, 'mirror.sqlite'),
        apiRoot: config.apiRoot,
        syncSeconds: config.syncSeconds,
        log,
      }),
    clock,
    handlers: mooring.daemonHandlers,
    onStarted: mooring.daemonStarted,
    onStatus: mooring.syncStatus,
    onHealth: mooring.daemonHealth,
    log,
  });
  answerWindow(mooring, (contents) => contents === window?.webContents, log);
  window = openWindow(mooring.visibilityChanged);

  powerMonitor.on('resume', mooring.resumed);
  app.on('second-instance', () => window && bringToFront(window));
  app.on('activate', () => window && bringToFront(window));

  let quitting = false;
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    void Promise.all([mooring.quit(), supervisor.stop()]).finally(() => app.quit());
  });
  app.on('window-all-closed', () => app.quit());
}

async function pickFile(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Choose the client file',
    properties: ['openFile'],
    filters: [{ name: 'OAuth client', extensions: ['json'] }],
  });
  const path = filePaths[0];
  return canceled || path === undefined ? null : readFile(path, 'utf8');
}
