import { identity } from '../identity.ts';

/**
 * The desktop entry without its command, which an AppImage has to make up for itself.
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/recognized-keys.html
 */
export const desktopEntry = {
  Type: 'Application',
  Version: '1.5',
  Name: identity.product,
  GenericName: 'Calendar',
  Comment: 'Your Google calendars on this computer, also offline',
  Icon: identity.command,
  Terminal: 'false',
  Categories: 'Office;Calendar;',
  Keywords: 'calendar;agenda;Google;offline;sync;backup;',
  StartupNotify: 'true',
  // The window's class, which Electron takes from `desktopName` in package.json.
  StartupWMClass: identity.command,
} as const;

/** The entry as a file, for an installed app. */
export function desktopFile(): string {
  const lines = Object.entries({ ...desktopEntry, Exec: `${identity.folder}/${identity.command} %U` });
  return `[Desktop Entry]\n${lines.map(([key, value]) => `${key}=${value}`).join('\n')}\n`;
}
