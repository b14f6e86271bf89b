import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Something on loopback that stands where Google should be. */
export interface Impostor extends AsyncDisposable {
  readonly url: string;
}

async function serve(server: Server, scheme: string): Promise<Impostor> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Gives the same answer to every request; an object is sent as JSON. */
export function answering(
  status: number,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<Impostor> {
  const [type, text] = typeof body === 'string' ? ['text/html', body] : ['application/json', JSON.stringify(body)];
  const listener: RequestListener = (req, res) => {
    req.resume();
    res.writeHead(status, { 'content-type': type, ...headers }).end(text);
  };
  return serve(createServer(listener), 'http');
}

/** A proxy that lets nobody through without a name and a password (RFC 9110, section 15.5.8). */
export function strictProxy(): Promise<Impostor> {
  const server = createServer((_req, res) => res.writeHead(407).end());
  server.on('connect', (_req, socket) =>
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n'),
  );
  return serve(server, 'http');
}

/** Speaks TLS with a certificate that nobody vouches for, made for the occasion. */
export function selfSigned(): Promise<Impostor> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
    execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_req, res) => res.end('{}'));
    return serve(server, 'https');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An address of this computer where nobody listens. */
export async function nobody(): Promise<string> {
  await using impostor = await answering(200, {});
  return impostor.url;
}
