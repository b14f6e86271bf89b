import { expect, test } from 'vitest';
import { start } from './harness.ts';

/** The fixture's app, whose pages now answer when the test lets them: `/name` once, or after, `release('name')` was called. */
async function open() {
  const app = await start('app');
  await app.evaluate(async ({ app: main, protocol, session }) => {
    await main.whenReady();
    const gates = new Map<string, PromiseWithResolvers<void>>();
    const gate = (name: string) => {
      const found = gates.get(name) ?? Promise.withResolvers<void>();
      gates.set(name, found);
      return found;
    };
    session.defaultSession.webRequest.onBeforeRequest(null);
    protocol.unhandle('app');
    protocol.handle('app', async ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname !== '/with-image') await gate(pathname.slice(1)).promise;
      return new Response('<title>x</title><img src="image">', { headers: { 'content-type': 'text/html' } });
    });
    Object.assign(globalThis, { release: (name: string) => gate(name).resolve() });
  });
  return app;
}

test('a load ends with its own page, not with that of the load before', async () => {
  const app = await open();
  const ends = await app.evaluate(async ({ BrowserWindow }) => {
    const { release } = globalThis as unknown as { release(name: string): void };
    const { webContents } = new BrowserWindow({ show: false });
    const navigated = new Promise<void>((resolve) => webContents.once('did-navigate', () => resolve()));
    const first = webContents.loadURL('app://ui/with-image').then(() => webContents.getURL());
    await navigated;
    const second = webContents.loadURL('app://ui/second').then(() => webContents.getURL());
    const finished = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
    release('image');
    await finished;
    release('second');
    return Promise.all([first, second]);
  });
  expect(ends).toEqual(['app://ui/with-image', 'app://ui/second']);
});

test('a load is aborted by the next, and fails with its window', async () => {
  const app = await open();
  const ends = await app.evaluate(async ({ BrowserWindow }) => {
    const { release } = globalThis as unknown as { release(name: string): void };
    const end = (load: Promise<void>) =>
      load.then(
        () => 'loaded',
        (error: Error) => error.message,
      );
    const window = new BrowserWindow({ show: false });
    const navigated = new Promise<void>((resolve) => window.webContents.once('did-navigate', () => resolve()));
    const first = end(window.loadURL('app://ui/with-image'));
    await navigated;
    release('second');
    const second = end(window.loadURL('app://ui/second'));
    const aborted = await first;
    window.destroy();
    return [aborted, await second];
  });
  expect(ends).toEqual(["ERR_ABORTED (-3) loading 'app://ui/with-image'", "ERR_FAILED (-2) loading 'app://ui/second'"]);
});

test('an app that does not wait for its page goes on when the load fails', async () => {
  const app = await open();
  await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    window.loadURL('app://ui/never');
    window.destroy();
    const other = new BrowserWindow({ show: false });
    const failed = new Promise<void>((resolve) => other.webContents.once('did-fail-load', () => resolve()));
    other.loadURL('unheard-of://ui/');
    await failed;
  });
  await app.close();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(app.output()).not.toContain('ERR_');
});
