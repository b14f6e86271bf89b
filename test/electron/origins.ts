/**
 * Chromium refuses to navigate to a scheme it was not built with, and only Electron can teach it one. So the stand-in
 * shows `app://ui/page` to Chromium as `https://ui.app.stand-in.invalid/page`, a secure origin that is answered in the
 * process and never looked up, and translates addresses wherever they cross into main: `getURL`, `senderFrame`,
 * navigation events, the handler's `Request`, and headers in both directions (a policy or redirect may name `app://`).
 *
 * What a page can notice: `location.origin` and absolute URLs it reads are the https ones, and an absolute `app://`
 * address in its markup does not load. Relative addresses and `'self'` work as they do in Electron.
 */
const suffix = 'stand-in.invalid';
const internal = /https:\/\/([a-z0-9.-]+)\.([a-z][a-z0-9-]*)\.stand-in\.invalid/g;

/** Schemes that pages may be served from, by name. */
export const standardSchemes = new Set<string>();

/** The address that Chromium is given for one of the app's. */
export function toInternal(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return url;
  }
  const scheme = parsed.protocol.slice(0, -1);
  if (!standardSchemes.has(scheme)) return url;
  if (!/^[a-z0-9.-]+$/i.test(parsed.hostname)) throw new Error(`the stand-in needs a plain host in ${url}`);
  return `https://${parsed.hostname}.${scheme}.${suffix}${parsed.pathname || '/'}${parsed.search}${parsed.hash}`;
}

/** The app's address, or text that holds some, from Chromium's. */
export const toExternal = (text: string): string => text.replace(internal, '$2://$1');

/** Text that may hold addresses of the app, such as a content security policy, for Chromium. */
export function textToInternal(text: string): string {
  let result = text;
  for (const scheme of standardSchemes) {
    result = result.replace(new RegExp(`\\b${scheme}://([a-z0-9.-]+)`, 'g'), `https://$1.${scheme}.${suffix}`);
  }
  return result;
}

/** The scheme of an address as main knows it. */
export const schemeOf = (url: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** As Electron writes origins, custom schemes included, where Node's URL says `null`. */
export function originOf(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i.exec(url);
  const scheme = schemeOf(url);
  if (!match?.[1]) return 'null';
  return standardSchemes.has(scheme) ? match[1].toLowerCase() : scheme === 'file' ? 'file://' : new URL(url).origin;
}
