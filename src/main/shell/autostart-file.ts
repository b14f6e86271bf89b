import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { autostartEntry } from '../background/autostart.ts';
import type { LoginItem } from '../background/start-at-login.ts';

/** A login item that is a file of the autostart specification, for others to read and for nobody else to write. */
export function autostartFile(file: string, command: () => readonly string[]): LoginItem {
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
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        // A file that is there keeps its mode when it is written to, so a new one takes its place.
        const beside = `${file}.new`;
        rmSync(beside, { force: true });
        writeFileSync(beside, autostartEntry(command()), { mode: 0o644, flag: 'wx' });
        renameSync(beside, file);
      } catch (cause) {
        throw new Error(
          `Starting at login could not be ${on ? 'set' : 'ended'}. Nothing else was changed. Look whether ${dirname(file)} can be written to.`,
          { cause },
        );
      }
    },
  };
}
