import { connect, type Socket } from 'node:net';
import { type Call, takeMessage, writeCall } from './dbus-message.ts';

/**
 * Asks one question of a service on this session's D-Bus, over a connection of its own, and answers the values it gave.
 * A connection of its own knows nothing of a service that has been restarted.
 * @throws with the words of the bus or of the service
 */
export async function callOnSessionBus(environment: NodeJS.ProcessEnv, call: Call): Promise<readonly unknown[]> {
  const socket = connect(sessionBusPath(environment));
  try {
    return await talk(socket, call);
  } finally {
    socket.destroy();
  }
}

/**
 * Where the session's bus listens, as libsecret finds it: what the environment names, or else the socket that systemd
 * makes. A bus that listens in another way is not reached.
 */
function sessionBusPath(environment: NodeJS.ProcessEnv): string {
  const named = environment['DBUS_SESSION_BUS_ADDRESS'];
  if (named === undefined) return `${environment['XDG_RUNTIME_DIR'] ?? ''}/bus`;
  for (const address of named.split(';')) {
    const [, key, value] = /^unix:(?:.*,)?(path|abstract)=([^,]*)/.exec(address) ?? [];
    if (value !== undefined) return `${key === 'abstract' ? '\0' : ''}${decodeURIComponent(value)}`;
  }
  throw new Error('The session bus has an address of a kind that is not known.');
}

const hello: Call = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'Hello',
  arguments: [],
};

/** https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol */
function talk(socket: Socket, call: Call): Promise<readonly unknown[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly unknown[]>();
  let arrived = Buffer.alloc(0);
  let welcome = false;
  const uid = Buffer.from(String(process.getuid?.() ?? '')).toString('hex');
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);

  function read(): void {
    if (!welcome) {
      const end = arrived.indexOf('\r\n');
      if (end < 0) return;
      if (!arrived.toString('latin1', 0, end).startsWith('OK')) throw new Error('The bus: access denied.');
      arrived = arrived.subarray(end + 2);
      welcome = true;
      socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), writeCall(1, hello), writeCall(2, call)]));
    }
    for (let next = takeMessage(arrived); next !== null; next = takeMessage(arrived)) {
      arrived = Buffer.from(next.rest);
      if (next.reply?.kind === 'error') throw new Error(next.reply.text || next.reply.name);
      if (next.reply?.serial === 2) resolve(next.reply.values);
    }
  }

  socket.on('data', (bytes) => {
    try {
      arrived = Buffer.concat([arrived, bytes]);
      read();
    } catch (error) {
      reject(error);
    }
  });
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('The session bus has ended the connection.')));
  return promise;
}
