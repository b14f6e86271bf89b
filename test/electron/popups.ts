import { chromium, type Target } from './chromium.ts';
import { toExternal } from './origins.ts';

export type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/**
 * Asks the app about pages that want a window of their own, and closes them: the stand-in has no child windows.
 * https://www.electronjs.org/docs/latest/api/web-contents#contentssetwindowopenhandlerhandler
 */
export function refusePopups(handler: () => OpenHandler | null) {
  let wanted = '';
  return {
    /** Chromium says what will be opened before it opens it. */
    announced(url: string): void {
      wanted = url;
    },
    opened(popup: Target): void {
      const url = toExternal(wanted || popup.url);
      const referrer: Electron.Referrer = { url: '', policy: 'default' };
      const details: Electron.HandlerDetails = {
        url,
        frameName: '',
        features: '',
        disposition: 'foreground-tab',
        referrer,
      };
      const answer = handler()?.(details) ?? { action: 'allow' };
      if (answer.action === 'allow') console.error(`the stand-in does not open child windows: ${url}`);
      closeUnseen(popup).catch(() => undefined);
    },
  };
}

/**
 * Closes a page that has not started, without a request of it. It has to start first: a page shares its thread with the one
 * that opened it, which waits in `window.open` until the new one may run, and would wait for good for one that is gone.
 */
async function closeUnseen({ id, session }: Target): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => undefined);
  });
  const { connection } = await chromium();
  await Promise.all([
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Runtime.runIfWaitingForDebugger'),
  ]);
  await connection.browser.send('Target.closeTarget', { targetId: id });
}
