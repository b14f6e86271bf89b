import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import { autostartEntry, programFile, windowsStart } from '../background/autostart.ts';
import type { LoginItem } from '../start-at-login.ts';

/** The program and its arguments that start this app as it was started, but without a window. */
function hiddenStart(): string[] {
  if (!app.isPackaged) return [process.execPath, app.getAppPath(), '--hidden'];
  return [programFile(process.env, process.execPath), '--hidden'];
}

/**
 * The system's list of what it starts at login: Electron's on macOS and Windows, a file of the autostart specification on
 * Linux. https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows
 */
export function loginItem(): LoginItem {
  if (process.platform === 'linux') return autostartFile();
  // macOS starts a program without arguments, and Electron by itself is not this app.
  if (process.platform === 'darwin' && !app.isPackaged) return { isOn: () => null, set: () => {} };
  return electronsList();
}

function electronsList(): LoginItem {
  const windows = process.platform === 'win32';
  // macOS starts the app itself, always without arguments.
  const own = windows ? windowsStart(hiddenStart()) : {};
  function isOn(): boolean {
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(own);
    // Who switches it off in the Task Manager leaves the entry where it is.
    return openAtLogin && (!windows || executableWillLaunchAtLogin);
  }
  return {
    isOn,
    set(on) {
      app.setLoginItemSettings({ openAtLogin: on, ...own });
      // Electron does not say that the system refuses.
      if (isOn() === on) return;
      const place = windows ? 'Settings, Apps, Startup' : 'System Settings, General, Login Items';
      throw new Error(
        `The system did not let Mooring change whether it starts at login. Nothing else was changed. Look at ${place}.`,
      );
    },
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
