import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NativeImage } from './native-image.ts';
import { PageWindow } from './page-window.ts';
import { windowEvents, windowPaths, windows } from './windows.ts';

/** https://www.electronjs.org/docs/latest/api/browser-window */
export class BrowserWindow
  extends PageWindow
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
  private background: string;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super(options);
    this.background = options.backgroundColor ?? '#FFFFFF';
    windows.set(this.id, this);
    // As in Electron: https://www.electronjs.org/docs/latest/api/app#event-browser-window-created
    windowEvents.created(this);
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
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
}
