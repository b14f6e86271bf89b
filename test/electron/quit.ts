import type { EventEmitter } from 'node:events';
import { preventable } from './events.ts';
import { lifecycle } from './lifecycle.ts';
import { goOnAnew } from './relaunch.ts';
import { endUtilities } from './utility-process.ts';
import { windowEvents, windows } from './windows.ts';

/**
 * The order in which an app ends.
 * https://www.electronjs.org/docs/latest/api/app#appquit
 */
export function makeQuit(app: EventEmitter) {
  let exiting: number | null = null;

  const shutdown = (code: number): void => {
    app.emit('quit', preventable({}), code);
    endUtilities();
    if (!goOnAnew()) process.exit(code);
  };
  const allClosed = (): void => {
    if (exiting !== null) {
      shutdown(exiting);
      return;
    }
    if (!lifecycle.quitting) {
      // https://www.electronjs.org/docs/latest/api/app#event-window-all-closed
      if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
      else quit();
      return;
    }
    const event = preventable({});
    app.emit('will-quit', event);
    if (event.defaultPrevented) lifecycle.quitting = false;
    else shutdown(0);
  };
  const quit = (): void => {
    if (lifecycle.quitting || exiting !== null) return;
    const event = preventable({});
    app.emit('before-quit', event);
    if (event.defaultPrevented) return;
    lifecycle.quitting = true;
    if (windows.size === 0) allClosed();
    for (const window of [...windows.values()]) if (lifecycle.quitting) window.close();
  };
  const exit = (code = 0): void => {
    if (exiting !== null) return;
    exiting = code;
    if (windows.size === 0) shutdown(code);
    for (const window of [...windows.values()]) window.destroy();
  };

  windowEvents.allClosed = allClosed;
  windowEvents.closePrevented = () => {
    lifecycle.quitting = false;
  };
  return { quit, exit };
}
