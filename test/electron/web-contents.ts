import type { Target } from './chromium.ts';
import { later } from './events.ts';
import { toRenderer } from './ipc-main.ts';
import { NativeImage } from './native-image.ts';
import { type Owner, PageContents } from './page-contents.ts';
import type { OpenHandler } from './popups.ts';
import { askChromium } from './switches.ts';
import { trace } from './trace.ts';

const all = new Map<number, WebContents>();

type RtcPolicy = Parameters<Electron.WebContents['setWebRTCIPHandlingPolicy']>[0];
const rtcPolicies: readonly RtcPolicy[] = [
  'default',
  'default_public_interface_only',
  'default_public_and_private_interfaces',
  'disable_non_proxied_udp',
];

/** https://www.electronjs.org/docs/latest/api/web-contents */
export class WebContents
  extends PageContents
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
  constructor(preferences: Electron.WebPreferences, owner: Owner, opening: Promise<Target>) {
    super(preferences, owner, opening);
    all.set(this.id, this);
  }
  override destroy(): void {
    all.delete(this.id);
    super.destroy();
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
    const text = toRenderer(channel, args);
    if (!this.lost) this.page?.deliver(text);
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.alive();
    return this.evaluate(code, userGesture);
  }

  /** https://www.electronjs.org/docs/latest/api/web-contents#contentsforcefullycrashrenderer */
  forcefullyCrashRenderer(): void {
    this.alive();
    this.tell('Page.crash');
  }
  reload(): void {
    this.alive();
    this.page?.expect(this.getURL());
    this.tell('Page.reload');
  }

  close(): void {
    this.alive();
    later(() => this.owner.closeNow());
  }

  focus(): void {
    this.alive();
    this.tell('Page.bringToFront');
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
  getTitle(): string {
    this.alive();
    return this.title;
  }
  isLoading(): boolean {
    return this.loading.isLoading();
  }
  isCrashed(): boolean {
    return false;
  }
}

/** https://www.electronjs.org/docs/latest/api/web-contents#methods */
export const webContents = {
  getAllWebContents: (): WebContents[] => [...all.values()],
  getFocusedWebContents: (): WebContents | null => [...all.values()].at(-1) ?? null,
  fromId: (id: number): WebContents | undefined => all.get(id),
};
