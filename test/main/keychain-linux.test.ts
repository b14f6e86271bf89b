import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProbe } from '../keyring/drive-probe.ts';
import { openPrivateKeyring } from '../keyring/private-keyring.ts';

const linux = process.platform === 'linux';
if (!linux) process.stdout.write('keychain-linux: not run, because the Secret Service is Linux’s keychain only\n');

const [ok, absent, locked, unavailable] = (['ok', 'absent', 'locked', 'unavailable'] as const).map((kind) => ({
  kind,
}));
const value = (text: string) => ({ kind: 'ok', value: text });

describe.runIf(linux)('on a real Secret Service', () => {
  test('an open keyring gives back what it was given, after one canary that leaves no trace', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    expect(await probe.write('ada', 'a secret: ü €')).toEqual(ok);
    expect(await probe.read('ada')).toEqual(value('a secret: ü €'));
    const { calls } = await probe.observe();
    expect(calls).toEqual(['set canary', 'get canary', 'delete canary', 'get ada', 'set ada', 'get ada', 'get ada']);
    expect(await probe.remove('ada')).toEqual(ok);
    expect(await probe.read('ada')).toEqual(absent);
    const items = await keyring.bus.call(
      'org.freedesktop.secrets',
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.SearchItems',
      'dict:string:string:service,Mooring probe',
    );
    expect(items).not.toContain('collection/login/');
  });

  test('S18 a session without a keychain service is unavailable, and one that starts later works', async () => {
    await using keyring = await openPrivateKeyring();
    await using probe = startProbe(keyring.bus.env);
    expect(await probe.read('ada')).toEqual(unavailable);
    expect(await probe.write('ada', 'x')).toEqual(unavailable);
    expect(await probe.remove('ada')).toEqual(unavailable);
    expect(new Set((await probe.observe()).errors)).toEqual(
      new Set(['The name org.freedesktop.secrets was not provided by any .service files']),
    );
    await keyring.start('unlocked');
    expect(await probe.write('ada', 'x')).toEqual(ok);
    expect(await probe.read('ada')).toEqual(value('x'));
  });

  test('S18 a computer without a session bus is unavailable', async () => {
    await using probe = startProbe({ ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' });
    expect(await probe.read('ada')).toEqual(unavailable);
    expect((await probe.observe()).errors).toEqual(['Could not connect: No such file or directory']);
  });

  test('S18 no default keyring, and no way to ask for one, is unavailable: not "nothing stored"', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('empty');
    await using probe = startProbe(keyring.bus.env);
    expect(await probe.read('ada')).toEqual(unavailable);
    expect(await probe.write('ada', 'x')).toEqual(unavailable);
    expect(new Set((await probe.observe()).errors)).toEqual(
      new Set(['Object does not exist at path “/org/freedesktop/secrets/collection/login”']),
    );
  });

  test('no default keyring and a prompt that nobody sees is locked after the limit, with one prompt', async () => {
    await using keyring = await openPrivateKeyring({ prompter: true });
    await keyring.start('empty');
    await using probe = startProbe(keyring.bus.env);
    const read = probe.read('ada');
    await keyring.bus.prompted();
    const [write, remove] = [probe.write('ada', 'x'), probe.remove('ada')];
    await probe.advance(3_000);
    expect(await Promise.all([read, write, remove])).toEqual([locked, locked, locked]);
    expect(await probe.observe()).toMatchObject({ calls: ['set canary'], mostAtOnce: 1, busy: true });
    expect(keyring.bus.prompts()).toBe(1);
    // With the prompt gone, the next call goes through to the keyring again.
    keyring.bus.dismissPrompts();
    const again = probe.read('ada');
    await keyring.bus.prompted();
    await probe.advance(3_000);
    expect(await again).toEqual(locked);
    expect((await probe.observe()).calls).toEqual(['set canary', 'set canary']);
  });

  test('a keyring that is locked where no prompt can be shown is locked, and loses nothing', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    expect(await probe.write('ada', 'of ada')).toEqual(ok);
    expect(await probe.write('grace', 'of grace')).toEqual(ok);
    await keyring.lock();
    // libsecret itself says "no such entry" here, for what is there and for what is not.
    expect(await probe.read('ada')).toEqual(locked);
    expect(await probe.read('nobody')).toEqual(locked);
    expect(await probe.write('ada', 'new')).toEqual(locked);
    expect(await probe.remove('ada')).toEqual(locked);
    expect(new Set((await probe.observe()).errors)).toEqual(
      new Set(['The entry is in a locked collection.', 'Cannot create an item in a locked collection']),
    );
    await keyring.unlock();
    expect(await probe.read('ada')).toEqual(value('of ada'));
    expect(await probe.read('grace')).toEqual(value('of grace'));
    expect(await probe.read('nobody')).toEqual(absent);
  });

  test('a keyring that is locked before the app starts works once it is unlocked', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await using first = startProbe(keyring.bus.env);
    expect(await first.write('ada', 'of ada')).toEqual(ok);
    await keyring.lock();
    await using probe = startProbe(keyring.bus.env);
    expect(await probe.read('ada')).toEqual(locked);
    await keyring.unlock();
    expect(await probe.read('ada')).toEqual(value('of ada'));
  });

  test('while a prompt is up, everybody is told locked and nothing else is asked; afterwards all is as it was', async () => {
    await using keyring = await openPrivateKeyring({ prompter: true });
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await probe.write('grace', 'of grace');
    await probe.advance(3_600_000);
    await keyring.lock();
    const read = probe.read('ada');
    await keyring.bus.prompted();
    const others = [probe.write('ada', 'new'), probe.read('grace'), probe.remove('grace')];
    await probe.advance(3_000);
    expect(await Promise.all([read, ...others])).toEqual([locked, locked, locked, locked]);
    expect(await probe.observe()).toMatchObject({ mostAtOnce: 1, busy: true });
    expect(keyring.bus.prompts()).toBe(1);
    await keyring.unlock();
    keyring.bus.dismissPrompts();
    expect(await probe.read('ada')).toEqual(value('of ada'));
    expect(await probe.read('grace')).toEqual(value('of grace'));
    expect(keyring.bus.prompts()).toBe(1);
  });

  test('a prompt that is dismissed is locked, and is not followed by a second one', async () => {
    await using keyring = await openPrivateKeyring({ prompter: true });
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await probe.advance(3_600_000);
    await keyring.lock();
    const read = probe.read('ada');
    await keyring.bus.prompted();
    keyring.bus.dismissPrompts();
    expect(await read).toEqual(locked);
    expect(keyring.bus.prompts()).toBe(1);
  });

  test('S47 a keychain service that was restarted is reached again without a restart of Mooring', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await keyring.stop();
    expect(await probe.read('ada')).toEqual(unavailable);
    await keyring.start('unlocked');
    expect(await probe.read('ada')).toEqual(value('of ada'));
    // Also where nothing was asked in between: libsecret still holds a session with the service that has gone.
    await keyring.stop();
    await keyring.start('unlocked');
    await probe.advance(3_600_000);
    expect(await probe.write('ada', 'new')).toEqual(ok);
    expect(await probe.read('ada')).toEqual(value('new'));
  });

  test('S18 an entry in a keyring that is locked beside an open one is locked, never absent, and is there once it is unlocked', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await keyring.lockBesideOpen();
    expect(await probe.read('ada')).toEqual(locked);
    expect(await probe.write('ada', 'new')).toEqual(locked);
    expect(await probe.remove('ada')).toEqual(locked);
    await probe.advance(3_600_000);
    expect(await probe.read('ada')).toEqual(locked);
    // What was never there still is not, and others can be stored in the open one.
    expect(await probe.read('nobody')).toEqual(absent);
    expect(await probe.remove('nobody')).toEqual(ok);
    expect(await probe.write('grace', 'of grace')).toEqual(ok);
    expect(await probe.list()).toEqual({ kind: 'ok', names: ['grace'], locked: true });
    await keyring.unlock();
    expect(await probe.read('ada')).toEqual(value('of ada'));
    expect(await probe.remove('ada')).toEqual(ok);
    expect(await probe.read('ada')).toEqual(absent);
    expect(await probe.list()).toEqual({ kind: 'ok', names: ['grace'], locked: false });
    expect((await probe.observe()).hosts).toBe(1);
  });

  test('the prompt for a keyring beside the open one is put up once, and dismissed it is locked', async () => {
    await using keyring = await openPrivateKeyring({ prompter: true });
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await keyring.lockBesideOpen();
    const read = probe.read('ada');
    await keyring.bus.prompted();
    keyring.bus.dismissPrompts();
    expect(await read).toEqual(locked);
    expect(keyring.bus.prompts()).toBe(1);
  });

  test('a name that is in an open keyring and in a locked one is not removed before both are', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await keyring.lockBesideOpen();
    await keyring.bus.store('Mooring probe', 'ada', 'another');
    expect(await probe.remove('ada')).toEqual(locked);
    await keyring.unlock();
    expect(await probe.remove('ada')).toEqual(ok);
    expect(await probe.read('ada')).toEqual(absent);
  });

  test('S18 a canary that was left in a keyring which is locked now holds up nothing', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    await keyring.bus.store('Mooring probe', 'canary', 'left');
    await keyring.lockBesideOpen();
    await using probe = startProbe(keyring.bus.env);
    expect(await probe.read('ada')).toEqual(absent);
    expect(await probe.write('ada', 'of ada')).toEqual(ok);
    expect(await probe.list()).toEqual({ kind: 'ok', names: ['ada'], locked: true });
  });

  test('S47 a call whose process dies is asked once more of a new one, and a prompt of the old one is gone', async () => {
    await using keyring = await openPrivateKeyring({ prompter: true });
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await probe.advance(3_600_000);
    await keyring.lock();
    const read = probe.read('ada');
    await keyring.bus.prompted();
    await keyring.unlock();
    await probe.kill();
    expect(await read).toEqual(value('of ada'));
    expect(await probe.observe()).toMatchObject({ hosts: 2, busy: false });
  });

  test('S47 a call that never ends is given up after a quarter of an hour, and the next one is answered', async () => {
    await using keyring = await openPrivateKeyring({ prompter: true });
    await keyring.start('unlocked');
    await using probe = startProbe(keyring.bus.env);
    await probe.write('ada', 'of ada');
    await probe.advance(3_600_000);
    await keyring.lock();
    const read = probe.read('ada');
    await keyring.bus.prompted();
    await probe.advance(3_000);
    expect(await read).toEqual(locked);
    await probe.advance(900_000);
    await keyring.unlock();
    expect(await probe.read('ada')).toEqual(value('of ada'));
    expect((await probe.observe()).hosts).toBe(2);
  });

  test('S18 keytar whose library cannot be loaded is unavailable, and works once it is there', async () => {
    await using keyring = await openPrivateKeyring();
    await keyring.start('unlocked');
    const folder = mkdtempSync(join(tmpdir(), 'mooring-library-'));
    try {
      writeFileSync(join(folder, 'libsecret-1.so.0'), '');
      await using probe = startProbe({ ...keyring.bus.env, LD_LIBRARY_PATH: folder });
      expect(await probe.read('ada')).toEqual(unavailable);
      expect(await probe.write('ada', 'x')).toEqual(unavailable);
      expect((await probe.observe()).calls).toEqual([]);
      rmSync(join(folder, 'libsecret-1.so.0'));
      expect(await probe.write('ada', 'x')).toEqual(ok);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
