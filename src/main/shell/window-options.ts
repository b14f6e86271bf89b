import type { BrowserWindowConstructorOptions } from 'electron';
import { smallest } from '../background/window-place.ts';

/**
 * The one place that decides what a window is and what its page may do. What Electron's defaults give today is written
 * out all the same, so that a changed default changes nothing here:
 * https://www.electronjs.org/docs/latest/tutorial/security
 */
export function windowOptions(options: {
  place: Pick<BrowserWindowConstructorOptions, 'x' | 'y' | 'width' | 'height'>;
  dark: boolean;
  /** The path of the preload script. */
  preload: string;
  devTools: boolean;
}): BrowserWindowConstructorOptions {
  const { place, dark, preload, devTools } = options;
  return {
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Mooring',
    backgroundColor: dark ? '#0e171d' : '#ffffff',
    webPreferences: {
      preload,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    },
  };
}
