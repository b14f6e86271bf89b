import type { OnClose } from '../../contract/state.ts';

export type Closing =
  /** The program is ending, by its menu or with the session: let the window go. */
  | 'let-go'
  | 'hide'
  | 'quit'
  /** Say, this once, that Mooring goes on in the tray, and let the person choose. */
  | 'ask';

/** What a click on the window's close button does. Decided at once, because Electron waits for no answer. */
export function onWindowClose(onClose: OnClose, quitting: boolean): Closing {
  return quitting ? 'let-go' : onClose;
}
