import type { Target } from './chromium.ts';
import { later, preventable } from './events.ts';
import { placeWindow } from './place-window.ts';
import { strictEmitter } from './strict.ts';

let focused: PlacedWindow | null = null;

/**
 * Where a window is and how it stands. That is remembered here, and Chromium is told: a real window system's say in it
 * (refusing focus, moving windows) is not there. A hidden window is a minimised one to Chromium, which has no other way to
 * hide one.
 */
export abstract class PlacedWindow extends strictEmitter('BrowserWindow') {
  protected abstract page: Promise<Target>;
  protected bounds: Electron.Rectangle;
  protected visible: boolean;
  protected destroyed = false;
  /** Chromium closed the page, and the app wanted to keep its window. */
  protected lost = false;
  private minimum: number[];
  private minimized = false;
  private maximized = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    const { width = 800, height = 600, x = 0, y = 0 } = options;
    this.bounds = { x, y, width, height };
    this.minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.visible = options.show !== false;
  }

  /** Brings the page to the front of Chromium's. */
  protected abstract toFront(): void;

  /** Tells Chromium how the window is now; one telling after another. */
  protected apply(): void {
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

  protected alive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }

  protected become(change: () => void, event: string): void {
    this.alive();
    change();
    this.apply();
    later(() => {
      if (!this.destroyed) this.emit(event, preventable({}));
    });
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
    this.toFront();
    later(() => this.emit('focus', preventable({})));
  }
  blur(): void {
    this.alive();
    if (focused !== this) return;
    focused = null;
    later(() => this.emit('blur', preventable({})));
  }
  /** Of a window that is no more: it is told nothing. */
  protected dropFocus(): void {
    if (focused === this) focused = null;
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
}
