import type { Clock } from '../../contract/clock.ts';
import type { Settings } from '../../contract/state.ts';
import type { PauseLength, SettingsChange } from '../../contract/window.ts';
import type { JsonFile } from '../json-file.ts';
import { lastingPause, pauseEnd } from './pause.ts';

/** What a person has set, and the pause, which ends by itself. A change that cannot be written throws a sentence. */
export interface Preferences {
  settings(): Settings;
  change(change: SettingsChange): void;
  pause(length: PauseLength): void;
  unpause(): void;
  /** The computer slept, and the clock with it: a pause may be over. */
  resumed(): void;
  stop(): void;
}

/** Reads the settings, and reports every change of them, the end of a pause included. */
export function openPreferences(options: {
  file: JsonFile<Settings>;
  clock: Clock;
  onChange: () => void;
}): Preferences {
  const { file, clock, onChange } = options;
  let stored = file.read();
  let cancelEnd = () => {};

  function watchPause(): void {
    cancelEnd();
    const until = lastingPause(stored.pausedUntil, clock.now());
    if (until === null) return;
    cancelEnd = clock.after(until - clock.now(), () => {
      watchPause();
      onChange();
    });
  }

  function save(next: Settings): void {
    try {
      file.write(next);
    } catch (cause) {
      throw new Error(
        'Your choice could not be written to the disk. Nothing was changed. Look whether the disk is full.',
        {
          cause,
        },
      );
    }
    stored = next;
    watchPause();
    onChange();
  }

  watchPause();
  return {
    settings: () => ({ ...stored, pausedUntil: lastingPause(stored.pausedUntil, clock.now()) }),
    change({ retentionDays = stored.retentionDays, onClose = stored.onClose, notifications = stored.notifications }) {
      save({ ...stored, retentionDays, onClose, notifications });
    },
    pause: (length) => save({ ...stored, pausedUntil: pauseEnd(length, clock.now()) }),
    unpause: () => save({ ...stored, pausedUntil: null }),
    resumed() {
      watchPause();
      onChange();
    },
    stop: () => cancelEnd(),
  };
}
