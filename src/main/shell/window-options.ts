import type { BrowserWindowConstructorOptions } from 'electron';

/**
 * The one place that decides what a window is and what its page may do. What Electron's defaults give today is written
 * out all the same, so that a changed default changes nothing here:
 * https://www.electronjs.org/docs/latest/tutorial/security
 */
export function windowOptions(options: {
  dark: boolean;
  /** The path of the preload script. */
  preload: string;
  devTools: boolean;
}): BrowserWindowConstructorOptions {
  const { dark, preload, devTools } = options;
  return {
    width: 1040,
    height: 720,
    minWidth: 720,
    minHeight: 520,
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
