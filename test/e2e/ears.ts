import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Ports } from './ways-out.ts';

/** Two sockets at loopback that note whatever arrives at them: each datagram, each connection, and what is asked for in it. */
export interface Ears {
  readonly ports: Ports;
  readonly heard: string[];
  /**
   * Speaks to both sockets and waits until that is heard. What another program of this computer had sent before has been heard
   * by then.
   */
  speak(): Promise<void>;
  close(): void;
}

/** What {@link Ears.speak} is heard as. */
export const ownWords = ['connection', '/own', 'own datagram'];

export async function openEars(): Promise<Ears> {
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  const note = (what: string) => {
    heard.push(what);
    for (const look of waiting) look();
  };
  const server = createServer((request, response) => {
    note(request.url ?? '');
    response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
  });
  server.on('connection', () => note('connection'));
  server.on('upgrade', ({ url = '' }, opened) => {
    note(url);
    opened.destroy();
  });
  server.on('clientError', (_error, opened) => {
    note('words');
    opened.destroy();
  });
  server.listen(0, '127.0.0.1');
  const socket = createSocket('udp4', (message) => {
    const text = message.toString('latin1');
    note(text === 'own datagram' ? text : 'datagram');
  }).bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
  const tcp = (server.address() as AddressInfo).port;
  const udp = socket.address().port;
  const until = (what: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!heard.includes(what)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    ports: { tcp, udp },
    heard,
    async speak() {
      const connected = connect(tcp, '127.0.0.1', () => void connected.end('GET /own HTTP/1.1\r\nhost: own\r\n\r\n'));
      const own = createSocket('udp4');
      own.send('own datagram', udp, '127.0.0.1', () => own.close());
      await Promise.all([until('/own'), until('own datagram')]);
    },
    close() {
      server.close();
      server.closeAllConnections();
      socket.close();
    },
  };
}
