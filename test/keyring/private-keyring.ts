import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, openPrivateBus, type PrivateBus } from './private-bus.ts';

const secrets = 'org.freedesktop.secrets';
const password = 'a password\n';

/** A real gnome-keyring on a D-Bus session of its own, with its files in a temporary folder. */
export interface PrivateKeyring extends AsyncDisposable {
  readonly bus: PrivateBus;
  /** Starts gnome-keyring: `unlocked` makes or opens the default keyring, `empty` has none. */
  start(as: 'unlocked' | 'empty'): Promise<void>;
  stop(): Promise<void>;
  /** Locks the default keyring, as the person does in "Passwords and Keys". */
  lock(): Promise<void>;
  /** Makes another, open keyring the default one, and locks the one that was. */
  lockBesideOpen(): Promise<void>;
  /** Unlocks it as signing in to the desktop does: by gnome-keyring's control socket, which is PAM's. */
  unlock(): Promise<void>;
}

export async function openPrivateKeyring(options: { prompter?: boolean } = {}): Promise<PrivateKeyring> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-private-keyring-'));
  const bus = await openPrivateBus(folder, { prompter: options.prompter ?? false });
  let daemon: ChildProcess | null = null;

  async function stop(): Promise<void> {
    if (daemon !== null) await end(daemon);
    daemon = null;
  }

  const lock = () =>
    bus.call(
      secrets,
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock',
      'array:objpath:/org/freedesktop/secrets/collection/login',
    );

  return {
    bus,
    async start(as) {
      daemon = spawn(
        'gnome-keyring-daemon',
        ['--foreground', '--components=secrets', ...(as === 'unlocked' ? ['--unlock'] : [])],
        { env: bus.env, stdio: ['pipe', 'ignore', 'ignore'] },
      );
      daemon.stdin?.end(as === 'unlocked' ? password : '');
      // It is there when it has its name on the bus; each question takes the time of a process.
      while (!(await hasOwner(bus))) if (daemon.exitCode !== null) throw new Error('gnome-keyring-daemon has ended.');
    },
    stop,
    async lock() {
      await lock();
    },
    async lockBesideOpen() {
      await bus.call(
        secrets,
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.SetAlias',
        'string:default',
        'objpath:/org/freedesktop/secrets/collection/session',
      );
      await lock();
    },
    unlock: () => unlockByControlSocket(join(folder, 'keyring', 'control')),
    async [Symbol.asyncDispose]() {
      await stop();
      await bus[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function hasOwner(bus: PrivateBus): Promise<boolean> {
  const answer = await bus.call(
    'org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    `string:${secrets}`,
  );
  return answer.endsWith('true');
}

/** gnome-keyring's daemon/control: a zero byte, then length, operation (1 is unlock) and the password with its length. */
async function unlockByControlSocket(path: string): Promise<void> {
  const secret = Buffer.from(password);
  const packet = Buffer.alloc(13 + secret.length);
  packet.writeUInt32BE(12 + secret.length, 1);
  packet.writeUInt32BE(1, 5);
  packet.writeUInt32BE(secret.length, 9);
  secret.copy(packet, 13);
  const socket = connect(path);
  socket.write(packet);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  if (!Buffer.isBuffer(answer) || answer.readUInt32BE(4) !== 0) throw new Error('The keyring was not unlocked.');
}
