import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on loopback only; the port that was found. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Listens on the port of the last time, or on another where that one is taken. */
export async function listenAgain(server: Server, before: number): Promise<number> {
  try {
    return await listen(server, before);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return listen(server, 0);
  }
}
