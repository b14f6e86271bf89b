import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import { startPage } from './app-protocol.ts';

/** The one place that decides how a window is made: https://www.electronjs.org/docs/latest/tutorial/security */
export function windowOptions(): BrowserWindowConstructorOptions {
  return {
    width: 1040,
    height: 720,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Mooring',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e171d' : '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  };
}

/** Opens the window and reports when people can, or can no longer, see it. */
export function openWindow(onVisibility: (visible: boolean) => void): BrowserWindow {
  const window = new BrowserWindow(windowOptions());
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
