import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuCommands {
  readonly syncNow: () => void;
  readonly settings: () => void;
  readonly search: () => void;
  readonly credentials: () => void;
}

/** The application's menu, as each system has it; the keys stand beside the entries. */
export function setMenu({ syncNow, settings, search, credentials }: MenuCommands): void {
  const mac = process.platform === 'darwin';
  const settingsItem: MenuItemConstructorOptions = {
    id: 'settings',
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: settings,
  };
  const syncItem: MenuItemConstructorOptions = {
    id: 'sync-now',
    label: 'Sync now',
    accelerator: 'CommandOrControl+R',
    click: syncNow,
  };
  const searchItem: MenuItemConstructorOptions = {
    id: 'search',
    label: 'Search…',
    accelerator: 'CommandOrControl+K',
    click: search,
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Mooring',
    submenu: [
      { role: 'about' },
      separator,
      settingsItem,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    role: 'fileMenu',
    submenu: mac
      ? [searchItem, syncItem, separator, { role: 'close' }]
      : [
          searchItem,
          syncItem,
          settingsItem,
          separator,
          { role: 'close' },
          { role: 'quit', accelerator: 'CommandOrControl+Q' },
        ],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [appMenu] : []),
      file,
      { role: 'editMenu' },
      { role: 'windowMenu' },
      { role: 'help', submenu: [{ id: 'credentials', label: 'Credentials…', click: credentials }] },
    ]),
  );
}
