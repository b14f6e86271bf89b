import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callOnSessionBus } from '../../src/keytar/dbus.ts';
import { type Call, takeMessage, writeCall } from '../../src/keytar/dbus-message.ts';
import { Reader } from '../../src/keytar/dbus-reader.ts';
import { openPrivateKeyring } from '../keyring/private-keyring.ts';

const linux = process.platform === 'linux';
if (!linux) process.stdout.write('dbus: not run, because only Linux’s keychain is reached by it\n');

const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
const hasOwner = (name: string): Call => ({ ...bus, member: 'NameHasOwner', arguments: [name] });

describe.runIf(linux)('on a real bus', () => {
  test('a question is answered, at whatever kind of address, and a refusal has its words', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    const { env } = keyring.bus;
    expect(await callOnSessionBus(env, hasOwner('org.freedesktop.secrets'))).toEqual([true]);
    expect(await callOnSessionBus(env, hasOwner('org.example'))).toEqual([false]);
    const second = { DBUS_SESSION_BUS_ADDRESS: `tcp:host=127.0.0.1;${env['DBUS_SESSION_BUS_ADDRESS']}` };
    expect(await callOnSessionBus(second, hasOwner('org.freedesktop.secrets'))).toEqual([true]);
    expect(await callOnSessionBus({ XDG_RUNTIME_DIR: env['XDG_RUNTIME_DIR'] }, hasOwner('a.b'))).toEqual([false]);
    await expect(callOnSessionBus(env, { ...bus, member: 'Nothing', arguments: [] })).rejects.toThrow(/Nothing/);
    // Every type that the keychain's own properties have.
    const properties = { ...bus, interface: 'org.freedesktop.DBus.Properties', member: 'GetAll' };
    const of = (path: string, name: string): Call => ({
      ...properties,
      destination: 'org.freedesktop.secrets',
      path,
      arguments: [name],
    });
    const collection = of('/org/freedesktop/secrets/collection/login', 'org.freedesktop.Secret.Collection');
    const [found] = (await callOnSessionBus(env, collection)) as [[string, unknown][]];
    expect(Object.fromEntries(found)).toMatchObject({ Locked: false, Label: 'Login', Items: [] });
  });

  test('a bus that is not there, or ends the connection, is an error', async () => {
    const gone = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
    await expect(callOnSessionBus(gone, hasOwner('a.b'))).rejects.toThrow(/ENOENT/);
    await expect(callOnSessionBus({ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, hasOwner('a.b'))).rejects.toThrow();
    const folder = mkdtempSync(join(tmpdir(), 'mooring-bus-'));
    const server = createServer((socket) => socket.end('REJECTED EXTERNAL\r\n'));
    onTestFinished(() => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    await once(server.listen(join(folder, 'bus')), 'listening');
    await expect(callOnSessionBus({ XDG_RUNTIME_DIR: folder }, hasOwner('a.b'))).rejects.toThrow(/denied/);
  });
});

test('a message is taken when it is whole, and a foreign one is refused', () => {
  const message = writeCall(7, { ...bus, member: 'M', arguments: ['text ü', { service: 'S', account: 'a' }] });
  for (let length = 0; length < message.length; length += 1)
    expect(takeMessage(message.subarray(0, length))).toBeNull();
  const taken = takeMessage(Buffer.concat([message, Buffer.from('l')]));
  expect(taken).toEqual({ reply: null, rest: Buffer.from('l') });
  expect(() => takeMessage(Buffer.alloc(16, 'B'))).toThrow(/byte order/);
  const large = Buffer.from(message);
  large.writeUInt32LE(0xffff_ffff, 4);
  expect(() => takeMessage(large)).toThrow(/too large/);
});

test.each(['a()', 'a(())', 'aa()'])('a list of nothing, %s, has an end', (type) => {
  // Eight bytes are said to hold structures that take no room.
  const list = Buffer.from([8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const nested = Buffer.from([12, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(() => new Reader(type === 'aa()' ? nested : list, 0).all(type)).toThrow(/list of nothing/);
});

test.each(['s', 'v', 'a{sv}', 'u'])(
  'a value of type %s that is cut off is refused or empty, and nothing hangs',
  (type) => {
    const cut = Buffer.from([9, 0, 0]);
    expect(() => new Reader(cut, 0).all(type)).toThrow();
  },
);
