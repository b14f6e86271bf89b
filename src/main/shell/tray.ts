import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron';
import { panelTone, trayPicture } from '../background/tray-picture.ts';
import type { TrayCommand, TrayEntry, TrayView } from '../background/tray-view.ts';

/**
 * Draws the tray. Everything it can do is in its menu, because on Linux a click on the picture may reach nobody:
 * https://www.electronjs.org/docs/latest/api/tray
 */
export function openTray(options: {
  pictures: string;
  onCommand: (command: TrayCommand) => void;
}): (view: TrayView) => void {
  const { pictures, onCommand } = options;
  let tray: Tray | null = null;
  let shown: TrayView | null = null;

  function picture({ state }: TrayView) {
    const tone = panelTone({
      platform: process.platform,
      desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
      dark:
        process.platform === 'linux'
          ? nativeTheme.shouldUseDarkColors
          : nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
    });
    return nativeImage.createFromPath(join(pictures, trayPicture(state, tone)));
  }

  nativeTheme.on('updated', () => {
    if (shown !== null) tray?.setImage(picture(shown));
  });

  return (view) => {
    shown = view;
    if (tray === null) {
      tray = new Tray(picture(view));
      // On macOS a click opens the menu; elsewhere people expect the window.
      if (process.platform !== 'darwin') tray.on('click', () => onCommand({ do: 'open' }));
    } else {
      tray.setImage(picture(view));
    }
    tray.setToolTip(view.toolTip);
    tray.setContextMenu(Menu.buildFromTemplate(view.menu.map((entry) => template(entry, onCommand))));
  };
}

function template(entry: TrayEntry, onCommand: (command: TrayCommand) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'line':
      return { label: literal(entry.label), enabled: false };
    case 'command':
      return { id: entry.id, label: literal(entry.label), click: () => onCommand(entry.command) };
    case 'submenu':
      return { label: literal(entry.label), submenu: entry.entries.map((each) => template(each, onCommand)) };
    default:
      return entry satisfies never;
  }
}

/** In a menu a single ampersand marks the next letter as a key. */
const literal = (label: string): string => label.replaceAll('&', '&&');
