import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { preventable } from './events.ts';
import { lifecycle, onlyOn, refuseAfterReady } from './lifecycle.ts';
import { ownSettings } from './own-settings.ts';
import { makeQuit } from './quit.ts';
import { relaunch } from './relaunch.ts';
import { acquireLock, type Lock } from './single-instance.ts';
import { strictEmitter } from './strict.ts';
import { askChromium } from './switches.ts';
import { windowEvents, windowPaths } from './windows.ts';

interface Package {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

/** The folder of the app: the nearest one above its entry with a package.json. */
function appFolder(): string {
  const entry = process.argv[1];
  if (entry === undefined) return process.cwd();
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return dirname(entry);
  }
}

const folder = appFolder();
const file = join(folder, 'package.json');
const own: Package = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Package) : {};
windowPaths.app = folder;

const env = process.env;
const appData =
  process.platform === 'darwin'
    ? join(homedir(), 'Library', 'Application Support')
    : (env['APPDATA'] ?? env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'));

type PathName = Parameters<Electron.App['getPath']>[0];

/** https://www.electronjs.org/docs/latest/api/app */
class App
  extends strictEmitter('app')
  implements
    Pick<
      Electron.App,
      | 'isPackaged'
      | 'whenReady'
      | 'isReady'
      | 'quit'
      | 'exit'
      | 'relaunch'
      | 'getPath'
      | 'setPath'
      | 'getAppPath'
      | 'getName'
      | 'setName'
      | 'getVersion'
      | 'getLocale'
      | 'resolveProxy'
      | 'requestSingleInstanceLock'
      | 'releaseSingleInstanceLock'
      | 'hasSingleInstanceLock'
      | 'enableSandbox'
      | 'setAppUserModelId'
      | 'focus'
      | 'hide'
      | 'show'
      | 'setLoginItemSettings'
      | 'getLoginItemSettings'
      | 'disableHardwareAcceleration'
    >
{
  /** The stand-in cannot package an app; a test may say that it is, to see what a packaged one does. */
  readonly isPackaged = ownSettings['MOORING_STANDIN_PACKAGED'] === '1';
  applicationMenu: unknown = null;
  userAgentFallback = 'Electron';
  readonly quit: () => void;
  readonly exit: (code?: number) => void;
  readonly relaunch = relaunch;
  private title = own.productName ?? own.name ?? 'Electron';
  private readonly paths = new Map<string, string>();
  private readonly becameReady = Promise.withResolvers<void>();
  private loginItem: Electron.Settings | null = null;
  private lock: Lock | null = null;
  private sandbox = false;
  private readonly switches = new Map<string, string>();

  constructor() {
    super();
    const { quit, exit } = makeQuit(this);
    this.quit = quit;
    this.exit = exit;
    windowEvents.created = (window) => {
      this.emit('web-contents-created', preventable({}), window.webContents);
      this.emit('browser-window-created', preventable({}), window);
      window.webContents.on('render-process-gone', (event, details) => {
        this.emit('render-process-gone', event, window.webContents, details);
      });
      for (const name of ['focus', 'blur']) {
        window.on(name, (event) => this.emit(`browser-window-${name}`, event, window));
      }
    };
  }

  /** For register.ts: the main script has been evaluated. */
  becomeReady(): void {
    lifecycle.ready = true;
    // Electron goes on without windows.
    setInterval(() => undefined, 2 ** 30);
    this.becameReady.resolve();
    this.emit('ready', preventable({}), {});
    this.lock?.deliver((argv, cwd, data) => this.emit('second-instance', preventable({}), argv, cwd, data));
  }
  whenReady(): Promise<void> {
    return this.becameReady.promise;
  }
  isReady(): boolean {
    return lifecycle.ready;
  }
  getAppPath(): string {
    return folder;
  }
  getName(): string {
    return this.title;
  }
  setName(name: string): void {
    this.title = name;
  }
  get name(): string {
    return this.title;
  }
  set name(name: string) {
    this.title = name;
  }
  getVersion(): string {
    return own.version ?? process.versions.electron;
  }
  /** The stand-in's computer has no proxy set. https://www.electronjs.org/docs/latest/api/app#appresolveproxyurl */
  async resolveProxy(url: string): Promise<string> {
    if (!this.isReady()) throw new Error('the system’s proxies are known once the app is ready');
    new URL(url);
    return 'DIRECT';
  }
  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  /** https://www.electronjs.org/docs/latest/api/app#appgetpathname */
  getPath(name: PathName): string {
    const set = this.paths.get(name);
    if (set !== undefined) return set;
    const home = homedir();
    const userData = this.paths.get('userData') ?? join(appData, this.title);
    const known: Record<string, string> = {
      home,
      appData,
      userData,
      sessionData: userData,
      logs: join(userData, 'logs'),
      crashDumps: join(userData, 'Crashpad'),
      temp: tmpdir(),
      exe: process.execPath,
      module: process.execPath,
      desktop: join(home, 'Desktop'),
      documents: join(home, 'Documents'),
      downloads: env['XDG_DOWNLOAD_DIR'] ?? join(home, 'Downloads'),
      music: join(home, 'Music'),
      pictures: join(home, 'Pictures'),
      videos: join(home, 'Videos'),
    };
    const path = Object.hasOwn(known, name) ? known[name] : undefined;
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    this.getPath(name as PathName);
    // https://www.electronjs.org/docs/latest/api/app#appsetpathname-path
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    const folder = path ?? this.getPath('logs');
    mkdirSync(folder, { recursive: true });
    this.setPath('logs', folder);
  }

  /** https://www.electronjs.org/docs/latest/api/app#apprequestsingleinstancelockadditionaldata */
  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    if (this.lock) return true;
    const userData = this.getPath('userData');
    mkdirSync(userData, { recursive: true });
    this.lock = acquireLock(userData, additionalData);
    if (this.lock && lifecycle.ready) {
      this.lock.deliver((argv, cwd, data) => this.emit('second-instance', preventable({}), argv, cwd, data));
    }
    return this.lock !== null;
  }
  hasSingleInstanceLock(): boolean {
    return this.lock !== null;
  }
  releaseSingleInstanceLock(): void {
    this.lock?.release();
    this.lock = null;
  }

  /** https://www.electronjs.org/docs/latest/api/app#appenablesandbox */
  enableSandbox(): void {
    refuseAfterReady('app.enableSandbox() can only be called before app is ready');
    this.sandbox = true;
  }
  /** For tests: whether the app asked for the sandbox, which the stand-in does not have. */
  get sandboxAsked(): boolean {
    return this.sandbox;
  }
  disableHardwareAcceleration(): void {
    refuseAfterReady('app.disableHardwareAcceleration() can only be called before app is ready');
  }

  /** https://www.electronjs.org/docs/latest/api/app#appsetappusermodelidid-windows */
  setAppUserModelId(id: string): void {
    onlyOn(['win32'], 'app.setAppUserModelId');
    if (typeof id !== 'string') throw new TypeError('an app user model id is a string');
  }
  focus(): void {}
  /** https://www.electronjs.org/docs/latest/api/app#apphide-macos */
  hide(): void {
    onlyOn(['darwin'], 'app.hide');
  }
  show(): void {
    onlyOn(['darwin'], 'app.show');
  }
  /** https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows */
  setLoginItemSettings(settings: Electron.Settings): void {
    onlyOn(['darwin', 'win32'], 'app.setLoginItemSettings');
    this.loginItem = settings.openAtLogin === true ? settings : null;
  }
  getLoginItemSettings(options: Electron.LoginItemSettingsOptions = {}): Electron.LoginItemSettings {
    onlyOn(['darwin', 'win32'], 'app.getLoginItemSettings');
    const { path = '', args = [] } = this.loginItem ?? {};
    const same =
      process.platform !== 'win32' || isDeepStrictEqual([path, args], [options.path ?? '', options.args ?? []]);
    return {
      openAtLogin: this.loginItem !== null && same,
      wasOpenedAtLogin: false,
      status: this.loginItem === null ? 'not-registered' : 'enabled',
      executableWillLaunchAtLogin: this.loginItem !== null,
      launchItems: [],
    };
  }
  /** https://www.electronjs.org/docs/latest/api/dock exists on macOS only. */
  get dock(): undefined {
    return undefined;
  }

  /** https://www.electronjs.org/docs/latest/api/command-line */
  readonly commandLine = {
    hasSwitch: (name: string): boolean => this.switches.has(name) || argument(name) !== undefined,
    getSwitchValue: (name: string): string => this.switches.get(name) ?? argument(name) ?? '',
    appendSwitch: (name: string, value = ''): void => {
      this.switches.set(name.replace(/^--/, ''), value);
      // What pages are like is Chromium's to say; the rest of the switches are Electron's own.
      if (name === 'blink-settings') askChromium(name, value);
    },
    appendArgument: (_value: string): void => undefined,
    removeSwitch: (name: string): void => {
      this.switches.delete(name);
    },
  };
}

/** A switch of the command line: `--name` or `--name=value`. */
function argument(name: string): string | undefined {
  const found = process.argv.slice(2).find((item) => item === `--${name}` || item.startsWith(`--${name}=`));
  return found?.slice(name.length + 3);
}

export const app = new App();
