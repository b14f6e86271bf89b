import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerTo, type Door, expectOpen, openDoor } from './loopback-door.ts';

async function dial({ address, port }: Door): Promise<Socket> {
  const socket = connect(port, address);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Also where the listener hangs up in the middle of what is being said to it. */
const gone = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/** Sends these bytes as they are; what came back until the listener hung up. */
async function say(door: Door, bytes: string | Uint8Array): Promise<string> {
  const socket = await dial(door);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  const closed = gone(socket);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  await closed;
  return heard;
}

const hungUp = (sockets: readonly Socket[]) => sockets.filter((socket) => socket.destroyed || socket.closed).length;
const get = (target: string, host: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;

test('S19 1,000 junk requests leave the listener waiting for the real one', async () => {
  await using door = await openDoor();
  const { path } = door.attempt;
  const junk = ['/', '/favicon.ico', '/robots.txt', `${path}/x`, `${path}/done`, answerTo(door, { state: 'x' })];
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'DELETE'];
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        fetch(`http://${door.host}${junk[index % junk.length]}`, {
          method: methods[(index + round) % methods.length]!,
        }),
      ),
    );
    for (const each of answers) {
      expect(each.status).toBeGreaterThanOrEqual(400);
      await each.body?.cancel();
    }
  }
  expect(door.refusals()).toBeGreaterThan(0);
  await expectOpen(door);
});

describe('S19 malformed HTTP is refused, and harms nothing', () => {
  type Speak = (door: Door) => string;
  test.each<[string, Speak, RegExp]>([
    ['garbage', () => '\x00\xff\x16\x03\x01 garbage\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400 |^$/],
    ['HTTP/0.9', (door) => `GET ${answerTo(door)}\r\n\r\n`, /^HTTP\/1\.1 40[03] /],
    ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 4|^$/],
    ['no Host', (door) => `GET ${answerTo(door)} HTTP/1.1\r\n\r\n`, /^HTTP\/1\.1 400 /],
    ['no Host in HTTP/1.0', (door) => `GET ${answerTo(door)} HTTP/1.0\r\n\r\n`, /^HTTP\/1\.1 40[03] /],
    ['empty Host', (door) => get(answerTo(door), ''), /^HTTP\/1\.1 40[03] /],
    ['foreign Host', (door) => get(answerTo(door), 'evil.example'), /^HTTP\/1\.1 403 /],
    [
      'foreign Host after ours',
      (door) => get(answerTo(door), door.host, 'Host: evil.example\r\n'),
      /^HTTP\/1\.1 40[03] /,
    ],
    [
      'ours after a foreign Host',
      (door) => get(answerTo(door), 'evil.example', `Host: ${door.host}\r\n`),
      /^HTTP\/1\.1 40[03] /,
    ],
    ['our Host twice', (door) => get(answerTo(door), door.host, `Host: ${door.host}\r\n`), /^HTTP\/1\.1 40[03] /],
    ['an Origin', (door) => get(answerTo(door), door.host, 'Origin: https://evil.example\r\n'), /^HTTP\/1\.1 403 /],
    ['an empty Origin', (door) => get(answerTo(door), door.host, 'Origin:\r\n'), /^HTTP\/1\.1 403 /],
    ['two Origins', (door) => get(answerTo(door), door.host, 'Origin: null\r\nOrigin: x\r\n'), /^HTTP\/1\.1 403 /],
    ['absolute target', (door) => get(`http://${door.host}${answerTo(door)}`, door.host), /^HTTP\/1\.1 404 /],
    ['absolute target elsewhere', (door) => get(`http://evil.example${answerTo(door)}`, door.host), /^HTTP\/1\.1 404 /],
    ['a NUL in the target', (door) => get(`${answerTo(door)}\0`, door.host), /^HTTP\/1\.1 4/],
    ['a NUL in a header', (door) => get(answerTo(door), door.host, 'X: \0\r\n'), /^HTTP\/1\.1 400 /],
    ['a bare line feed', (door) => `GET ${answerTo(door)} HTTP/1.1\nHost: ${door.host}\n\n`, /^HTTP\/1\.1 (400|303) /],
    ['a folded header', (door) => get(answerTo(door), door.host, 'X: a\r\n b\r\n\r\n'), /^HTTP\/1\.1 (400|303) /],
    ['CRLF in the target', (door) => get(`${door.attempt.path}?state=\r\nX: y`, door.host), /^HTTP\/1\.1 400 /],
    ['encoded CRLF', (door) => get(answerTo(door, { state: '\r\nSet-Cookie: a=b' }), door.host), /^HTTP\/1\.1 400 /],
    [
      'broken encoding',
      (door) => get(`${door.attempt.path}?state=%&code=%zz&iss=%e0%a4`, door.host),
      /^HTTP\/1\.1 400 /,
    ],
    ['broken encoding of the path', (door) => get('/%%%zz', door.host), /^HTTP\/1\.1 404 /],
    ['CONNECT', (door) => `CONNECT ${door.host} HTTP/1.1\r\nHost: ${door.host}\r\n\r\n`, /^HTTP\/1\.1 4|^$/],
    ['TRACE', (door) => `TRACE ${answerTo(door)} HTTP/1.1\r\nHost: ${door.host}\r\n\r\n`, /^HTTP\/1\.1 405 /],
    [
      'an unknown method',
      (door) => `BREW ${answerTo(door)} HTTP/1.1\r\nHost: ${door.host}\r\n\r\n`,
      /^HTTP\/1\.1 400 /,
    ],
    ['a demand that is unknown', (door) => get('/', door.host, 'Expect: tea\r\n'), /^HTTP\/1\.1 404 /],
    ['an upgrade', (door) => get('/', door.host, 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), /^HTTP\/1\.1 404 /],
    ['two lengths', (door) => get('/', door.host, 'Content-Length: 1\r\nContent-Length: 2\r\n'), /^HTTP\/1\.1 400 /],
    [
      'a length and chunks',
      (door) => get('/', door.host, 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'),
      /^HTTP\/1\.1 400 /,
    ],
    ['an address of 1 MB', (door) => get(`/${'x'.repeat(1_000_000)}`, door.host), /^HTTP\/1\.1 431 |^$/],
    ['a header of 1 MB', (door) => get('/', door.host, `X: ${'x'.repeat(1_000_000)}\r\n`), /^HTTP\/1\.1 431 |^$/],
    ['10,000 headers', (door) => get('/', door.host, 'X: y\r\n'.repeat(10_000)), /^HTTP\/1\.1 4|^$/],
    ['an address of 9 KB', (door) => get(`${answerTo(door)}&x=${'x'.repeat(9_000)}`, door.host), /^HTTP\/1\.1 414 /],
  ])('%s', async (name, speak, answer) => {
    await using door = await openDoor();
    const heard = await say(door, speak(door));
    expect(heard).toMatch(answer);
    expect(heard.toLowerCase()).not.toContain('\nset-cookie');
    // Two ways of writing a request are lenience of Node's: they carried the right answer, so they may be taken.
    if (heard.startsWith('HTTP/1.1 303')) expect(name).toMatch(/bare|folded/);
    else await expectOpen(door);
  });

  test('any bytes', async () => {
    await using door = await openDoor();
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(`Host: ${door.host}`, 'Host: x', 'Origin: null', 'Content-Length: -1', 'Transfer-Encoding: x'),
      fc
        .tuple(fc.constantFrom('GET', 'POST', 'CONNECT', ''), fc.string())
        .map((parts) => `${parts.join(' ')} HTTP/1.1`),
    );
    const requests = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.array(line).map((lines) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)),
    );
    await fc.assert(
      fc.asyncProperty(requests, async (bytes) => {
        const socket = await dial(door);
        socket.end(bytes);
        socket.resume();
        await gone(socket);
      }),
      { numRuns: 500 },
    );
    await expectOpen(door);
  });
});

describe('S19 crowds', () => {
  const crowd = (door: Door, count: number) => Promise.all(Array.from({ length: count }, () => dial(door)));
  const part = (door: Door) => `GET ${door.attempt.path} HTTP/1.1\r\nHost: ${door.host}\r\nX-Slow: `;

  test('300 connections that say nothing do not keep the browser out', async () => {
    await using door = await openDoor();
    const idle = await crowd(door, 300);
    // The oldest had to go, and no more of them than that.
    await expect.poll(() => hungUp(idle)).toBe(300 - 64);
    expect(hungUp(idle.slice(-64))).toBe(0);
    await expectOpen(door);
    await expect.poll(() => hungUp(idle)).toBe(300);
  });

  test('300 connections that say half a header do not either', async () => {
    await using door = await openDoor();
    const slow = await crowd(door, 300);
    for (const socket of slow) socket.write(part(door));
    const trickle = setInterval(() => slow.forEach((socket) => void socket.write('x')), 50);
    try {
      await expectOpen(door);
    } finally {
      clearInterval(trickle);
    }
    await expect.poll(() => hungUp(slow)).toBe(300);
  });

  test('connections that go on saying half a header are closed after seconds', async () => {
    await using door = await openDoor();
    const slow = await crowd(door, 20);
    for (const socket of slow) socket.write(part(door));
    const trickle = setInterval(() => slow.forEach((socket) => void socket.write('x')), 200);
    try {
      await expect.poll(() => hungUp(slow), { timeout: 9_000, interval: 200 }).toBe(20);
    } finally {
      clearInterval(trickle);
    }
    await expectOpen(door);
  });

  test('connections keep coming while the browser is on its way', async () => {
    await using door = await openDoor();
    let more = true;
    const opened: Socket[] = [];
    const flood = (async () => {
      while (more && opened.length < 5_000) opened.push(...(await crowd(door, 8)));
    })();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expectOpen(door);
    more = false;
    await flood.catch(() => {});
    expect(opened.length).toBeGreaterThan(64);
    for (const socket of opened) socket.destroy();
  });

  test('a body without an end is not read', async () => {
    await using door = await openDoor();
    const heard = await say(
      door,
      `POST ${door.attempt.path} HTTP/1.1\r\nHost: ${door.host}\r\nContent-Length: 999999999\r\n\r\n${'x'.repeat(100_000)}`,
    );
    expect(heard === '' || heard.startsWith('HTTP/1.1 405 ')).toBe(true);
    await expectOpen(door);
  });
});

test('S19 another answer after the first is refused, and the first once more leads to what came of it', async () => {
  await using door = await openDoor();
  const first = await fetch(`http://${door.host}${answerTo(door)}`, {
    redirect: 'manual',
    headers: { cookie: door.cookie },
  });
  expect(first.status).toBe(303);
  expect(first.headers.get('location')).toBe(`${door.attempt.path}/done`);
  const again = await fetch(`http://${door.host}${answerTo(door)}`, { redirect: 'manual' });
  expect(again.headers.get('location')).toBe(`${door.attempt.path}/done`);
  for (const change of [{ code: '4/0other' }, { error: 'access_denied' }, { iss: 'https://x.example' }]) {
    const headers = { cookie: door.cookie };
    const second = await fetch(`http://${door.host}${answerTo(door, change)}`, { redirect: 'manual', headers });
    expect(second.status).toBe(400);
    expect(await second.text()).toContain('refused');
  }
  expect(await door.loopback.answer).toEqual({ kind: 'code', code: '4/0code' });
});

test('S19 the issuer is compared exactly, and has to be there when it is promised', async () => {
  await using door = await openDoor();
  const { state } = door.attempt;
  const targets = [
    answerTo(door, { iss: 'https://accounts.google.com/' }),
    answerTo(door, { iss: '' }),
    `${door.attempt.path}?${new URLSearchParams({ state, code: '4/0code' })}`,
  ];
  for (const [index, target] of targets.entries()) {
    const page = await fetch(`http://${door.host}${target}`, { redirect: 'manual', headers: { cookie: door.cookie } });
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('refused');
    expect(door.refusals()).toBe(index + 1);
  }
  // None of them ended the attempt.
  await expectOpen(door);
});

test('S19 nothing is left open when it is over', async () => {
  const door = await openDoor();
  const idle = await dial(door);
  await door.loopback.finish({ title: 'Over', text: '' });
  await expect.poll(() => hungUp([idle])).toBe(1);
  await expect(dial(door)).rejects.toThrow('ECONNREFUSED');
});

describe('S19 addresses', () => {
  test('S19 only the loopback address is listened on', async () => {
    await using door = await openDoor();
    expect(door.address).toBe('127.0.0.1');
    const others = Object.values(networkInterfaces())
      .flatMap((each = []) => each)
      .filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
    if (others.length === 0) console.log('skipped: this computer has no address but loopback');
    for (const { address } of others) await expect(dial({ ...door, address })).rejects.toThrow('ECONNREFUSED');
    // 127.0.0.0/8 is all loopback on Linux, and still another address.
    if (process.platform === 'linux') {
      await expect(dial({ ...door, address: '127.0.0.2' })).rejects.toThrow('ECONNREFUSED');
    }
  });

  // TEST-NET-3 (RFC 5737) is nobody's address, so listening on it fails.
  test('where IPv4 has no loopback, IPv6 serves', async () => {
    const hasIpv6 = Object.values(networkInterfaces()).some((each = []) =>
      each.some(({ address }) => address === '::1'),
    );
    if (!hasIpv6) return console.log('skipped: this computer has no IPv6 loopback address');
    await using door = await openDoor(['203.0.113.1', '::1']);
    expect(door.loopback.redirectUri).toMatch(/^http:\/\/\[::1\]:\d+\/[\w-]{43}$/);
    await expectOpen(door);
  });

  test('where neither can be listened on, that is said', async () => {
    await expect(openDoor(['203.0.113.1', '203.0.113.2'])).rejects.toThrow('No loopback address');
  });
});
