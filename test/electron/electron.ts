/**
 * Stands in for the module `electron` in main: the names that apps import from it.
 *
 * It runs an app's own main, preload and pages on Node and Chromium, and refuses what Electron refuses. It proves
 * nothing of what is Electron's or the system's own: the sandbox of its renderers, fuses, how a tray or a notification
 * is drawn, login items, updates, signing.
 */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { Notification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { protocolModule } from './protocol.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { unsupported } from './strict.ts';
import { Tray } from './tray.ts';
import { fork, utilityEvents } from './utility-process.ts';
import { webContents } from './web-contents.ts';

utilityEvents.gone = (event, details) => app.emit('child-process-gone', event, details);

export const protocol = protocolModule(() => session.defaultSession.protocol);
export const utilityProcess = { fork };
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
  net,
  powerMonitor,
  screen,
  session,
  shell,
  Tray,
  webContents,
};

export const autoUpdater: never = unsupported('autoUpdater');
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
