import { chromium } from './chromium.ts';
import { originOf, toInternal } from './origins.ts';
import type { PageContents } from './page-contents.ts';
import type { Session } from './session.ts';

/** What pages may ask for, in Electron's words and in Chromium's. */
const names = {
  geolocation: [{ name: 'geolocation' }],
  notifications: [{ name: 'notifications' }],
  midi: [{ name: 'midi' }],
  midiSysex: [{ name: 'midi', sysex: true }],
  'clipboard-read': [{ name: 'clipboard-read' }],
  media: [{ name: 'camera' }, { name: 'microphone' }],
  'display-capture': [{ name: 'display-capture' }],
} as const;
type Permission = keyof typeof names;

/**
 * Chromium asks nobody when it has no window of its own to ask with, so the app is asked when main loads a page, once
 * for each permission, and its answer is set in Chromium: the check handler decides, then the request handler. With
 * neither everything is granted, which is Electron's default.
 * https://www.electronjs.org/docs/latest/api/session#sessetpermissionrequesthandlerhandler
 */
export async function grantPermissions(session: Session, contents: PageContents, url: string): Promise<void> {
  const origin = originOf(url);
  const internal = originOf(toInternal(url));
  if (!internal.startsWith('http')) return;
  const { connection } = await chromium();
  const grant = async (permission: Permission): Promise<void> => {
    const setting = (await decide(session, contents, permission, origin)) ? 'granted' : 'denied';
    const set = names[permission].map((descriptor) =>
      connection.browser.send('Browser.setPermission', { permission: descriptor, setting, origin: internal }),
    );
    await Promise.all(set);
  };
  await Promise.all((Object.keys(names) as Permission[]).map(grant));
}

async function decide(
  session: Session,
  contents: PageContents,
  permission: Permission,
  origin: string,
): Promise<boolean> {
  const details = { isMainFrame: true, requestingUrl: `${origin}/`, securityOrigin: origin };
  const sender = contents as unknown as Electron.WebContents;
  const check = session.permissionCheck;
  if (check && !check(sender, permission, origin, details as Electron.PermissionCheckHandlerHandlerDetails))
    return false;
  const request = session.permissionRequest;
  if (!request) return true;
  return new Promise((resolve) => request(sender, permission, resolve, details as Electron.PermissionRequest));
}
