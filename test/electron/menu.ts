import { checkAccelerator } from './accelerator.ts';
import { BrowserWindow } from './browser-window.ts';
import { strictEmitter } from './strict.ts';

const roles = new Set(
  (
    'undo redo cut copy paste pasteAndMatchStyle selectAll delete minimize close quit reload forceReload ' +
    'toggleDevTools togglefullscreen resetZoom zoomIn zoomOut toggleSpellChecker fileMenu editMenu viewMenu ' +
    'windowMenu shareMenu appMenu about hide hideOthers unhide front zoom help services recentDocuments ' +
    'clearRecentDocuments startSpeaking stopSpeaking window toggleTabBar selectNextTab selectPreviousTab ' +
    'showAllTabs mergeAllWindows moveTabToNewWindow showSubstitutions toggleSmartQuotes toggleSmartDashes ' +
    'toggleTextReplacement'
  )
    .split(' ')
    .map((role) => role.toLowerCase()),
);
const types = new Set(['normal', 'separator', 'submenu', 'checkbox', 'radio', 'header', 'palette']);

/** https://www.electronjs.org/docs/latest/api/menu-item */
export class MenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly toolTip: string;
  label: string;
  sublabel: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly click: (...args: unknown[]) => void;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { role, type, submenu, accelerator, label, click } = options;
    if (role !== undefined && !roles.has(role.toLowerCase())) throw new Error(`Unknown role: ${role}`);
    if (type !== undefined && !types.has(type)) throw new Error(`Unknown menu item type: ${type}`);
    if (type === 'submenu' && !submenu) throw new Error('Invalid submenu');
    if (type !== 'separator' && role === undefined && label === undefined) {
      throw new Error('a menu item needs a label, a role or a type');
    }
    if (accelerator) checkAccelerator(accelerator);
    this.role = role?.toLowerCase();
    this.type = type ?? (submenu ? 'submenu' : 'normal');
    this.id = options.id ?? '';
    this.label = label ?? role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = accelerator ?? undefined;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined);
    this.click = (...args) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      const [event = {}, window = BrowserWindow.getFocusedWindow() ?? undefined] = args;
      click?.(this as unknown as Electron.MenuItem, window as Electron.BaseWindow, event as Electron.KeyboardEvent);
    };
  }
}

let applicationMenu: Menu | null = null;

/**
 * Keeps menus and lets tests click them; nothing draws them, and keys do not reach them.
 * https://www.electronjs.org/docs/latest/api/menu
 */
export class Menu extends strictEmitter('Menu') {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (Electron.MenuItemConstructorOptions | MenuItem)[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu');
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }
  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item');
    if (position < 0 || position > this.items.length) throw new RangeError(`Position ${position} is out of bounds`);
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  popup(): void {
    this.emit('menu-will-show', {});
  }
  closePopup(): void {
    this.emit('menu-will-close', {});
  }
}
