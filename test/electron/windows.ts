import type { BrowserWindow } from './browser-window.ts';

/** The app's windows by id, and what the app does when the last one is gone. */
export const windows = new Map<number, BrowserWindow>();

export const windowEvents = {
  created: (_window: BrowserWindow): void => undefined,
  allClosed: (): void => undefined,
  closePrevented: (): void => undefined,
};

/** Where `loadFile` looks for relative paths: the app's own folder. */
export const windowPaths = { app: process.cwd() };
