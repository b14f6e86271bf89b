import type { Way } from '../contract/way.ts';

/** The ways that a request to this origin may take; the first that can be gone is taken. */
export type FindWays = (origin: string) => Promise<readonly Way[]>;

export const direct: Way = { kind: 'direct' };
const unusable: Way = { kind: 'unusable' };

/** A proxy as a variable names it, with or without its scheme: `http://name:password@proxy:3128`, `proxy:3128`. */
export function proxyAt(text: string): Way {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return unusable;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && url.hostname !== '' ? { kind: 'proxy', url: url.href } : unusable;
}

/** Who somebody is to a proxy. */
export interface ProxyUser {
  readonly name: string;
  readonly password: string;
}

/** The name and the password in a proxy's address; null where there are none. */
export function userOf({ username, password }: URL): ProxyUser | null {
  return username === '' && password === '' ? null : { name: decode(username), password: decode(password) };
}

/** A password may have a bare percent sign in it. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
