import { onlyOn, refuseBeforeReady } from './lifecycle.ts';
import type { Menu } from './menu.ts';
import { imageOf, type NativeImage } from './native-image.ts';
import { strictEmitter } from './strict.ts';

/**
 * Keeps what a tray would show: `tray.shown` is for tests. Nothing is drawn.
 * https://www.electronjs.org/docs/latest/api/tray
 */
export class Tray
  extends strictEmitter('Tray')
  implements Pick<Electron.Tray, 'setToolTip' | 'setTitle' | 'destroy' | 'isDestroyed'>
{
  static readonly all = new Set<Tray>();
  readonly shown: { image: NativeImage; toolTip: string; menu: Menu | null };
  private destroyed = false;

  constructor(image: unknown) {
    super();
    refuseBeforeReady('Cannot create Tray before app is ready');
    this.shown = { image: imageOf(image), toolTip: '', menu: null };
    Tray.all.add(this);
  }
  private alive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
  setImage(image: unknown): void {
    this.alive();
    this.shown.image = imageOf(image);
  }
  setToolTip(toolTip: string): void {
    this.alive();
    this.shown.toolTip = toolTip;
  }
  setContextMenu(menu: Menu | null): void {
    this.alive();
    this.shown.menu = menu;
  }
  popUpContextMenu(): void {
    this.alive();
  }
  /** https://www.electronjs.org/docs/latest/api/tray#traysettitletitle-options-macos */
  setTitle(_title: string): void {
    this.alive();
    onlyOn(['darwin'], 'tray.setTitle');
  }
  destroy(): void {
    this.destroyed = true;
    Tray.all.delete(this);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}
