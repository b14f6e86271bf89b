import { app, session, type WebContents } from 'electron';
import { origin } from './app-protocol.ts';

/** Whether a URL is a page of this app: exact origin, judged by a URL parser. */
export function isOwnPage(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}` === origin;
}

/**
 * Closes what a page could otherwise leave, open or ask for:
 * https://www.electronjs.org/docs/latest/tutorial/security (items 5, 13, 14). Call before the first window opens.
 */
export function closeDoors(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
  const permissions = session.defaultSession;
  permissions.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  permissions.setPermissionCheckHandler(() => false);
  permissions.setDevicePermissionHandler(() => false);
  permissions.webRequest.onBeforeRequest((details, answer) => {
    const inside =
      isOwnPage(details.url) || details.url.startsWith('data:image/') || details.url.startsWith('devtools:');
    answer({ cancel: !inside });
  });
}

function guard(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string) => {
    if (!isOwnPage(url)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
