import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

interface End {
  readonly address: string;
  readonly port: number;
}

/**
 * The user whose program holds the other end of a connection within this computer, from a table of Linux's connections;
 * null where it does not stand in it. https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function userOf(table: string, peer: End, own: End): number | null {
  const [from, to] = [spellings(peer), spellings(own)];
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', , , , , user] = line.trim().split(/\s+/);
    if (from.includes(local) && to.includes(remote)) return Number(user);
  }
  return null;
}

/** An end as the tables write it: each four bytes of the address as a number of this machine's, then the port. */
function spellings({ address, port }: End): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const four = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.(\d+)$/i.exec(address);
  if (four) {
    const plain = word(four.slice(1).map(Number));
    // A program may have made a socket for IPv6 and reached IPv4 by it.
    return [plain, `0000000000000000${word([0, 0, 255, 255])}${plain}`].map((text) => text + suffix);
  }
  return address === '::1' ? [`${'0'.repeat(24)}${word([0, 0, 0, 1])}${suffix}`] : [];
}

function word(bytes: readonly number[]): string {
  const number = new DataView(Uint8Array.from(bytes).buffer).getUint32(0, littleEndian);
  return number.toString(16).toUpperCase().padStart(8, '0');
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Whether a connection comes from another user of this computer. Only Linux tells; elsewhere, and where the system does
 * not say, every connection counts as this user's.
 */
export function isOfAnotherUser(socket: Socket): boolean {
  if (process.platform !== 'linux') return false;
  const { remoteAddress, remotePort, localAddress, localPort } = socket;
  if (!remoteAddress || !remotePort || !localAddress || !localPort) return false;
  const [peer, own] = [
    { address: remoteAddress, port: remotePort },
    { address: localAddress, port: localPort },
  ];
  try {
    for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
      const user = userOf(readFileSync(file, 'latin1'), peer, own);
      if (user !== null) return user !== process.getuid?.() && !isUnmapped(user);
    }
  } catch {
    // No such tables, as in some containers.
  }
  return false;
}

/** In a user namespace, users from outside of it all have this number: https://www.man7.org/linux/man-pages/man7/user_namespaces.7.html */
const overflow = 65_534;

const isUnmapped = (user: number) =>
  user === overflow && !/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'latin1'));
