import type { Clock } from '../../contract/clock.ts';
import type { Settings } from '../../contract/state.ts';
import type { PauseLength, SettingsChange } from '../../contract/window.ts';
import type { HeldFile } from '../held-file.ts';
import { writeChoice } from '../storage-error.ts';
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
  file: HeldFile<Settings>;
  clock: Clock;
  onChange: () => void;
}): Preferences {
  const { file, clock, onChange } = options;
  let stored = file.read();
  let cancelEnd = () => {};
  /** When the pause is over by the clock that only goes on, whatever the other one is set to. */
  let overAt = Number.NEGATIVE_INFINITY;

  /** A computer that slept may not have counted the time: then the clock on the wall says that it is over. */
  const lasting = () => (clock.elapsed() < overAt ? lastingPause(stored.pausedUntil, clock.now()) : null);

  function watchPause(): void {
    cancelEnd();
    const until = lasting();
    if (until === null) return;
    cancelEnd = clock.after(Math.min(until - clock.now(), overAt - clock.elapsed()), () => {
      watchPause();
      onChange();
    });
  }

  function beginPause(): void {
    const until = lastingPause(stored.pausedUntil, clock.now());
    overAt = until === null ? Number.NEGATIVE_INFINITY : clock.elapsed() + (until - clock.now());
    watchPause();
  }

  function save(next: Settings): void {
    writeChoice(() => file.write(next));
    const isNew = next.pausedUntil !== stored.pausedUntil;
    stored = next;
    if (isNew) beginPause();
    onChange();
  }

  beginPause();
  return {
    settings: () => ({ ...stored, pausedUntil: lasting() }),
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
