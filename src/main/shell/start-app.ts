import { join } from 'node:path';
import { app, clipboard, dialog } from 'electron';
import { systemClock as clock } from '../../contract/clock.ts';
import type { Problem } from '../../contract/problem.ts';
import { firstService, services } from '../../contract/services.ts';
import { defaultSettings } from '../../contract/state.ts';
import { allAuthorities, namedAuthorities } from '../../http/authorities.ts';
import { environmentWays } from '../../http/environment-ways.ts';
import { openWayOut } from '../../http/outgoing.ts';
import { fetchPicture } from '../accounts/picture.ts';
import { openRecords } from '../accounts/records.ts';
import { rememberProvider } from '../auth/provider.ts';
import { onWindowClose } from '../background/closing.ts';
import { launchRequest } from '../background/launch.ts';
import type { TrayCommand } from '../background/tray-view.ts';
import { WindowPlace } from '../background/window-place.ts';
import { holdFile } from '../held-file.ts';
import { jsonFile } from '../json-file.ts';
import { openLog } from '../log.ts';
import { startMooring } from '../mooring.ts';
import { makeLockable, openRehearsal } from '../rehearsal.ts';
import { openClientHolder } from '../setup/client-holder.ts';
import type { Config } from '../setup/config.ts';
import { folderOf, keychainService, olderServices, orConfigError } from '../setup/data-folder.ts';
import { superviseDaemon } from '../supervisor.ts';
import { serveApp } from './app-protocol.ts';
import { closingQuestion } from './closing-question.ts';
import { carryOut } from './commands.ts';
import { forkDaemon } from './daemon-process.ts';
import { closeDoors } from './guards.ts';
import { loginItem } from './login-item.ts';
import { setMenu } from './menu.ts';
import { openNotifications } from './notifications.ts';
import { openUrl } from './open-url.ts';
import { watchPower } from './power.ts';
import { prepareQuit } from './quit.ts';
import { systemKeychain } from './system-keychain.ts';
import { openTray } from './tray.ts';
import { watchUpdates } from './updates.ts';
import { findWays } from './ways-out.ts';
import { openMainWindow } from './window.ts';
import { answerWindow, sendPlace, sendState } from './window-requests.ts';

/** The composition root: what the core needs of Electron and of the system is made here and passed in. */
export async function startApp(config: Config, startsHidden: boolean): Promise<void> {
  const home = config.home ?? app.getPath('userData');
  const log = openLog(join(home, 'logs', 'mooring.log'), clock.now);
  for (const { code } of config.refused) log(`shell: ${code}`);
  const { path, service, older } = orConfigError(home, () => ownPlace(config, home));
  const databasePath = path('mirror.sqlite');
  const keychains = systemKeychain(clock, log);
  const system = keychains.open(service, older);
  const { keychain, lock } = config.control === null ? { keychain: system, lock: null } : makeLockable(system);

  const remembered = orConfigError(home, () =>
    holdFile(jsonFile(join(home, 'window.json'), WindowPlace.nullable(), null)),
  );
  const client = orConfigError(home, () =>
    openClientHolder({
      fixed: config.client,
      fixedProblem: config.clientProblem,
      path: path('client.json'),
      keychain,
    }),
  );

  await app.whenReady();
  serveApp(join(import.meta.dirname, '../renderer'));
  await closeDoors();

  const ways = findWays(process.env);
  const named = namedAuthorities(process.env['NODE_EXTRA_CA_CERTS']);
  // Releases are at GitHub: the way there is the way to all of them.
  const proxy = environmentWays(process.env)?.('https://github.com')[0] ?? null;
  const updateNetwork = { proxy, named: named ?? [] };
  const fetch = openWayOut({ authorities: () => allAuthorities(named ?? []), ways });
  const quit = prepareQuit({
    clock,
    end: () => mooring.quit().finally(keychains.end).finally(supervisor.stop),
  });
  const window = openMainWindow({
    clock,
    remembered,
    onVisibility: (shown) => mooring.happened(shown ? 'window-shown' : 'window-hidden'),
    onClose: () => onWindowClose(mooring.state().settings.onClose, quit.isUnderWay()),
    askHowToClose: closingQuestion({
      startsAtLogin: () => mooring.state().launchAtLogin === true,
      keep: (onClose) => mooring.requests.changeSettings({ onClose }),
      onFailure: say,
    }),
    quit: () => quit.begin(),
    sendPlace,
  });
  const notifications = openNotifications((accountId) => window.show({ kind: 'account', accountId }), log);

  const mooring = startMooring({
    issuer: config.issuer,
    refused: named === null ? [...config.refused, authoritiesUnread] : config.refused,
    services,
    clock,
    keychain,
    version: app.getVersion(),
    path,
    client,
    fetch,
    ways,
    provider: rememberProvider(fetch, config.issuer),
    fetchPicture: (url) => fetchPicture(fetch, url, config.issuer),
    openUrl: (url) => openUrl(url, config.browser),
    copyText: (text) => clipboard.writeText(text),
    pickFile,
    pickFolder,
    bringToFront: () => window.show(),
    onState: (state) => {
      const contents = window.contents();
      if (contents !== null) sendState(contents, state);
    },
    desktop: {
      writeTime,
      showTray: openTray({ pictures: join(app.getAppPath(), 'resources', 'tray'), onCommand: obey }),
      notify: notifications.show,
      withdraw: notifications.withdraw,
    },
    loginItem: loginItem(),
    startsAtLogin: app.isPackaged,
    installUpdate: () => quit.begin(() => updates?.install()),
    rehearsal:
      config.control === null || config.client === null || lock === null
        ? null
        : openRehearsal({
            fetch,
            control: config.control,
            keychain: system,
            lock,
            clientSecret: config.client.secret,
            scopes: services[firstService].scopes,
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
    onExporting: mooring.exporting,
    onHealth: mooring.daemonHealth,
    log,
  });
  answerWindow(mooring, (contents) => contents === window.contents(), log);

  function obey(command: TrayCommand): void {
    const parts = { requests: mooring.requests, state: mooring.state, window, quit: () => quit.begin() };
    carryOut(command, parts).catch(say);
  }

  /** Something that was chosen in the tray or a menu has failed; there may be no window that could show it. */
  function say(error: unknown): void {
    log(`shell: ${String(error)}`);
    const message = error instanceof Error ? error.message : 'That did not work. Your data is untouched.';
    void dialog.showMessageBox({ type: 'error', title: 'Mooring', message });
  }

  setMenu({
    syncNow: () => obey({ do: 'sync' }),
    settings: () => obey({ do: 'settings' }),
    search: () => window.show({ kind: 'search' }),
    credentials: () => window.show({ kind: 'credentials' }),
  });
  watchPower(clock, mooring.happened);
  app.on('second-instance', (_event, argv) => {
    switch (launchRequest(argv).kind) {
      case 'open':
        return window.show();
      case 'hidden':
        return;
      case 'purge':
        return quit.begin();
    }
  });
  app.on('activate', () => window.show());
  if (!startsHidden && !openedAtLogin()) window.show();
  const updates = await watchUpdates({ clock, network: updateNetwork, onFound: mooring.updateFound, log }).catch(
    (error: unknown) => {
      // Without updates everything else works.
      log(`update: ${error instanceof Error ? error.name : 'failed'}`);
      return null;
    },
  );
}

/** Where the registration that this start is for keeps its files and its keys. */
function ownPlace({ issuer, client, home: named, namedHome }: Config, home: string) {
  const inHome = (name: string) => join(home, name);
  const records = openRecords(inHome, defaultSettings);
  const held = { accounts: records.accounts(), revocations: records.revocations.read() };
  const below = folderOf({ issuer, clientId: client?.id ?? null }, held);
  const older = olderServices(named, namedHome, below);
  if (below === null) return { path: inHome, service: keychainService(named), older };
  const folder = join(home, below);
  return { path: (name: string) => join(folder, name), service: keychainService(folder), older };
}

/** What is trusted is less than the person meant, which may be all that is wrong. */
const authoritiesUnread: Problem = {
  code: 'authorities-unread',
  sentence:
    'The file of certificates that Mooring’s environment names cannot be read, or has none in it, so Mooring trusts only those of your system. Your data is untouched. Look whether the file is there and begins with BEGIN CERTIFICATE, and start Mooring again.',
};

/** The time of day, with the weekday if it is not today. */
function writeTime(instant: number): string {
  const moment = new Date(instant);
  const today = moment.toDateString() === new Date(clock.now()).toDateString();
  return moment.toLocaleString([], { ...(!today && { weekday: 'long' }), hour: '2-digit', minute: '2-digit' });
}

/** On macOS a login item is started without arguments. */
const openedAtLogin = () => process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;

async function pickFile(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Choose the client file',
    properties: ['openFile'],
    filters: [{ name: 'OAuth client', extensions: ['json'] }],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

async function pickFolder(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Choose the folder for exports',
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
