import { type AttachedPage, attachPage } from './attached-page.ts';
import { type Target, watchTarget } from './chromium.ts';
import { preventable } from './events.ts';
import type { Frame } from './frames.ts';
import { loadError, makeLoading } from './loading.ts';
import { type OpenHandler, refusePopups } from './popups.ts';
import { type Session, sessionOf } from './session.ts';
import { strictEmitter } from './strict.ts';

/** What a page asks of its window. */
export interface Owner {
  pageClosed(): void;
  titleChanged(title: string): void;
  pageShown(): void;
  closeNow(): void;
}

let count = 0;

/** What is shown in a window: it outlives Chromium's page, and may be given another. `webContents` is what apps see of it. */
export class PageContents extends strictEmitter('webContents') {
  readonly id: number;
  readonly session: Session;
  /** For the stand-in: Chromium's page, once there is one. */
  attached: Promise<Target>;
  private readonly preload: string | undefined;
  protected readonly owner: Owner;
  protected readonly loading = makeLoading(this, (url) => this.page?.expect(url));
  private readonly popups = refusePopups(() => this.openHandler);
  private readonly ended = Promise.withResolvers<void>();
  protected page: AttachedPage | null = null;
  /** Chromium has closed the page, and there is no other yet. */
  protected lost = false;
  protected title = '';
  private destroyed = false;
  protected openHandler: OpenHandler | null = null;

  constructor(preferences: Electron.WebPreferences, owner: Owner, opening: Promise<Target>) {
    super();
    count += 1;
    this.id = count;
    this.session = (preferences.session as unknown as Session) ?? sessionOf(preferences.partition ?? '');
    this.preload = preferences.preload;
    this.owner = owner;
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
    this.lost = true;
    this.loading.lost();
  }

  /** For the window: another page, which is to show what the lost one did. */
  find(opening: Promise<Target>): void {
    const url = this.getURL();
    this.attached = this.adopt(opening);
    if (url) this.loadURL(url).catch((error) => console.error(error));
  }

  private async attach(target: Target): Promise<void> {
    this.lost = false;
    watchTarget(target.id, this.popups.opened, () => {
      if (!this.destroyed) this.owner.pageClosed();
    });
    target.session.on('Page.windowOpen', ({ url }) => this.popups.announced(url));
    const onShown = () => {
      this.owner.pageShown();
      this.readTitle();
    };
    this.page = attachPage(this, target, { preload: this.preload, loading: this.loading, onShown });
    await this.page.ready;
  }

  private async readTitle(): Promise<void> {
    const title = await this.evaluate('document.title').catch(() => '');
    if (this.destroyed || title === this.title) return;
    this.title = String(title);
    const event = preventable({});
    this.emit('page-title-updated', event, this.title, true);
    if (!event.defaultPrevented) this.owner.titleChanged(this.title);
  }

  /** For the window: after this, every use throws. */
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.page?.frames.dispose();
    this.ended.resolve();
    this.emit('destroyed', preventable({}));
  }

  protected alive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }

  /** Tells Chromium's page to do something, if it is there to do it. */
  protected tell(method: 'Page.crash' | 'Page.reload' | 'Page.bringToFront'): void {
    if (!this.lost) this.page?.session.send(method).catch(() => undefined);
  }

  get mainFrame(): Frame | null {
    return this.page?.frames.main() ?? null;
  }

  /**
   * Waits for the end of this load; it fails with the window, and when another load takes its place.
   * https://www.electronjs.org/docs/latest/api/web-contents#contentsloadurlurl-options
   */
  loadURL(url: string): Promise<void> {
    this.alive();
    const closed = this.ended.promise.then(() => Promise.reject(loadError(url, 'ERR_FAILED', -2)));
    const loaded = Promise.race([this.loading.load(url), closed]);
    // Electron does the same: an app that does not wait for its page goes on when the page fails.
    loaded.catch(() => undefined);
    return loaded;
  }

  protected async evaluate(expression: string, userGesture = false): Promise<unknown> {
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

  getURL(): string {
    this.alive();
    return this.mainFrame?.url ?? '';
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}
