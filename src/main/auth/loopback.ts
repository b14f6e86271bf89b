import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Attempt } from './authorization-request.ts';
import { type Callback, donePath, readCallback } from './callback.ts';
import { type CallbackPage, closedHeaders, pages, renderCallbackPage } from './callback-page.ts';
import type { Provider } from './provider.ts';

/** What ends the wait for the browser. */
export type BrowserAnswer = Extract<Callback, { kind: 'code' | 'error' | 'wrong-issuer' }>;

export interface Loopback {
  readonly redirectUri: string;
  /** Settles with the first answer that belongs to the attempt. */
  readonly answer: Promise<BrowserAnswer>;
  /** Tells the waiting browser how the sign-in ended, and stops listening. */
  finish(page: CallbackPage): Promise<void>;
}

/**
 * Listens for the redirect of one attempt (RFC 8252, sections 7.3 and 8.3): loopback address only, any free port, for as
 * long as the attempt lasts. The browser is redirected away from the code at once and waits on a second page for the
 * outcome, so it never says "done" before it is.
 */
export async function listenForCallback(
  attempt: Attempt,
  provider: Provider,
  onRefused: () => void,
): Promise<Loopback> {
  const answered = Promise.withResolvers<BrowserAnswer>();
  const finished = Promise.withResolvers<CallbackPage>();
  let taken = false;
  let waitingPages = 0;
  let closeWhenServed: (() => void) | null = null;

  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 5_000, requestTimeout: 10_000 }, (req, res) => {
    const callback = readCallback(requestOf(req), { attempt, host: hostOf(server), provider });
    switch (callback.kind) {
      case 'noise':
        return send(res, callback.status, pages.nothingHere);
      case 'wrong-state':
        onRefused();
        return send(res, 400, pages.refused);
      case 'done-page':
        waitingPages += 1;
        void finished.promise.then((page) => {
          res.once('close', () => {
            waitingPages -= 1;
            if (waitingPages === 0) closeWhenServed?.();
          });
          send(res, 200, page);
        });
        return;
      case 'code':
      case 'error':
      case 'wrong-issuer':
        // A code is good once. Whoever brings a second one is not the person's browser.
        if (taken) return send(res, 400, pages.refused);
        taken = true;
        res.writeHead(303, { ...closedHeaders, location: donePath(attempt) }).end();
        return answered.resolve(callback);
      default:
        callback satisfies never;
    }
  });
  server.maxConnections = 64;
  await listen(server);

  return {
    redirectUri: `http://${hostOf(server)}${attempt.path}`,
    answer: answered.promise,
    async finish(page) {
      finished.resolve(page);
      // The browser asks for the second page right after the redirect; half a second is ample on loopback, and a
      // browser that never asks must not keep the port open.
      if (taken) {
        const { promise, resolve } = Promise.withResolvers<void>();
        closeWhenServed = resolve;
        const limit = setTimeout(resolve, 500);
        await promise;
        clearTimeout(limit);
      }
      server.close();
      server.closeAllConnections();
    },
  };
}

function requestOf(req: IncomingMessage) {
  return { method: req.method ?? '', target: req.url ?? '', host: req.headers.host, origin: req.headers.origin };
}

function hostOf(server: Server): string {
  const { port, family, address } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

/** RFC 8252, section 8.3: the literal loopback address, never `localhost`; IPv6 where IPv4 has none. */
async function listen(server: Server): Promise<void> {
  const on = (host: string) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port: 0, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await on('127.0.0.1');
  } catch {
    await on('::1');
  }
}

function send(res: ServerResponse, status: number, page: CallbackPage): void {
  const { body, headers } = renderCallbackPage(page);
  res.writeHead(status, headers).end(body);
}
