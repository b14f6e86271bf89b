import type { Session, WebContents } from 'electron';
import { isOwnPage, mayLoad } from './own-page.ts';

/**
 * Closes what a page could leave or open: https://www.electronjs.org/docs/latest/tutorial/security (items 13, 14).
 */
export function keepInside(contents: WebContents): void {
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // WebRTC asks neither the policy nor webRequest. What it may still do is TCP, by the session's proxy: see cutOff.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/**
 * Gives the session of the pages a proxy that cannot exist, so that whatever Chromium would connect to for a page (a hint to
 * connect early, WebRTC over TCP, a download, something not yet invented) ends there. The app's own files come from
 * `protocol.handle`, which connects to nothing; main, the daemon and the updater do not use this session.
 *
 * To listen at port 0 means to be given another port, on every system, so no program can be found at port 0. Loopback is not
 * left out, as it would be without `<-loopback>`: https://www.electronjs.org/docs/latest/api/structures/proxy-config
 *
 * Spelling would be checked with a dictionary that Electron fetches by itself:
 * https://www.electronjs.org/docs/latest/api/session#sessetspellcheckerenabledenable
 */
export function cutOff(session: Session): Promise<void> {
  session.setSpellCheckerEnabled(false);
  return session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:0',
    proxyBypassRules: '<-loopback>',
  });
}

/**
 * Refuses what a page could ask of the system or load from elsewhere: item 5 of the same page, and
 * https://www.electronjs.org/docs/latest/api/session
 *
 * Bluetooth has no listener on purpose: without one Electron cancels every request, with one that does not prevent its
 * default it takes the first device there is.
 */
export function refuseRequests(session: Session, devTools: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('select-usb-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on('select-hid-device', (event, _details, answer) => {
    event.preventDefault();
    answer(null);
  });
  session.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer('');
  });
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, devTools) }));
}
