import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import { autostartEntry } from '../background/autostart.ts';
import type { LoginItem } from '../start-at-login.ts';

/** The program and its arguments that start this app as it was started, but without a window. */
function hiddenStart(): string[] {
  if (!app.isPackaged) return [process.execPath, app.getAppPath(), '--hidden'];
  // An AppImage runs from a mount that is gone after it: what is to be started is the file itself.
  return [process.env['APPIMAGE'] ?? process.execPath, '--hidden'];
}

/**
 * The system's list of what it starts at login: Electron's on macOS and Windows, a file of the autostart specification on
 * Linux. https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows
 */
export function loginItem(): LoginItem {
  if (process.platform === 'linux') return autostartFile();
  const [path, ...args] = hiddenStart();
  const own = path === undefined ? {} : { path, args };
  return {
    isOn: () => app.getLoginItemSettings(own).openAtLogin,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...own }),
  };
}

function autostartFile(): LoginItem {
  const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  const file = join(folder, 'autostart', 'mooring.desktop');
  return {
    isOn() {
      try {
        // A desktop's own settings switch an entry off by this line, and leave the file.
        return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(readFileSync(file, 'utf8'));
      } catch {
        return false;
      }
    },
    set(on) {
      try {
        if (!on) {
          rmSync(file, { force: true });
          return;
        }
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, autostartEntry(hiddenStart()));
      } catch (cause) {
        throw new Error(
          `Starting at login could not be ${on ? 'set' : 'ended'}. Nothing else was changed. Look whether ${dirname(file)} can be written to.`,
          { cause },
        );
      }
    },
  };
}
