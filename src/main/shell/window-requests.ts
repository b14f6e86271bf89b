import { ipcMain, type WebContents } from 'electron';
import { requestChannel, requestNames, showChannel, stateChannel } from '../../contract/bridge.ts';
import type { Problem } from '../../contract/problem.ts';
import type { AppState } from '../../contract/state.ts';
import type { Place, Reply } from '../../contract/window.ts';
import type { Log } from '../log.ts';
import type { Mooring } from '../mooring.ts';
import { answerRequest } from './answer.ts';
import { isOwnFrame } from './own-frame.ts';

/** Answers the window's requests, and refuses those of every other sender. */
export function answerWindow(mooring: Mooring, isTrusted: (contents: WebContents) => boolean, log: Log): void {
  for (const name of requestNames) {
    ipcMain.handle(requestChannel(name), async (event, params: unknown) => {
      if (!isOwnFrame(event.senderFrame, isTrusted(event.sender))) {
        log(`window: refused ${name} from a foreign sender`);
        return { ok: false, problem: foreignSender } satisfies Reply<never>;
      }
      return answerRequest(mooring.requests, name, params, log);
    });
  }
}

/** Sends the whole state; a window that is gone is told nothing. */
export function sendState(contents: WebContents, state: AppState): void {
  if (!contents.isDestroyed()) contents.send(stateChannel, state);
}

/** Asks the window to show a place of it. */
export function sendPlace(contents: WebContents, place: Place): void {
  if (!contents.isDestroyed()) contents.send(showChannel, place);
}

const foreignSender: Problem = {
  code: 'foreign-sender',
  sentence: 'This request did not come from Mooring’s own window, so it was refused. Nothing was changed.',
};
