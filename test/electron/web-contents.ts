import { randomUUID } from 'node:crypto';
import type { Session as Cdp } from './cdp.ts';
import { followChildren } from './child-targets.ts';
import { chromium, type Target, watchTarget } from './chromium.ts';
import { followConsole } from './console-messages.ts';
import { later, preventable } from './events.ts';
import { addressOf, type Frame, type FrameTree, followFrames } from './frames.ts';
import { receive, toRenderer } from './ipc-main.ts';
import { followLoads } from './loads.ts';
import { NativeImage } from './native-image.ts';
import { makeGate } from './navigation.ts';
import { schemeOf, toExternal, toInternal } from './origins.ts';
import { withPaths } from './paths.ts';
import { grantPermissions } from './permissions.ts';
import { isolatedWorld, pageScript, preloadScript } from './preload-script.ts';
import { type Gate, interceptRequests } from './requests.ts';
import { type Session, sessionOf } from './session.ts';
import { strictEmitter } from './strict.ts';
import { askChromium } from './switches.ts';
import { trace } from './trace.ts';

const all = new Map<number, WebContents>();
let count = 0;

/** What a page asks of its window. */
export interface Owner {
  pageClosed(): void;
  titleChanged(title: string): void;
  pageShown(): void;
  closeNow(): void;
}

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

type RtcPolicy = Parameters<Electron.WebContents['setWebRTCIPHandlingPolicy']>[0];
const rtcPolicies: readonly RtcPolicy[] = [
  'default',
  'default_public_interface_only',
  'default_public_and_private_interfaces',
  'disable_non_proxied_udp',
];

/** https://www.electronjs.org/docs/latest/api/web-contents */
export class WebContents
  extends strictEmitter('webContents')
  implements
    Pick<
      Electron.WebContents,
      | 'id'
      | 'loadURL'
      | 'send'
      | 'setWindowOpenHandler'
      | 'setWebRTCIPHandlingPolicy'
      | 'getURL'
      | 'getTitle'
      | 'isDestroyed'
      | 'isLoading'
      | 'openDevTools'
      | 'closeDevTools'
      | 'isDevToolsOpened'
      | 'executeJavaScript'
      | 'reload'
      | 'close'
      | 'focus'
    >
{
  readonly id: number;
  readonly session: Session;
  /** For the stand-in: Chromium's page, once there is one. */
  attached: Promise<Target>;
  private readonly preload: string | undefined;
  private readonly owner: Owner;
  private readonly inbox = `inbox-${randomUUID()}`;
  private target: Target | null = null;
  private frames: FrameTree | null = null;
  private navigation: ReturnType<typeof makeGate> | null = null;
  private loader = '';
  private readonly loads = followLoads();
  private readonly ended = Promise.withResolvers<void>();
  private title = '';
  private loading = false;
  private destroyed = false;
  private openHandler: OpenHandler | null = null;
  private wanted = '';

  constructor(preferences: Electron.WebPreferences, owner: Owner, opening: Promise<Target>) {
    super();
    count += 1;
    this.id = count;
    this.session = (preferences.session as unknown as Session) ?? sessionOf(preferences.partition ?? '');
    this.preload = preferences.preload;
    this.owner = owner;
    all.set(this.id, this);
    this.attached = this.adopt(opening);
  }

  private adopt(opening: Promise<Target>): Promise<Target> {
    const attached = opening.then(async (target) => {
      await this.attach(target);
      return target;
    });
    // Whoever loads something hears of the failure; a window that was closed meanwhile has nobody to tell.
    attached.catch((error) => {
      if (!this.destroyed) console.error(error);
    });
    return attached;
  }

  /** For the window: its page is gone, but it is not. */
  lose(): void {
    this.target = null;
    this.loader = '';
  }

  /** For the window: another page, which is to show what the lost one did. */
  find(opening: Promise<Target>): void {
    const url = this.getURL();
    this.attached = this.adopt(opening);
    if (url) this.loadURL(url).catch((error) => console.error(error));
  }

  private async attach(target: Target): Promise<void> {
    const { session: cdp, id } = target;
    this.target = target;
    this.frames = followFrames(cdp, id, this.id);
    const navigation = makeGate(this, id, this.frames);
    this.navigation = navigation;
    watchTarget(
      id,
      (popup) => this.popup(popup),
      () => this.gone(),
    );
    this.follow(cdp, id, navigation.gate);
    followConsole(cdp, (message) => this.emit('console-message', preventable({ ...message, frame: this.mainFrame })));
    const secret = randomUUID();
    const binding = `binding-${randomUUID()}`;
    const file = `file-${randomUUID()}-`;
    const holdRequests = (page: Cdp) =>
      interceptRequests(page, this.session, navigation.gate, { webContentsId: this.id, frameId: id });
    const setup: Promise<unknown>[] = [
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Log.enable'),
      cdp.send('Inspector.enable'),
      cdp.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      holdRequests(cdp),
    ];
    if (this.preload !== undefined) {
      cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
        if (name !== binding) return;
        const frame = this.frames?.byContext(executionContextId) ?? null;
        const deliver = (text: string) => this.deliver(text, executionContextId);
        withPaths(cdp, executionContextId, file, payload).then(
          (text) => receive(text, this, frame, deliver),
          // The document that sent it is gone.
          (error) => console.error(error),
        );
      });
      const settings = { binding, inbox: this.inbox, file, process: rendererProcess() };
      setup.push(
        cdp.send('Runtime.addBinding', { name: binding, executionContextName: isolatedWorld }),
        cdp.send('Page.addScriptToEvaluateOnNewDocument', {
          source: preloadScript(this.preload, secret, settings),
          worldName: isolatedWorld,
        }),
        cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(secret) }),
      );
    }
    setup.push(followChildren(cdp, holdRequests), cdp.send('Runtime.runIfWaitingForDebugger'));
    await Promise.all(setup);
  }

  /** Turns what Chromium tells of the page into Electron's events. */
  private follow(cdp: Cdp, mainId: string, gate: Gate): void {
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== mainId) return;
      if (this.loader !== frame.loaderId) this.loads.replaced(this.loader);
      this.loader = frame.unreachableUrl ? '' : frame.loaderId;
      if (frame.unreachableUrl) return;
      // The status of the answer is not known here: it is given as for addresses that have none.
      this.emit('did-navigate', preventable({}), addressOf(frame), -1, '');
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.emit('did-navigate-in-page', preventable({}), toExternal(url), frameId === mainId, this.id, 1);
    });
    cdp.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== mainId || loaderId !== this.loader) return;
      if (name === 'DOMContentLoaded') this.emit('dom-ready', preventable({}));
      if (name !== 'load') return;
      this.loading = false;
      this.loads.finished(loaderId);
      this.emit('did-finish-load', preventable({}));
      this.owner.pageShown();
      this.readTitle();
    });
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      // What Chromium does not ask the network for cannot be held there: it would hand it to the system, Electron asks.
      if (disposition !== 'currentTab' || /^(https?|file|data|blob|about|javascript):/i.test(url)) return;
      if (!gate({ url, frameId, redirected: false })) return;
      if (frameId === mainId && this.session.protocol.handlerOf(url)) this.load(url).catch(() => undefined);
    });
    cdp.on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') return;
      // https://www.electronjs.org/docs/latest/api/web-contents#event-will-prevent-unload
      const event = preventable({});
      this.emit('will-prevent-unload', event);
      const accept = event.defaultPrevented;
      cdp.send('Page.handleJavaScriptDialog', { accept }).catch(() => undefined);
      if (!accept) this.emit('-stay');
    });
    cdp.on('Page.windowOpen', ({ url }) => {
      this.wanted = url;
    });
    cdp.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 });
    });
  }

  private async readTitle(): Promise<void> {
    const title = await this.evaluate('document.title').catch(() => '');
    if (this.destroyed || title === this.title) return;
    this.title = String(title);
    const event = preventable({});
    this.emit('page-title-updated', event, this.title, true);
    if (!event.defaultPrevented) this.owner.titleChanged(this.title);
  }

  /**
   * Asks the app about a page that wants a window of its own, and closes it: the stand-in has no child windows.
   * https://www.electronjs.org/docs/latest/api/web-contents#contentssetwindowopenhandlerhandler
   */
  private popup(popup: Target): void {
    const url = toExternal(this.wanted || popup.url);
    const referrer: Electron.Referrer = { url: '', policy: 'default' };
    const details: Electron.HandlerDetails = {
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer,
    };
    const answer = this.openHandler?.(details) ?? { action: 'allow' };
    if (answer.action === 'allow') console.error(`the stand-in does not open child windows: ${url}`);
    closeUnseen(popup).catch(() => undefined);
  }

  private gone(): void {
    if (this.destroyed) return;
    this.owner.pageClosed();
  }

  /** For the window: after this, every use throws. */
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.frames?.dispose();
    all.delete(this.id);
    this.ended.resolve();
    this.emit('destroyed', preventable({}));
  }

  private alive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }

  private deliver(text: string, context = this.frames?.isolatedContext()): void {
    // A message to a page that has no document with a preload yet is lost, as it is in Electron.
    if (context === undefined || !this.target || this.destroyed) return;
    const expression = `globalThis[${JSON.stringify(this.inbox)}](${JSON.stringify(text)})`;
    this.target.session.send('Runtime.evaluate', { contextId: context, expression }).catch(() => undefined);
  }

  get mainFrame(): Frame | null {
    return this.frames?.main() ?? null;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.alive();
    this.openHandler = handler;
  }

  /**
   * One Chromium has one policy: that of the first contents is in force for all, and another is refused.
   * https://www.electronjs.org/docs/latest/api/web-contents#contentssetwebrtciphandlingpolicypolicy
   */
  setWebRTCIPHandlingPolicy(policy: RtcPolicy): void {
    this.alive();
    if (!rtcPolicies.includes(policy)) throw new TypeError(`there is no WebRTC IP handling policy ${policy}`);
    askChromium('webrtc-ip-handling-policy', policy);
  }

  send(channel: string, ...args: unknown[]): void {
    this.alive();
    this.deliver(toRenderer(channel, args));
  }

  /**
   * Waits for the end of this load; it fails with the window, and when another load takes its place.
   * https://www.electronjs.org/docs/latest/api/web-contents#contentsloadurlurl-options
   */
  loadURL(url: string): Promise<void> {
    this.alive();
    const closed = this.ended.promise.then(() => Promise.reject(loadError(url, 'ERR_FAILED', -2)));
    const loaded = Promise.race([this.load(url), closed]);
    // Electron does the same: an app that does not wait for its page goes on when the page fails.
    loaded.catch(() => undefined);
    return loaded;
  }

  private async load(url: string): Promise<void> {
    const internal = toInternal(url);
    const target = await this.attached;
    const scheme = schemeOf(url);
    if (scheme && internal === url && !/^(https?|file|data|about|blob|chrome)$/.test(scheme)) {
      throw this.failed(url, 'ERR_UNKNOWN_URL_SCHEME', -302);
    }
    this.loading = true;
    this.navigation?.expect(url);
    await grantPermissions(this.session, this, url);
    const { errorText, loaderId } = await target.session.send('Page.navigate', { url: internal });
    if (errorText) throw this.failed(url, errorText.replace(/^net::/, ''), -3);
    // Without a new document there is nothing to wait for.
    if (!loaderId) this.loading = false;
    else if (url !== 'about:blank' && (await this.loads.end(loaderId)) === 'replaced') {
      throw loadError(url, 'ERR_ABORTED', -3);
    }
  }

  private failed(url: string, code: string, errno: number): Error {
    this.loading = false;
    if (!this.destroyed) this.emit('did-fail-load', preventable({}), errno, code, url, true, this.id, 1);
    return loadError(url, code, errno);
  }

  private async evaluate(expression: string, userGesture = false): Promise<unknown> {
    const { session } = await this.attached;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      userGesture,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.alive();
    return this.evaluate(code, userGesture);
  }

  /** https://www.electronjs.org/docs/latest/api/web-contents#contentsforcefullycrashrenderer */
  forcefullyCrashRenderer(): void {
    this.alive();
    this.target?.session.send('Page.crash').catch(() => undefined);
  }
  reload(): void {
    this.alive();
    this.navigation?.expect(this.getURL());
    this.target?.session.send('Page.reload').catch(() => undefined);
  }

  close(): void {
    this.alive();
    later(() => this.owner.closeNow());
  }

  focus(): void {
    this.alive();
    this.target?.session.send('Page.bringToFront').catch(() => undefined);
  }

  async capturePage(): Promise<NativeImage> {
    this.alive();
    const { session } = await this.attached;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return NativeImage.from(Buffer.from(data, 'base64'));
  }

  /** There is no window of tools to open; whoever needs them attaches to Chromium. */
  openDevTools(): void {
    this.alive();
    trace({ direction: 'app->system', channel: 'openDevTools', payload: this.getURL() });
  }
  closeDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  getURL(): string {
    this.alive();
    return this.mainFrame?.url ?? '';
  }
  getTitle(): string {
    this.alive();
    return this.title;
  }
  isLoading(): boolean {
    return this.loading;
  }
  isCrashed(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

/**
 * Closes a page that has not started, without a request of it. It has to start first: a page shares its thread with the one
 * that opened it, which waits in `window.open` until the new one may run, and would wait for good for one that is gone.
 */
async function closeUnseen({ id, session }: Target): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => undefined);
  });
  const { connection } = await chromium();
  await Promise.all([
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Runtime.runIfWaitingForDebugger'),
  ]);
  await connection.browser.send('Target.closeTarget', { targetId: id });
}

/** What `loadURL` is rejected with. */
function loadError(url: string, code: string, errno: number): Error {
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
}

/** https://www.electronjs.org/docs/latest/api/process#sandbox */
function rendererProcess(): Record<string, unknown> {
  const { platform, arch, versions, env } = process;
  return { type: 'renderer', sandboxed: true, contextIsolated: true, isMainFrame: true, platform, arch, versions, env };
}

/** https://www.electronjs.org/docs/latest/api/web-contents#methods */
export const webContents = {
  getAllWebContents: (): WebContents[] => [...all.values()],
  getFocusedWebContents: (): WebContents | null => [...all.values()].at(-1) ?? null,
  fromId: (id: number): WebContents | undefined => all.get(id),
};
