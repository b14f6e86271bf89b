import { randomBytes } from 'node:crypto';

/** What became of a visit to a one-time address. */
export type StartVisit =
  /** The first: the browser is given a cookie and sent on. */
  | { readonly kind: 'first'; readonly cookies: readonly string[] }
  /** The same browser once more, as when a page is loaded twice. */
  | { readonly kind: 'again' }
  /** Somebody has been there already, and this is not their browser. */
  | { readonly kind: 'used' }
  | { readonly kind: 'unknown' };

/** The browsers that the app has opened for one attempt, told from all others by a cookie. */
export interface OpenedBrowsers {
  /** A path that leads on for the first who comes by it. Other programs can read it on the browser's command line. */
  newPath(): string;
  /** Whether it is such a path, visited or not. */
  isStart(path: string): boolean;
  visit(path: string, cookieHeader: string | undefined): StartVisit;
  /** Whether a request comes from one of them. */
  knows(cookieHeader: string | undefined): boolean;
}

/** How many addresses may wait to be visited; one more makes the oldest invalid. */
const mostWaiting = 8;

/** Seconds. An attempt that has not been answered by then is over. */
const cookieLife = 900;

const startCookie = 'mooring-start';
const answerCookie = 'mooring-sign-in';

const unguessable = () => randomBytes(32).toString('base64url');

/**
 * Binds an attempt to the browsers that the app itself has opened. The cookies are host-only and not for scripts, and go
 * with a navigation from Google's pages (`SameSite=Lax`); each goes to its own path only, because cookies know no ports and
 * other programs listen on loopback, too. https://www.rfc-editor.org/rfc/rfc6265#section-8.5
 */
export function trackBrowsers(callbackPath: string): OpenedBrowsers {
  /** By path; null until it was visited, then the cookie of who did. */
  const starts = new Map<string, string | null>();

  return {
    newPath() {
      const waiting = [...starts].filter(([, cookie]) => cookie === null);
      if (waiting.length >= mostWaiting) starts.delete(waiting[0]?.[0] ?? '');
      const path = `/${unguessable()}`;
      starts.set(path, null);
      return path;
    },
    isStart: (path) => starts.has(path),
    visit(path, cookieHeader) {
      const cookie = starts.get(path);
      if (cookie === undefined) return { kind: 'unknown' };
      if (cookie !== null) return { kind: readCookie(cookieHeader, startCookie) === cookie ? 'again' : 'used' };
      const fresh = unguessable();
      starts.set(path, fresh);
      return {
        kind: 'first',
        cookies: [writeCookie(startCookie, fresh, path), writeCookie(answerCookie, fresh, callbackPath)],
      };
    },
    knows(cookieHeader) {
      const cookie = readCookie(cookieHeader, answerCookie);
      return cookie !== null && [...starts.values()].includes(cookie);
    },
  };
}

const writeCookie = (name: string, value: string, path: string) =>
  `${name}=${value}; Path=${path}; Max-Age=${cookieLife}; HttpOnly; SameSite=Lax`;

/** The value of a cookie that is there exactly once. */
function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [key, value] = pair.trim().split('=', 2);
    return key === name && value !== undefined ? [value] : [];
  });
  return values.length === 1 ? (values[0] ?? null) : null;
}
