import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { startPage } from './own-page.ts';
import { windowOptions } from './window-options.ts';

/** Opens the window and reports when people can, or can no longer, see it. */
export function openWindow(onVisibility: (visible: boolean) => void): BrowserWindow {
  const window = new BrowserWindow(
    windowOptions({
      dark: nativeTheme.shouldUseDarkColors,
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      devTools: !app.isPackaged,
    }),
  );
  window.once('ready-to-show', () => window.show());
  const report = () => onVisibility(!window.isDestroyed() && window.isVisible() && !window.isMinimized());
  window.on('show', report).on('hide', report).on('minimize', report).on('restore', report);
  void window.loadURL(startPage);
  return window;
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
