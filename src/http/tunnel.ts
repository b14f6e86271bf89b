import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import { ProxyError } from './proxy-error.ts';
import { userOf } from './way.ts';

const timeout = 15_000;

/**
 * Makes TLS connections through one proxy, by CONNECT (RFC 9110, section 9.3.6). Its name and password go to the proxy alone.
 * A proxy that cannot be used is a {@link ProxyError}.
 */
export function tunnelThrough(proxy: URL, secureContext: SecureContext): buildConnector.connector {
  return ({ hostname, port, servername }, done) => {
    openTunnel(proxy, `${hostname}:${port || '443'}`, secureContext).then(
      (tunnel) => {
        const host = servername || hostname.replace(/^\[|\]$/g, '');
        const socket = connect({
          socket: tunnel,
          host,
          servername: host,
          secureContext,
          ALPNProtocols: ['http/1.1'],
        });
        const fail = (error: Error) => {
          socket.destroy();
          done(error, null);
        };
        socket.setTimeout(timeout, () => fail(Object.assign(new Error('TLS'), { code: 'ETIMEDOUT' })));
        socket.once('error', fail);
        socket.once('secureConnect', () => {
          socket.off('error', fail);
          socket.setTimeout(0);
          done(null, socket);
        });
      },
      (error: Error) => done(error, null),
    );
  };
}

function openTunnel(proxy: URL, to: string, secureContext: SecureContext): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: to,
      headers: { host: to, ...signedInAs(proxy) },
      agent: false,
      timeout,
      ...(proxy.protocol === 'https:' && { secureContext }),
    });
    request.once('timeout', () => request.destroy(new Error('The proxy did not answer in time.')));
    request.once('error', (error: NodeJS.ErrnoException) => reject(new ProxyError('PROXY_UNREACHABLE', error)));
    // What is no tunnel: Node calls every answer to CONNECT so, and the status decides.
    request.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      reject(new ProxyError(statusCode === 407 ? 'PROXY_PASSWORD' : 'PROXY_REFUSED'));
    });
    request.end();
  });
}

/** https://www.rfc-editor.org/rfc/rfc7617 */
function signedInAs(proxy: URL): { 'proxy-authorization'?: string } {
  const user = userOf(proxy);
  if (user === null) return {};
  return { 'proxy-authorization': `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` };
}
