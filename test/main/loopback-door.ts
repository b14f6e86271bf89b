import { expect } from 'vitest';
import { type Attempt, newAttempt } from '../../src/main/auth/authorization-request.ts';
import { type Loopback, listenForCallback } from '../../src/main/auth/loopback.ts';
import { realGoogle } from '../../src/main/auth/provider.ts';

export interface Door extends AsyncDisposable {
  readonly attempt: Attempt;
  readonly loopback: Loopback;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** How often an answer to another attempt was refused. */
  refusals(): number;
  /** Codes of browsers that the app did not open. */
  readonly strangers: readonly string[];
  /** The cookie that a browser has which came by an address of the app's. */
  readonly cookie: string;
}

/** A sign-in that waits for its answer, and the cookie of a browser that was sent to Google by it. */
export async function openDoor(addresses?: readonly string[]): Promise<Door> {
  const attempt = newAttempt();
  let refused = 0;
  const provider = { ...realGoogle, issuerInCallback: true };
  const strangers: string[] = [];
  const loopback = await listenForCallback({
    attempt,
    provider,
    destination: (redirectUri) => `https://accounts.google.com/?redirect_uri=${encodeURIComponent(redirectUri)}`,
    onRefused: () => (refused += 1),
    onStranger: (code) => strangers.push(code) > 0,
    onOwn: () => {},
    ...(addresses && { addresses }),
  });
  const begun = await fetch(loopback.newAddress(), { redirect: 'manual' });
  const cookie = cookieFor(begun, attempt.path);
  const { host, hostname, port } = new URL(loopback.redirectUri);
  return {
    attempt,
    loopback,
    host,
    address: hostname.replace(/[[\]]/g, ''),
    port: Number(port),
    refusals: () => refused,
    strangers,
    cookie,
    [Symbol.asyncDispose]: () => loopback.finish({ title: 'Over', text: '' }),
  };
}

/** What a browser sends to a path of what it was given. */
export function cookieFor(answer: Response, path: string): string {
  const given = answer.headers.getSetCookie().filter((line) => line.includes(`; Path=${path}; `));
  return given.map((line) => line.split(';')[0]).join('; ');
}

/** The address of Google’s answer, as the browser is sent to it. */
export const answerTo = ({ attempt }: Door, change: Record<string, string> = {}) =>
  `${attempt.path}?${new URLSearchParams({ state: attempt.state, iss: realGoogle.issuer, code: '4/0code', ...change })}`;

/** The real browser: its answer is taken, and it sees the end of the sign-in. */
export async function expectOpen(door: Door): Promise<void> {
  const page = fetch(`http://${door.host}${answerTo(door)}`, { headers: { cookie: door.cookie } });
  expect(await door.loopback.answer).toEqual({ kind: 'code', code: '4/0code' });
  await door.loopback.finish({ title: 'Done', text: 'Return to <Mooring>.' });
  const done = await page;
  expect(done.status).toBe(200);
  expect(new URL(done.url).pathname).toBe(`${door.attempt.path}/done`);
  expect(await done.text()).toContain('Return to &lt;Mooring&gt;.');
  expect(done.headers.get('cache-control')).toBe('no-store');
  expect(done.headers.get('referrer-policy')).toBe('no-referrer');
  expect(done.headers.get('content-security-policy')).toContain("default-src 'none'");
}
