import { chromium, type Target } from './chromium.ts';

export interface Place {
  readonly hidden: boolean;
  readonly maximized: boolean;
  readonly width: number;
  readonly height: number;
}

/** Gives Chromium's window the state that the app's window has. Chromium cannot hide a window, only minimise it. */
export async function placeWindow(target: Target, { hidden, maximized, width, height }: Place): Promise<void> {
  const { browser } = (await chromium()).connection;
  const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId: target.id });
  const set = (bounds: object) => browser.send('Browser.setWindowBounds', { windowId, bounds });
  if (hidden) {
    await set({ windowState: 'minimized' });
    return;
  }
  if (maximized) {
    await set({ windowState: 'maximized' });
    return;
  }
  await set({ windowState: 'normal' });
  // A window without tabs has no tab strip to subtract, and Chromium refuses to be asked for it.
  await browser.send('Browser.setContentsSize', { windowId, width, height }).catch(() => set({ width, height }));
}
