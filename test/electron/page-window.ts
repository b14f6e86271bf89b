import { chromium, type Target } from './chromium.ts';
import { later, preventable } from './events.ts';
import { refuseBeforeReady } from './lifecycle.ts';
import { PlacedWindow } from './placed-window.ts';
import { checkPreferences } from './preferences.ts';
import { WebContents } from './web-contents.ts';
import { windowEvents, windows } from './windows.ts';

let count = 0;

/** A window with the page that it shows: how it gets one, loses it, and ends. `BrowserWindow` is what apps see of it. */
export class PageWindow extends PlacedWindow {
  readonly id: number;
  readonly webContents: WebContents;
  protected page: Promise<Target>;
  protected title: string;
  private closing = false;
  private shown = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super(options);
    refuseBeforeReady('Cannot create BrowserWindow before app is ready');
    checkPreferences(options.webPreferences ?? {});
    count += 1;
    this.id = count;
    this.title = options.title ?? 'Electron';
    this.page = this.open();
    const owner = {
      pageClosed: () => this.pageClosed(),
      titleChanged: (title: string) => {
        this.title = title;
      },
      pageShown: () => this.ready(),
      closeNow: () => this.destroy(),
    };
    this.webContents = new WebContents(options.webPreferences ?? {}, owner, this.page);
    this.webContents.on('page-title-updated', (...args) => this.emit('page-title-updated', ...args));
  }

  private async open(): Promise<Target> {
    // Not before the app has heard of its window: what it asks of the contents then is given to Chromium at its start.
    await Promise.resolve();
    const { openPage, connection } = await chromium();
    const target = await openPage(this.bounds.width, this.bounds.height);
    if (this.destroyed) await connection.browser.send('Target.closeTarget', { targetId: target.id });
    return target;
  }

  private ready(): void {
    if (this.shown) return;
    this.shown = true;
    this.apply();
    this.emit('ready-to-show', preventable({}));
  }

  protected toFront(): void {
    this.webContents.focus();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    this.alive();
    if (this.lost) {
      this.lost = false;
      this.page = this.open();
      this.webContents.find(this.page);
    }
    if (!this.visible) this.become(() => (this.visible = true), 'show');
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }

  /**
   * The app may prevent it, then the page may.
   * https://www.electronjs.org/docs/latest/api/browser-window#event-close
   */
  close(): void {
    this.alive();
    if (this.closing) return;
    const event = preventable({});
    this.emit('close', event);
    if (this.destroyed) return;
    if (event.defaultPrevented) {
      windowEvents.closePrevented();
      return;
    }
    if (this.lost) {
      this.destroy();
      return;
    }
    this.closing = true;
    this.webContents.once('-stay', () => {
      this.closing = false;
      windowEvents.closePrevented();
    });
    // Chromium runs the page's beforeunload, and says when the page is gone.
    this.webContents.attached.then(({ session }) => session.send('Page.close')).catch(() => this.destroy());
  }

  /** The page went away: because it was asked to, or because somebody closed it in Chromium. */
  private pageClosed(): void {
    if (!this.closing && !this.destroyed) {
      const event = preventable({});
      this.emit('close', event);
      if (event.defaultPrevented) {
        // Chromium asks nobody before it closes its windows: the app keeps its own, and gets a new page to show in it.
        this.lost = true;
        this.webContents.lose();
        return;
      }
    }
    this.destroy();
  }

  /** https://www.electronjs.org/docs/latest/api/browser-window#windestroy */
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.dropFocus();
    windows.delete(this.id);
    this.page
      .then(async ({ id }) => {
        const { connection } = await chromium();
        await connection.browser.send('Target.closeTarget', { targetId: id });
      })
      .catch(() => undefined);
    this.webContents.destroy();
    this.emit('closed', preventable({}));
    if (windows.size === 0) later(() => windowEvents.allClosed());
  }
}
