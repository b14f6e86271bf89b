import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Target } from './chromium.ts';
import { later, preventable } from './events.ts';
import { refuseBeforeReady } from './lifecycle.ts';
import type { NativeImage } from './native-image.ts';
import { placeWindow } from './place-window.ts';
import { checkPreferences } from './preferences.ts';
import { strictEmitter } from './strict.ts';
import { WebContents } from './web-contents.ts';
import { windowEvents, windowPaths, windows } from './windows.ts';

let count = 0;

/**
 * What the window is, is remembered here, and Chromium is told: a real window system's say in it (refusing focus,
 * moving windows) is not there. A hidden window is a minimised one to Chromium, which has no other way to hide one.
 * https://www.electronjs.org/docs/latest/api/browser-window
 */
export class BrowserWindow
  extends strictEmitter('BrowserWindow')
  implements
    Pick<
      Electron.BrowserWindow,
      | 'id'
      | 'loadURL'
      | 'loadFile'
      | 'show'
      | 'showInactive'
      | 'hide'
      | 'focus'
      | 'blur'
      | 'isFocused'
      | 'minimize'
      | 'restore'
      | 'isMinimized'
      | 'maximize'
      | 'unmaximize'
      | 'isMaximized'
      | 'isVisible'
      | 'isDestroyed'
      | 'close'
      | 'destroy'
      | 'getBounds'
      | 'setBounds'
      | 'getNormalBounds'
      | 'getSize'
      | 'setSize'
      | 'getPosition'
      | 'setPosition'
      | 'setMinimumSize'
      | 'getMinimumSize'
      | 'setTitle'
      | 'getTitle'
      | 'setMenu'
      | 'removeMenu'
      | 'setMenuBarVisibility'
      | 'setBackgroundColor'
      | 'getBackgroundColor'
      | 'flashFrame'
      | 'isFullScreen'
      | 'reload'
    >
{
  readonly id: number;
  readonly webContents: WebContents;
  private page: Promise<Target>;
  private bounds: Electron.Rectangle;
  private minimum: number[];
  private title: string;
  private background: string;
  private visible: boolean;
  private minimized = false;
  private maximized = false;
  private destroyed = false;
  private closing = false;
  private shown = false;
  /** Chromium closed the page, and the app wanted to keep its window. */
  private lost = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    refuseBeforeReady('Cannot create BrowserWindow before app is ready');
    checkPreferences(options.webPreferences ?? {});
    count += 1;
    this.id = count;
    const { width = 800, height = 600, x = 0, y = 0 } = options;
    this.bounds = { x, y, width, height };
    this.minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.title = options.title ?? 'Electron';
    this.background = options.backgroundColor ?? '#FFFFFF';
    this.visible = options.show !== false;
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
    windows.set(this.id, this);
    // As in Electron: https://www.electronjs.org/docs/latest/api/app#event-browser-window-created
    windowEvents.created(this);
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

  /** Tells Chromium how the window is now; one telling after another. */
  private apply(): void {
    this.page = this.page.then(async (target) => {
      if (this.destroyed) return target;
      const { visible, minimized, maximized } = this;
      const { width, height } = this.bounds;
      try {
        await placeWindow(target, { hidden: !visible || minimized, maximized, width, height });
      } catch (error) {
        // The page may have been closed meanwhile.
        if (!this.destroyed && !this.lost) console.error(error);
      }
      return target;
    });
    this.page.catch(() => undefined);
  }

  private alive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }

  private become(change: () => void, event: string): void {
    this.alive();
    change();
    this.apply();
    later(() => {
      if (!this.destroyed) this.emit(event, preventable({}));
    });
  }

  loadURL(url: string): Promise<void> {
    this.alive();
    return this.webContents.loadURL(url);
  }

  /** https://www.electronjs.org/docs/latest/api/browser-window#winloadfilefilepath-options */
  async loadFile(filePath: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    this.alive();
    const path = isAbsolute(filePath) ? filePath : resolve(windowPaths.app, filePath);
    const url = pathToFileURL(path);
    if (!existsSync(path)) throw new Error(`ERR_FILE_NOT_FOUND (-6) loading '${url}'`);
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value);
    if (options.search) url.search = options.search;
    if (options.hash) url.hash = options.hash;
    await this.webContents.loadURL(url.href);
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
  hide(): void {
    this.alive();
    if (focused === this) this.blur();
    if (this.visible) this.become(() => (this.visible = false), 'hide');
  }
  focus(): void {
    this.alive();
    if (!this.visible || this.minimized || focused === this) return;
    focused?.blur();
    focused = this;
    this.webContents.focus();
    later(() => this.emit('focus', preventable({})));
  }
  blur(): void {
    this.alive();
    if (focused !== this) return;
    focused = null;
    later(() => this.emit('blur', preventable({})));
  }
  isFocused(): boolean {
    return focused === this;
  }
  minimize(): void {
    this.alive();
    if (focused === this) this.blur();
    if (!this.minimized) this.become(() => (this.minimized = true), 'minimize');
  }
  restore(): void {
    this.alive();
    if (this.minimized) this.become(() => (this.minimized = false), 'restore');
  }
  maximize(): void {
    this.become(() => {
      this.maximized = true;
      this.visible = true;
    }, 'maximize');
  }
  unmaximize(): void {
    this.become(() => (this.maximized = false), 'unmaximize');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return this.maximized && !this.minimized;
  }
  isVisible(): boolean {
    return this.visible && !this.destroyed;
  }
  isFullScreen(): boolean {
    return false;
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
    if (focused === this) focused = null;
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

  getBounds(): Electron.Rectangle {
    this.alive();
    return { ...this.bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.alive();
    const before = this.bounds;
    this.bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.bounds;
    this.apply();
    if (x !== before.x || y !== before.y) later(() => this.emit('move', preventable({})));
    if (width !== before.width || height !== before.height) later(() => this.emit('resize', preventable({})));
  }
  getSize(): number[] {
    return [this.getBounds().width, this.bounds.height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): number[] {
    return [this.getBounds().x, this.bounds.y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  setMinimumSize(width: number, height: number): void {
    this.alive();
    this.minimum = [width, height];
  }
  getMinimumSize(): number[] {
    return [...this.minimum];
  }
  setTitle(title: string): void {
    this.alive();
    this.title = title;
  }
  getTitle(): string {
    this.alive();
    return this.title;
  }
  setBackgroundColor(color: string): void {
    this.alive();
    this.background = color;
  }
  getBackgroundColor(): string {
    return this.background;
  }
  /** Menus and attention are the desktop's to draw: there is nothing to see of these here. */
  setMenu(): void {
    this.alive();
  }
  removeMenu(): void {
    this.alive();
  }
  setMenuBarVisibility(): void {
    this.alive();
  }
  flashFrame(): void {
    this.alive();
  }
  setIcon(): void {
    this.alive();
  }
  setSkipTaskbar(): void {
    this.alive();
  }
  reload(): void {
    this.webContents.reload();
  }
  capturePage(): Promise<NativeImage> {
    return this.webContents.capturePage();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
}

let focused: BrowserWindow | null = null;
