import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** RFC 8252, sections 7.3 and 8.3: the literal loopback addresses, never `localhost`; IPv6 where IPv4 has none. */
const loopbackAddresses = ['127.0.0.1', '::1'] as const;

/** There is no address to receive the browser's answer at: a firewall, or a system without a loopback interface. */
export class LoopbackError extends Error {
  override name = 'LoopbackError';
}

/**
 * How many connections may be open at once. Whoever opens more loses the oldest that has not asked for anything yet:
 * refusing the newest would let a program that opens many and says nothing keep the browser out.
 */
const mostConnections = 64;

const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  // Without it the time limits above are looked at twice a minute only.
  connectionsCheckingInterval: 1_000,
};

/**
 * Serves plain HTTP on any free port of the first of these loopback addresses that there is; the host is what a request has
 * to name, with the port. Rejects with a {@link LoopbackError}. Other programs can reach the port: whatever they send or
 * do not send, others are still served.
 */
export async function serveOnLoopback(
  serve: RequestListener,
  addresses: readonly string[] = loopbackAddresses,
): Promise<{ readonly server: Server; readonly host: string }> {
  const server = createServer(limits);
  const crowd = limitCrowd(server);
  const listener: RequestListener = (req, res) => {
    crowd.hasAsked(req.socket);
    serve(req, res);
  };
  server.on('request', listener);
  // A request with an unknown `Expect` would be answered by Node, which leaves the connection open.
  server.on('checkExpectation', listener);
  await listen(server, addresses);
  return { server, host: hostOf(server) };
}

/** Holds a server to {@link mostConnections}. */
function limitCrowd(server: Server): { hasAsked(socket: Socket): void } {
  /** Those that have not asked for anything, oldest first. */
  const silent = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket) => {
    open += 1;
    silent.add(socket);
    socket.once('close', () => {
      open -= 1;
      silent.delete(socket);
    });
    const [oldest] = silent;
    if (open <= mostConnections || oldest === undefined) return;
    silent.delete(oldest);
    oldest.destroy();
  });
  return { hasAsked: (socket) => void silent.delete(socket) };
}

function hostOf(server: Server): string {
  const { port, family, address } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Listens on any free port of the first address that there is. */
async function listen(server: Server, addresses: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  for (const host of addresses) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen({ host, port: 0, exclusive: true }, resolve);
    try {
      await promise;
      // A connection that could not be accepted changes nothing for the others.
      server.on('error', () => {});
      return;
    } catch (error) {
      failures.push(error);
    } finally {
      server.off('error', reject);
      server.off('listening', resolve);
    }
  }
  throw new LoopbackError('No loopback address can be listened on.', { cause: new AggregateError(failures) });
}
