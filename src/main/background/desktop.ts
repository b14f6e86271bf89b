import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../contract/clock.ts';
import type { AppState } from '../../contract/state.ts';
import type { Once } from '../accounts/records.ts';
import type { HeldFile } from '../held-file.ts';
import { type Cause, readAttention } from './attention.ts';
import { decideCalls } from './calls.ts';
import { type TrayView, trayView } from './tray-view.ts';

/** What the system shows of the app outside its window. */
export interface DesktopPorts {
  /** Writes an instant as a person reads a clock, with the day if it is not today. */
  readonly writeTime: (instant: number) => string;
  readonly showTray: (view: TrayView) => void;
  readonly notify: (cause: Cause) => void;
  /** Takes back the notification of this key. */
  readonly withdraw: (key: string) => void;
}

/**
 * Keeps the tray and the notifications true to the state: gets every new state, and whether a person can see the window.
 * The tray is only touched when its picture or words change, because some desktops close an open menu at every touch.
 */
export function openDesktop(
  deps: DesktopPorts & { readonly clock: Clock; readonly once: HeldFile<Once> },
): (state: AppState, watched: boolean) => void {
  const { clock, once, writeTime, showTray, notify, withdraw } = deps;
  let tray: TrayView | null = null;
  let calls: { told: readonly string[]; shown: readonly string[] } = { told: once.read().told, shown: [] };

  return (state, watched) => {
    const view = trayView(state, clock.now(), writeTime);
    if (!isDeepStrictEqual(view, tray)) showTray(view);
    tray = view;

    const step = decideCalls(calls, readAttention(state), { watched, silenced: !state.settings.notifications });
    // Written first: a crash in between costs a notification, and never makes it come again and again.
    if (!isDeepStrictEqual(step.calls.told, calls.told)) {
      // A full disk is one of the causes, so it is told all the same, and perhaps once more after a restart.
      once.note({ ...once.read(), told: [...step.calls.told] });
    }
    calls = step.calls;
    for (const key of step.withdraw) withdraw(key);
    for (const cause of step.show) notify(cause);
  };
}
