import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Attempt } from './authorization-request.ts';
import { askedPath, type Callback, donePath, readCallback } from './callback.ts';
import { type CallbackPage, closedHeaders, pages, renderCallbackPage } from './callback-page.ts';
import { serveOnLoopback } from './loopback-server.ts';
import { trackBrowsers } from './opened-browsers.ts';
import { isOfAnotherUser } from './peer-user.ts';
import type { Provider } from './provider.ts';

/** What ends the wait for the browser. */
export type BrowserAnswer = Extract<Callback, { kind: 'code' | 'error' }>;

export interface Loopback {
  readonly redirectUri: string;
  /**
   * A fresh address that leads the first browser which opens it to Google, once. It is what others may read on a command
   * line, so it says nothing of the attempt.
   */
  newAddress(): string;
  /** Settles with the first answer that belongs to the attempt, from a browser that came by one of these addresses. */
  readonly answer: Promise<BrowserAnswer>;
  /** Tells the waiting browser how the sign-in ended, and stops listening. */
  finish(page: CallbackPage): Promise<void>;
}

export interface LoopbackOptions {
  readonly attempt: Attempt;
  readonly provider: Provider;
  /** The address at Google for this redirect URI. */
  readonly destination: (redirectUri: string) => string;
  /** Something came that does not belong to the attempt, and was refused. */
  readonly onRefused: (what: 'wrong-state' | 'wrong-issuer' | 'error-of-a-stranger') => void;
  /**
   * A code came from a browser that the app did not open, or that keeps no cookies; answers whether it is looked at.
   */
  readonly onStranger: (code: string) => boolean;
  /** A code that was looked at as a stranger's came from the person's own browser, too. */
  readonly onOwn: (code: string) => void;
  readonly addresses?: readonly string[];
}

/**
 * Listens for the redirect of one attempt (RFC 8252, sections 7.3 and 8.3): loopback address only, any free port, for as
 * long as the attempt lasts. The browser is redirected away from the code at once and waits on a second page for the
 * outcome, so it never says "done" before it is.
 */
export async function listenForCallback(options: LoopbackOptions): Promise<Loopback> {
  const { attempt, provider, destination, onRefused, onStranger, onOwn, addresses } = options;
  const answered = Promise.withResolvers<BrowserAnswer>();
  const finished = Promise.withResolvers<CallbackPage>();
  const browsers = trackBrowsers(attempt.path);
  let taken: BrowserAnswer | null = null;
  const offered = new Set<string>();
  let waitingPages = 0;
  let closeWhenServed: (() => void) | null = null;

  let host = '';
  const redirectUri = () => `http://${host}${attempt.path}`;

  function serve(req: IncomingMessage, res: ServerResponse): void {
    const request = requestOf(req);
    if (begins(req, request, res)) return;
    const callback = readCallback(request, { attempt, host, provider });
    switch (callback.kind) {
      case 'noise':
        send(res, callback.status, pages.nothingHere);
        break;
      case 'wrong-state':
      case 'wrong-issuer':
        onRefused(callback.kind);
        send(res, 400, pages.refused);
        break;
      case 'done-page':
        // Before there is an answer, nobody has been sent there.
        if (taken !== null) waitWith(res);
        else send(res, 404, pages.nothingHere);
        break;
      case 'asked-page':
        send(res, 200, pages.asked);
        break;
      case 'code':
      case 'error':
        take(callback, req, res);
        break;
      default:
        callback satisfies never;
    }
  }

  /** Whether a request was for a one-time address, and has been answered. */
  function begins(req: IncomingMessage, request: ReturnType<typeof requestOf>, res: ServerResponse): boolean {
    const { method, target, origin } = request;
    if (!browsers.isStart(target) || method !== 'GET' || request.host !== host || origin !== undefined) return false;
    if (isPrefetch(req)) return false;
    if (isOfAnotherUser(req.socket)) {
      send(res, 403, pages.otherUser);
      return true;
    }
    const visit = browsers.visit(target, req.headers.cookie);
    if (visit.kind === 'first') redirect(res, destination(redirectUri()), { 'set-cookie': [...visit.cookies] });
    else if (visit.kind === 'again') redirect(res, destination(redirectUri()));
    else send(res, 410, pages.used);
    return true;
  }

  function take(answer: BrowserAnswer, req: IncomingMessage, res: ServerResponse): void {
    if (isOfAnotherUser(req.socket)) send(res, 403, pages.otherUser);
    else if (isPrefetch(req)) send(res, 404, pages.nothingHere);
    // The same answer may come twice, by a double click or a scanner of addresses; it is used once, and whoever brings it sees
    // what came of it. Another one comes from something else.
    else if (taken !== null && !isSame(taken, answer)) send(res, 400, pages.refused);
    else if (taken !== null) redirect(res, donePath(attempt));
    else if (browsers.knows(req.headers.cookie)) {
      taken = answer;
      if (answer.kind === 'code' && offered.has(answer.code)) onOwn(answer.code);
      else answered.resolve(answer);
      redirect(res, donePath(attempt));
    } else if (answer.kind === 'code') {
      if (onStranger(answer.code)) offered.add(answer.code);
      redirect(res, askedPath(attempt));
    } else {
      onRefused('error-of-a-stranger');
      send(res, 400, pages.refused);
    }
  }

  function waitWith(res: ServerResponse): void {
    waitingPages += 1;
    void finished.promise.then((page) => {
      res.once('close', () => {
        waitingPages -= 1;
        if (waitingPages === 0) closeWhenServed?.();
      });
      send(res, 200, page);
    });
  }

  const listening = await serveOnLoopback(serve, addresses);
  const { server } = listening;
  host = listening.host;

  return {
    redirectUri: redirectUri(),
    newAddress: () => `http://${host}${browsers.newPath()}`,
    answer: answered.promise,
    async finish(page) {
      if (!server.listening) return;
      finished.resolve(page);
      // The browser asks for the second page right after the redirect; half a second is ample on loopback, and a
      // browser that never asks must not keep the port open.
      if (taken !== null) {
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

/** A browser that prefetches throws the answer away, so nothing may be used up by it. */
const isPrefetch = ({ headers }: IncomingMessage): boolean =>
  /prefetch/i.test(String(headers['sec-purpose'] ?? headers['purpose'] ?? ''));

const isSame = (a: BrowserAnswer, b: BrowserAnswer): boolean => JSON.stringify(a) === JSON.stringify(b);

function requestOf({ method = '', url = '', headersDistinct }: IncomingMessage) {
  const { host = [], origin } = headersDistinct;
  // A request with two Host headers is refused (RFC 9112, section 3.2).
  return { method, target: url, host: host.length === 1 ? host[0] : undefined, origin: origin?.[0] };
}

const redirect = (res: ServerResponse, location: string, more: Record<string, string[]> = {}) =>
  void res.writeHead(303, { ...closedHeaders, ...more, location }).end();

function send(res: ServerResponse, status: number, page: CallbackPage): void {
  const { body, headers } = renderCallbackPage(page);
  res.writeHead(status, headers).end(body);
}
