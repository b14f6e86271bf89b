import type { RunningApp } from '../electron/launch.ts';

/** What the system was asked to show of the app outside its window, since {@link watchDesktop}. */
export interface Desktop {
  /** The tray's words, a line each; commands by their ids in brackets. Empty until it changes for the first time. */
  tray(): Promise<string[]>;
  toolTip(): Promise<string>;
  /** Chooses an entry of the tray's menu. */
  choose(id: string): Promise<void>;
  /** The titles of the notifications that were shown, and of those that were taken back. */
  notifications(): Promise<{ shown: string[]; closed: string[] }>;
  /** Clicks the last notification. */
  click(): Promise<void>;
}

interface Seen {
  menu: Electron.Menu | null;
  toolTip: string;
  shown: Electron.Notification[];
  closed: string[];
}

/**
 * Listens at Electron's own classes, which is the only place from which a test sees the tray and the notifications, with
 * Electron as with the stand-in: neither is drawn where a test could look at it.
 */
export async function watchDesktop(app: RunningApp): Promise<Desktop> {
  await app.evaluate(({ Tray, Notification }) => {
    const seen: Seen = { menu: null, toolTip: '', shown: [], closed: [] };
    Object.assign(globalThis, { desktopSeen: seen });
    const { setContextMenu, setToolTip } = Tray.prototype;
    Tray.prototype.setContextMenu = function (menu) {
      seen.menu = menu;
      setContextMenu.call(this, menu);
    };
    Tray.prototype.setToolTip = function (text) {
      seen.toolTip = text;
      setToolTip.call(this, text);
    };
    const { show, close } = Notification.prototype;
    Notification.prototype.show = function () {
      seen.shown.push(this);
      show.call(this);
    };
    Notification.prototype.close = function () {
      seen.closed.push(this.title);
      close.call(this);
    };
  });
  return {
    tray: () =>
      app.evaluate(() => {
        const { menu } = (globalThis as unknown as { desktopSeen: Seen }).desktopSeen;
        const lines = (items: Electron.MenuItem[]): string[] =>
          items.flatMap((item) => {
            if (item.type === 'separator') return [];
            if (item.submenu) return lines(item.submenu.items);
            return [item.id ? `[${item.id}]` : item.label];
          });
        return menu === null ? [] : lines(menu.items);
      }),
    toolTip: () => app.evaluate(() => (globalThis as unknown as { desktopSeen: Seen }).desktopSeen.toolTip),
    choose: (id) =>
      app.evaluate((_, wanted) => {
        const { menu } = (globalThis as unknown as { desktopSeen: Seen }).desktopSeen;
        const item = menu?.getMenuItemById(wanted);
        if (!item) throw new Error(`the tray's menu has no ${wanted}`);
        item.click();
      }, id),
    notifications: () =>
      app.evaluate(() => {
        const { shown, closed } = (globalThis as unknown as { desktopSeen: Seen }).desktopSeen;
        return { shown: shown.map(({ title }) => title), closed: [...closed] };
      }),
    click: () =>
      app.evaluate(() => {
        (globalThis as unknown as { desktopSeen: Seen }).desktopSeen.shown.at(-1)?.emit('click', {});
      }),
  };
}

/** How the first window stands; null while there is none. */
export const windowStands = (app: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window === undefined ? null : window.isVisible() && !window.isMinimized() ? 'shown' : 'hidden';
  });

/** Closes the first window, as a click on its close button does. */
export const closeWindow = (app: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** Answers the question that closing asks the first time, by the number of the button; tells how often it was asked. */
export async function answerClosing(app: RunningApp, button: number): Promise<() => Promise<number>> {
  await app.evaluate(({ dialog }, response) => {
    Object.assign(globalThis, { closingAsked: 0 });
    dialog.showMessageBox = async () => {
      (globalThis as unknown as { closingAsked: number }).closingAsked += 1;
      // As a person does, later.
      await new Promise(setImmediate);
      return { response, checkboxChecked: false };
    };
  }, button);
  return () => app.evaluate(() => (globalThis as unknown as { closingAsked: number }).closingAsked);
}
