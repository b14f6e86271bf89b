import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { start } from './harness.ts';
import type { RunningApp } from './launch.ts';

async function ready(): Promise<RunningApp> {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  return app;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Asked {
  readonly url: string;
  readonly redirect?: 'follow' | 'error' | 'manual';
  /** What is done when the server sends somewhere else. */
  readonly onMove?: 'follow' | 'abort';
  /** Addresses that the session is told to refuse. */
  readonly refused?: string;
}

/** Makes a request in a session of its own; answers what happened, in order, up to the response's end or the error. */
const ask = (app: RunningApp, asked: Asked): Promise<string[]> =>
  app.evaluate(
    ({ net, session }, { url, redirect, onMove, refused }) =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        const end = (last: string): void => {
          seen.push(last);
          resolve(seen);
        };
        const own = session.fromPartition('requests', { cache: false });
        own.webRequest.onBeforeRequest((details, answer) =>
          answer({ cancel: refused !== undefined && details.url.includes(refused) }),
        );
        const request = net.request({ url, session: own, ...(redirect && { redirect }) });
        request.on('redirect', (status, _method, to) => {
          seen.push(`redirect ${status} ${new URL(to).pathname}`);
          if (onMove === 'follow') request.followRedirect();
          if (onMove === 'abort') request.abort();
        });
        request.on('abort', () => end('abort'));
        request.on('error', (error) => end(error.message));
        request.on('response', (response) => {
          let text = '';
          response.on('data', (chunk) => {
            text += String(chunk);
          });
          response.on('end', () => end(`${response.statusCode} ${text}`));
        });
        request.end();
      }),
    asked,
  );

const moving: RequestListener = ({ url }, response) => {
  if (url === '/') response.writeHead(302, { location: '/there' }).end();
  else response.end('here it is');
};

test('a request follows, is asked whether to follow, or refuses to', async () => {
  const app = await ready();
  const url = await serve(moving);
  expect(await ask(app, { url })).toEqual(['redirect 302 /there', '200 here it is']);
  expect(await ask(app, { url, redirect: 'manual', onMove: 'follow' })).toEqual([
    'redirect 302 /there',
    '200 here it is',
  ]);
  expect(await ask(app, { url, redirect: 'manual' })).toEqual(['redirect 302 /there', 'Redirect was cancelled']);
  expect(await ask(app, { url, onMove: 'abort' })).toEqual(['redirect 302 /there', 'abort']);
  expect(await ask(app, { url, redirect: 'error' })).toEqual([
    "Attempted to redirect, but redirect policy was 'error'",
  ]);
});

test('its session decides of each address it goes to', async () => {
  const app = await ready();
  const url = await serve(moving);
  expect(await ask(app, { url, refused: '127.0.0.1' })).toEqual(['net::ERR_BLOCKED_BY_CLIENT']);
  expect(await ask(app, { url, refused: '/there' })).toEqual(['redirect 302 /there', 'net::ERR_BLOCKED_BY_CLIENT']);
});

test('what goes wrong on the way has Chromium’s name', async () => {
  const app = await ready();
  const cut = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  });
  expect(await ask(app, { url: cut })).toEqual(['net::ERR_CONTENT_LENGTH_MISMATCH']);
  const gone = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => gone.once('listening', resolve));
  const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
  expect(await ask(app, { url })).toEqual(['net::ERR_CONNECTION_REFUSED']);
});

test('a request that Electron would refuse, or the stand-in cannot make, is refused', async () => {
  const app = await ready();
  const refused = (options: object) =>
    app.evaluate(({ net }, given) => {
      try {
        net.request({ url: 'http://127.0.0.1:9/', ...given });
        return 'allowed';
      } catch (error) {
        return (error as Error).message;
      }
    }, options);
  expect(await refused({})).toBe('allowed');
  expect(await refused({ redirect: 'sometimes' })).toContain('redirect mode');
  expect(await refused({ session: {} })).toContain('instance of the Session class');
  expect(await refused({ headers: { Host: 'other.example' } })).toBe('net::ERR_INVALID_ARGUMENT');
  expect(await refused({ method: 'POST' })).toContain('makes no POST request');
});
