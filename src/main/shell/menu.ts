import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The application's menu: what each system expects, and Help with the way to the credentials. */
export function setMenu(onCredentials: () => void): void {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { role: 'windowMenu' },
      { role: 'help', submenu: [{ id: 'credentials', label: 'Credentials…', click: onCredentials }] },
    ]),
  );
}
