import type { Once } from '../accounts/records.ts';
import type { HeldFile } from '../held-file.ts';
import type { Log } from '../log.ts';

/** The system's list of what it starts when the person logs in. */
export interface LoginItem {
  /** What the system says; null where there is no such list. */
  isOn(): boolean | null;
  /** Throws a sentence when the system refuses. */
  set(on: boolean): void;
}

/** Whether Mooring is started at login: what the system's own list says counts, and what a person chose is not changed. */
export interface StartAtLogin {
  isOn(): boolean | null;
  /** Asks the system anew: a person may have changed it in the system's own settings. */
  look(): void;
  /** A person has chosen. Throws a sentence when the system refuses. */
  choose(on: boolean): void;
  /** Sets it unless it was settled before: an installed app does, at the first sign-in. */
  byDefault(): void;
}

export function openStartAtLogin(item: LoginItem, once: HeldFile<Once>, log: Log): StartAtLogin {
  // Remembered between looks, because it is part of every state that is shown.
  let on = item.isOn();
  const look = () => {
    on = item.isOn();
  };
  const settle = () => once.note({ ...once.read(), startAtLogin: true });
  const set = (wanted: boolean) => {
    try {
      item.set(wanted);
    } finally {
      look();
    }
  };
  return {
    isOn: () => on,
    look,
    choose(wanted) {
      set(wanted);
      settle();
    },
    byDefault() {
      if (once.read().startAtLogin || on === null) return;
      try {
        set(true);
        settle();
      } catch (error) {
        log(`login item: ${String(error)}`);
      }
    },
  };
}
