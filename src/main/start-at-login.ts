import type { JsonFile } from './json-file.ts';
import type { Log } from './log.ts';
import type { Once } from './records.ts';

/** The system's list of what it starts when the person logs in. */
export interface LoginItem {
  /** What the system says; null where there is no such list. */
  isOn(): boolean | null;
  /** Throws a sentence when the system refuses. */
  set(on: boolean): void;
}

/** Whether Mooring is started at login: the system's own list is the truth, and a person's word is never undone. */
export interface StartAtLogin {
  isOn(): boolean | null;
  /** A person has chosen. Throws a sentence when the system refuses. */
  choose(on: boolean): void;
  /** Sets it unless it was settled before: an installed app does, at the first sign-in. */
  byDefault(): void;
}

export function openStartAtLogin(item: LoginItem, once: JsonFile<Once>, log: Log): StartAtLogin {
  const settle = () => once.write({ ...once.read(), startAtLogin: true });
  return {
    isOn: () => item.isOn(),
    choose(on) {
      item.set(on);
      settle();
    },
    byDefault() {
      if (once.read().startAtLogin || item.isOn() === null) return;
      try {
        item.set(true);
        settle();
      } catch (error) {
        log(`login item: ${String(error)}`);
      }
    },
  };
}
