/**
 * Stands in for the module `electron` in main: the names that apps import from it.
 *
 * It runs an app's own main, preload and pages on Node and Chromium, and refuses what Electron refuses. It proves
 * nothing of what is Electron's or the system's own: the sandbox of its renderers, fuses, how a tray or a notification
 * is drawn, login items, signing, updates
 * on macOS and Windows.
 */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ClientRequest } from './client-request.ts';
import { clipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { net as requests } from './net.ts';
import { Notification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { protocolModule } from './protocol.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { strictEmitter, unsupported } from './strict.ts';
import { Tray } from './tray.ts';
import { fork, utilityEvents } from './utility-process.ts';
import { webContents } from './web-contents.ts';

utilityEvents.gone = (event, details) => app.emit('child-process-gone', event, details);

export const protocol = protocolModule(() => session.defaultSession.protocol);
export const utilityProcess = { fork };
/** https://www.electronjs.org/docs/latest/api/net */
export const net = Object.assign(Object.create(requests) as typeof requests, {
  request: (options: Electron.ClientRequestConstructorOptions | string) => new ClientRequest(options),
});
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  screen,
  session,
  shell,
  Tray,
  webContents,
};

/** It exists on every system, and does nothing on Linux: https://www.electronjs.org/docs/latest/api/auto-updater */
export const autoUpdater = new (strictEmitter('autoUpdater'))();
export const BaseWindow: never = unsupported('BaseWindow');
export const contentTracing: never = unsupported('contentTracing');
export const crashReporter: never = unsupported('crashReporter');
export const desktopCapturer: never = unsupported('desktopCapturer');
export const globalShortcut: never = unsupported('globalShortcut');
export const ImageView: never = unsupported('ImageView');
export const inAppPurchase: never = unsupported('inAppPurchase');
export const MessageChannelMain: never = unsupported('MessageChannelMain');
export const netLog: never = unsupported('netLog');
export const powerSaveBlocker: never = unsupported('powerSaveBlocker');
export const pushNotifications: never = unsupported('pushNotifications');
export const safeStorage: never = unsupported('safeStorage');
export const ServiceWorkerMain: never = unsupported('ServiceWorkerMain');
export const ShareMenu: never = unsupported('ShareMenu');
export const systemPreferences: never = unsupported('systemPreferences');
export const TouchBar: never = unsupported('TouchBar');
export const View: never = unsupported('View');
export const webFrameMain: never = unsupported('webFrameMain');
export const WebContentsView: never = unsupported('WebContentsView');

/** `import electron from 'electron'` is the same module. */
export * as default from './electron.ts';
