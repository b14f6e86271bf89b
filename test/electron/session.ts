import { refuseBeforeReady } from './lifecycle.ts';
import { Protocol } from './protocol.ts';
import { strictEmitter } from './strict.ts';
import { askChromium } from './switches.ts';

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type DeviceHandler = Parameters<Electron.Session['setDevicePermissionHandler']>[0];
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type Filter = Electron.WebRequestFilter;

/** https://www.electronjs.org/docs/latest/api/web-request */
export class WebRequest extends strictEmitter('webRequest') {
  private listener: BeforeRequest | null = null;
  private patterns: URLPatternLike[] = [];

  onBeforeRequest(...args: [BeforeRequest | null] | [Filter, BeforeRequest | null]): void {
    const [filter, listener] = args.length === 2 ? args : [{ urls: ['<all_urls>'] }, args[0]];
    this.patterns = (filter.urls ?? []).map(matchPattern);
    this.listener = listener;
  }
  /** For the stand-in: what the app says to a request. */
  ask(details: Electron.OnBeforeRequestListenerDetails): Promise<Electron.CallbackResponse> {
    const { listener } = this;
    if (!listener || !this.patterns.some((matches) => matches(details.url))) return Promise.resolve({});
    return new Promise((resolve) => listener(details, resolve));
  }
}

type URLPatternLike = (url: string) => boolean;

/** https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/Match_patterns */
function matchPattern(pattern: string): URLPatternLike {
  if (pattern === '<all_urls>') return () => true;
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  const expression = new RegExp(`^${source}$`);
  return (url) => expression.test(url);
}

/** https://www.electronjs.org/docs/latest/api/session */
export class Session
  extends strictEmitter('session')
  implements
    Pick<
      Electron.Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setProxy'
      | 'clearStorageData'
      | 'clearCache'
      | 'isPersistent'
    >
{
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  readonly partition: string;
  /** For the stand-in: what the app decides of permissions, see permissions.ts. */
  permissionRequest: RequestHandler = null;
  permissionCheck: CheckHandler = null;
  devicePermission: DeviceHandler = null;
  /** For the stand-in: whether its requests leave by a proxy, which only Chromium knows how to use. */
  proxied = false;

  constructor(partition: string) {
    super();
    this.partition = partition;
  }
  setPermissionRequestHandler(handler: RequestHandler): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(): void {}
  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:');
  }
  /**
   * Of the default session only, whose pages are all in one Chromium, and only of servers named one by one.
   * https://www.electronjs.org/docs/latest/api/session#sessetproxyconfig
   */
  async setProxy({ mode, proxyRules, proxyBypassRules = '', ...rest }: Electron.ProxyConfig): Promise<void> {
    if (this.partition !== '') throw new Error('the stand-in has a proxy for its default session only');
    if (mode !== 'fixed_servers' || !proxyRules || Object.keys(rest).length > 0) {
      throw new Error('the stand-in has no proxy but fixed servers');
    }
    askChromium('proxy-server', proxyRules);
    askChromium('proxy-bypass-list', proxyBypassRules);
    this.proxied = true;
  }
  /** For the stand-in: what the app says of certificates. Requests of main are made over plain http alone, and show none. */
  setCertificateVerifyProc(proc: Parameters<Electron.Session['setCertificateVerifyProc']>[0]): void {
    if (proc !== null && typeof proc !== 'function') throw new TypeError('Must pass null or function');
  }
  /** The stand-in's Chromium forgets everything at exit; nothing is cleared before. */
  async clearStorageData(): Promise<void> {}
  async clearCache(): Promise<void> {}
}

const sessions = new Map<string, Session>();

export function sessionOf(partition: string): Session {
  refuseBeforeReady('Session can only be received when app is ready');
  const session = sessions.get(partition) ?? new Session(partition);
  sessions.set(partition, session);
  return session;
}

/** Sessions cannot be had before the app is ready: https://www.electronjs.org/docs/latest/api/session#sessiondefaultsession */
export const session = {
  get defaultSession(): Session {
    return sessionOf('');
  },
  /** There is no cache, whatever `cache` says. */
  fromPartition(partition: string, options: Electron.FromPartitionOptions = { cache: false }): Session {
    if (typeof partition !== 'string') throw new TypeError('a partition is named by a string');
    if (typeof options.cache !== 'boolean') throw new TypeError('cache is a boolean');
    return sessionOf(partition);
  },
};
