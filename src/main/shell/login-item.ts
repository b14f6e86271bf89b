import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { windowsStart } from '../background/autostart.ts';
import type { LoginItem } from '../background/start-at-login.ts';
import { autostartFile } from './autostart-file.ts';
import { ownProgram } from './own-program.ts';

/** The program and its arguments that start this app as it was started, but without a window. */
function hiddenStart(): string[] {
  if (!app.isPackaged) return [process.execPath, app.getAppPath(), '--hidden'];
  return [ownProgram(), '--hidden'];
}

/**
 * The system's list of what it starts at login: Electron's on macOS and Windows, a file of the autostart specification on
 * Linux. https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows
 */
export function loginItem(): LoginItem {
  if (process.platform === 'linux') {
    const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
    return autostartFile(join(folder, 'autostart', 'mooring.desktop'), hiddenStart);
  }
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
