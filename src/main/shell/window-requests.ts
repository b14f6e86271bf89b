import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import {
  type RequestName,
  requestChannel,
  requestNames,
  showCredentialsChannel,
  stateChannel,
} from '../../contract/bridge.ts';
import type { Problem } from '../../contract/problem.ts';
import type { AppState } from '../../contract/state.ts';
import { type Reply, windowRequests } from '../../contract/window.ts';
import type { Log } from '../log.ts';
import type { Mooring } from '../mooring.ts';
import { isOwnPage } from './guards.ts';

/**
 * Answers the window's requests. A sender that is not the main frame of the window's own page is refused, and so is a
 * message that fits no schema: https://www.electronjs.org/docs/latest/tutorial/security (item 17).
 */
export function answerWindow(mooring: Mooring, isTrusted: (contents: WebContents) => boolean, log: Log): void {
  for (const name of requestNames) {
    ipcMain.handle(requestChannel(name), async (event, params: unknown) => {
      if (!isOwnFrame(event, isTrusted)) {
        log(`window: refused ${name} from a foreign sender`);
        return { ok: false, problem: foreignSender } satisfies Reply<never>;
      }
      return answer(mooring, name, params, log);
    });
  }
}

/** Sends the whole state; a window that is gone is told nothing. */
export function sendState(contents: WebContents, state: AppState): void {
  if (!contents.isDestroyed()) contents.send(stateChannel, state);
}

/** Asks the window for the credential page. */
export function showCredentials(contents: WebContents): void {
  if (!contents.isDestroyed()) contents.send(showCredentialsChannel);
}

async function answer(mooring: Mooring, name: RequestName, params: unknown, log: Log): Promise<Reply<unknown>> {
  const parsed = windowRequests[name].params.safeParse(params);
  if (!parsed.success) {
    log(`window: ${name} came with parameters that fit no schema`);
    return { ok: false, problem: badRequest };
  }
  try {
    return { ok: true, value: await mooring.requests[name](parsed.data as never) };
  } catch (error) {
    log(`window: ${name} failed: ${String(error)}`);
    return { ok: false, problem: { code: 'failed', sentence: error instanceof Error ? error.message : failed } };
  }
}

function isOwnFrame(event: IpcMainInvokeEvent, isTrusted: (contents: WebContents) => boolean): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnPage(frame.url) && isTrusted(event.sender);
}

const failed = 'That did not work. Your data is untouched; try again.';

const foreignSender: Problem = {
  code: 'foreign-sender',
  sentence: 'This request did not come from Mooring’s own window, so it was refused. Nothing was changed.',
};

const badRequest: Problem = {
  code: 'bad-request',
  sentence: 'Mooring’s window sent something its other part does not understand. Nothing was changed; restart Mooring.',
};
