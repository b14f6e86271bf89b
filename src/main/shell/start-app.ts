import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, powerMonitor } from 'electron';
import type { Clock } from '../../contract/clock.ts';
import { rememberProvider } from '../auth/provider.ts';
import { openClientHolder } from '../client-holder.ts';
import type { Config } from '../config.ts';
import { openKeychain } from '../keychain/keychain.ts';
import { loadKeytar } from '../keychain/load-keytar.ts';
import { openLog } from '../log.ts';
import { startMooring } from '../mooring.ts';
import { fetchPicture } from '../picture.ts';
import { lockable, openRehearsal } from '../rehearsal.ts';
import { superviseDaemon } from '../supervisor.ts';
import { serveApp } from './app-protocol.ts';
import { forkDaemon } from './daemon-process.ts';
import { closeDoors } from './guards.ts';
import { setMenu } from './menu.ts';
import { openUrl } from './open-url.ts';
import { bringToFront, openWindow } from './window.ts';
import { answerWindow, sendState, showCredentials } from './window-requests.ts';

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
  const databasePath = join(home, 'mirror.sqlite');
  const system = openKeychain({
    load: loadKeytar,
    // A data folder of its own has keychain entries of its own.
    service: config.home === null ? 'Mooring' : `Mooring (${config.home})`,
    clock,
  });
  const { keychain, lock } = config.control === null ? { keychain: system, lock: null } : lockable(system);

  await app.whenReady();
  serveApp(join(import.meta.dirname, '../renderer'));
  closeDoors();

  let window: BrowserWindow | null = null;
  const mooring = startMooring({
    issuer: config.issuer,
    clock,
    keychain,
    version: app.getVersion(),
    path: (name) => join(home, name),
    client: openClientHolder({
      fixed: config.client,
      fixedProblem: config.clientProblem,
      path: join(home, 'client.json'),
      keychain,
    }),
    provider: rememberProvider(config.issuer),
    fetchPicture,
    openUrl: (url) => openUrl(url, { issuer: config.issuer, command: config.browser }),
    copyText: (text) => clipboard.writeText(text),
    pickFile,
    bringToFront: () => window && bringToFront(window),
    onState: (state) => window && !window.isDestroyed() && sendState(window.webContents, state),
    rehearsal:
      config.control === null || config.client === null || lock === null
        ? null
        : openRehearsal({
            control: config.control,
            keychain: system,
            lock,
            clientSecret: config.client.secret,
            databasePath,
            restartDaemon: () => supervisor.restart(),
            syncNow: (accountId) => void mooring.requests.syncNow({ accountId }),
          }),
    log,
  });
  const supervisor = superviseDaemon({
    fork: () =>
      forkDaemon({
        databasePath,
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

  setMenu(() => {
    if (window === null || window.isDestroyed()) return;
    bringToFront(window);
    showCredentials(window.webContents);
  });

  powerMonitor.on('resume', mooring.resumed);
  app.on('second-instance', () => window && bringToFront(window));
  app.on('activate', () => window && bringToFront(window));

  let quitting = false;
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    const ended = mooring.quit().finally(() => supervisor.stop());
    void ended.finally(() => {
      // Node waits for a keychain call that waits behind the system's prompt, for as long as nobody answers it.
      if (system.busy()) process.kill(process.pid, 'SIGKILL');
      else app.quit();
    });
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
