import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { Authority } from './authority.ts';

/** A network that is left through a proxy only, which reads what passes and signs it anew. */
export interface Company extends AsyncDisposable {
  /** The proxy's address, without a name or a password. */
  readonly proxy: string;
  /** Where it connected to, each with what came to sign in by. */
  readonly tunnels: { to: string; authorization: string | null }[];
  /** Where all that leaves arrives: an http server on loopback. */
  destination: string;
  /** What the proxy asks for; null where it lets everybody through. */
  password: string | null;
  /** The status with which the proxy refuses; null where it does not. */
  refuses: number | null;
}

export async function openCompany({ key, cert }: Pick<Authority, 'key' | 'cert'>): Promise<Company> {
  // Whatever name is asked for, TLS ends here.
  const reader = createTlsServer({ key, cert }, (socket) => {
    const { port } = new URL(company.destination);
    pipeline(socket, connect(Number(port), '127.0.0.1'), socket, () => {});
  });
  // A handshake that is broken off by who does not trust the certificate.
  reader.on('tlsClientError', () => {});
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (request, socket) => {
    socket.on('error', () => {});
    const authorization = request.headers['proxy-authorization'] ?? null;
    company.tunnels.push({ to: request.url ?? '', authorization });
    const expected =
      company.password === null ? authorization : `Basic ${Buffer.from(company.password).toString('base64')}`;
    const status = authorization === expected ? (company.refuses ?? 200) : 407;
    socket.write(`HTTP/1.1 ${status} So\r\n${status === 407 ? 'Proxy-Authenticate: Basic\r\n' : ''}\r\n`);
    if (status !== 200) socket.end();
    else pipeline(socket, connect((reader.address() as AddressInfo).port, '127.0.0.1'), socket, () => {});
  });
  const company: Company = {
    proxy: `http://127.0.0.1:${await listen(proxy)}`,
    tunnels: [],
    destination: '',
    password: null,
    refuses: null,
    async [Symbol.asyncDispose]() {
      await Promise.all([end(proxy), end(reader)]);
    },
  };
  await listen(reader);
  return company;
}

const sockets = new WeakMap<NetServer, Set<{ destroy(): void }>>();

async function listen(server: Server | NetServer): Promise<number> {
  const open = new Set<{ destroy(): void }>();
  sockets.set(server, open);
  server.on('connection', (socket: import('node:net').Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function end(server: Server | NetServer): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets.get(server) ?? []) socket.destroy();
  await closed;
}
