import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answerTo, cookieFor, type Door, expectOpen, openDoor } from './loopback-door.ts';

describe('S27 a browser that the app has opened is told from all others', () => {
  const go = (door: Door, target: string, headers: Record<string, string> = {}) =>
    fetch(target.startsWith('http') ? target : `http://${door.host}${target}`, { redirect: 'manual', headers });

  test('the address that is opened says nothing of the attempt', async () => {
    await using door = await openDoor();
    const address = door.loopback.newAddress();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    for (const secret of Object.values(door.attempt)) expect(address).not.toContain(secret.replace('/', ''));
    expect(door.loopback.newAddress()).not.toBe(address);
  });

  test('it leads to Google once, and leaves cookies for their own paths, for no script and no other host', async () => {
    await using door = await openDoor();
    const address = door.loopback.newAddress();
    const first = await go(door, address);
    expect(first.status).toBe(303);
    expect(new URL(first.headers.get('location')!).searchParams.get('redirect_uri')).toBe(door.loopback.redirectUri);
    const cookies = first.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^mooring-[a-z-]+=[\w-]{43}; Path=\/[\w-]{43}; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    }
    const second = await go(door, address);
    expect(second.status).toBe(410);
    expect(second.headers.get('location')).toBeNull();
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(await second.text()).toContain('used already');
    // Nor did that end the attempt of the first.
    await expectOpen(door);
  });

  test('the same browser may load it again', async () => {
    await using door = await openDoor();
    const address = door.loopback.newAddress();
    const cookie = cookieFor(await go(door, address), new URL(address).pathname);
    const again = await go(door, address, { cookie });
    expect(again.status).toBe(303);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test('what looks ahead, or at addresses before a person does, uses nothing up', async () => {
    await using door = await openDoor();
    const address = door.loopback.newAddress();
    const head = await fetch(address, { method: 'HEAD', redirect: 'manual' });
    const ahead = await go(door, address, { 'sec-purpose': 'prefetch;prerender' });
    const foreign = await go(door, address, { origin: 'https://evil.example' });
    for (const each of [head, ahead, foreign]) {
      expect(each.headers.get('location')).toBeNull();
      await each.body?.cancel();
    }
    expect((await go(door, address)).status).toBe(303);
  });

  test.each([
    ['no cookie', () => ''],
    ['a cookie of its own making', () => `mooring-sign-in=${'x'.repeat(43)}`],
    ['ours twice', (door: Door) => `${door.cookie}; ${door.cookie}`],
    ['ours under another name', (door: Door) => door.cookie.replace('sign-in', 'start')],
  ])('a code with %s is a stranger’s, and the attempt goes on', async (_what, cookie) => {
    await using door = await openDoor();
    const page = await go(door, answerTo(door, { code: '4/0stranger' }), { cookie: cookie(door) });
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe(`${door.attempt.path}/asked`);
    expect(await (await go(door, page.headers.get('location')!)).text()).toContain('asks in its own window');
    expect(door.strangers).toEqual(['4/0stranger']);
    await expectOpen(door);
  });

  test('an error that a stranger brings ends nothing', async () => {
    await using door = await openDoor();
    const page = await go(door, answerTo(door, { error: 'access_denied' }));
    expect(page.status).toBe(400);
    await page.body?.cancel();
    expect(door.refusals()).toBe(1);
    await expectOpen(door);
  });

  test('the cookie of one address is no good for another attempt', async () => {
    await using door = await openDoor();
    await using other = await openDoor();
    const page = await go(door, answerTo(door), { cookie: other.cookie });
    expect(page.headers.get('location')).toBe(`${door.attempt.path}/asked`);
  });

  test('more addresses than a person could use push the oldest out', async () => {
    await using door = await openDoor();
    const addresses = Array.from({ length: 20 }, () => door.loopback.newAddress());
    const statuses = await Promise.all(addresses.map(async (address) => (await go(door, address)).status));
    expect(statuses).toEqual([...Array(12).fill(404), ...Array(8).fill(303)]);
  });
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'S27 another user of this computer is turned away, and ends nothing',
  async () => {
    await using door = await openDoor();
    const address = door.loopback.newAddress();
    const asNobody = (url: string, cookie = '') => {
      const script = `fetch(${JSON.stringify(url)}, { redirect: 'manual', headers: { cookie: ${JSON.stringify(cookie)} } }).then((a) => console.log(a.status, a.headers.get('location')))`;
      const nobody = { uid: 65_534, gid: 65_534, cwd: '/' };
      return promisify(execFile)(process.execPath, ['-e', script], nobody).then(({ stdout }) => stdout.trim());
    };
    expect(await asNobody(address)).toBe('403 null');
    expect(await asNobody(`http://${door.host}${answerTo(door)}`, door.cookie)).toBe('403 null');
    expect(door.strangers).toEqual([]);
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    await expectOpen(door);
  },
);
