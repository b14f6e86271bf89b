import type { Target } from './chromium.ts';
import { followConsole } from './console-messages.ts';
import { preventable } from './events.ts';
import { addressOf } from './frames.ts';
import type { Loading } from './loading.ts';
import { toExternal } from './origins.ts';
import type { PageContents } from './page-contents.ts';
import type { Gate } from './requests.ts';

/** Turns what Chromium tells of a page into Electron's events. `onShown` hears when a document has loaded. */
export function followPage(
  contents: PageContents,
  { session: cdp, id: mainId }: Target,
  { gate, loading, onShown }: { gate: Gate; loading: Loading; onShown: () => void },
): void {
  cdp.on('Page.frameNavigated', ({ frame }) => {
    if (frame.id !== mainId) return;
    loading.committed(frame);
    if (frame.unreachableUrl) return;
    // The status of the answer is not known here: it is given as for addresses that have none.
    contents.emit('did-navigate', preventable({}), addressOf(frame), -1, '');
  });
  cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    contents.emit('did-navigate-in-page', preventable({}), toExternal(url), frameId === mainId, contents.id, 1);
  });
  cdp.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
    if (frameId !== mainId || !loading.isCurrent(loaderId)) return;
    if (name === 'DOMContentLoaded') contents.emit('dom-ready', preventable({}));
    if (name !== 'load') return;
    loading.finished(loaderId);
    contents.emit('did-finish-load', preventable({}));
    onShown();
  });
  cdp.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
    // What Chromium does not ask the network for cannot be held there: it would hand it to the system, Electron asks.
    if (disposition !== 'currentTab' || /^(https?|file|data|blob|about|javascript):/i.test(url)) return;
    if (!gate({ url, frameId, redirected: false })) return;
    if (frameId === mainId && contents.session.protocol.handlerOf(url)) loading.load(url).catch(() => undefined);
  });
  cdp.on('Page.javascriptDialogOpening', ({ type }) => {
    if (type !== 'beforeunload') return;
    // https://www.electronjs.org/docs/latest/api/web-contents#event-will-prevent-unload
    const event = preventable({});
    contents.emit('will-prevent-unload', event);
    const accept = event.defaultPrevented;
    cdp.send('Page.handleJavaScriptDialog', { accept }).catch(() => undefined);
    if (!accept) contents.emit('-stay');
  });
  cdp.on('Inspector.targetCrashed', () => {
    contents.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 1 });
  });
  followConsole(cdp, (message) =>
    contents.emit('console-message', preventable({ ...message, frame: contents.mainFrame })),
  );
}
