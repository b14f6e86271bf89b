import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { noted, start, temporary, untilNoted } from './harness.ts';

interface Fixture {
  [name: string]: unknown;
  echo(value: unknown): Promise<unknown>;
  fail(): Promise<unknown>;
  who(): Promise<unknown>;
  sendFunction(): Promise<unknown>;
  add(a: number, b: number): number;
  twice(fn: () => number): number;
  thrower(): void;
  note(value: string): void;
  onNews(listener: (news: unknown) => void): () => void;
  nested: { list: unknown[]; when: Date };
  later: Promise<number>;
}
declare const fixture: Fixture;

async function open(env: Record<string, string> = {}) {
  const app = await start('app', { env });
  const page = await app.window();
  await page.waitForFunction(() => 'scriptRan' in window);
  return { app, page };
}

/** The page's message of what an expression throws. */
const thrown = (page: Page, expression: string): Promise<string> =>
  page.evaluate(`(async () => { try { await (${expression}); return 'nothing'; } catch (e) { return String(e); } })()`);

test('messages go round between renderer and main', async () => {
  const { app, page } = await open();
  expect(
    await page.evaluate(async () => {
      const back = (await fixture.echo({ when: new Date(5), bytes: new Uint8Array([7]), none: undefined })) as {
        when: Date;
        bytes: Uint8Array;
      };
      return [
        back.when instanceof Date,
        back.when.getTime(),
        back.bytes instanceof Uint8Array,
        back.bytes[0],
        'none' in back,
      ];
    }),
  ).toEqual([true, 5, true, 7, true]);
  await page.evaluate(() => fixture.note('from the page'));
  await untilNoted(app, 'from the page');

  await page.evaluate(() => {
    Object.assign(window, { heard: [] });
    const stop = fixture.onNews((news) => {
      (window as unknown as { heard: unknown[] }).heard.push(news);
      stop();
    });
  });
  await app.evaluate(({ BrowserWindow }) => {
    for (const n of [1, 2]) BrowserWindow.getAllWindows()[0]!.webContents.send('news', { n });
  });
  // An answer comes after what was sent before it.
  await page.evaluate(() => fixture.who());
  expect(await page.evaluate('heard')).toEqual([{ n: 1 }]);
});

test('errors of handlers and values that cannot be cloned reach the page in the words of Electron', async () => {
  const { app, page } = await open();
  expect(await thrown(page, 'fixture.fail()')).toBe("Error: Error invoking remote method 'fail': Error: on purpose");
  expect(await thrown(page, 'fixture.sendFunction()')).toBe('Error: An object could not be cloned.');
  await app.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('echo');
    ipcMain.handleOnce('fail2', () => 1);
  });
  expect(await thrown(page, 'fixture.echo(1)')).toContain("No handler registered for 'echo'");
  await app.evaluate(({ ipcMain }) => ipcMain.handle('echo', () => () => 1));
  expect(await thrown(page, 'fixture.echo(1)')).toContain('An object could not be cloned.');
});

test('main knows who speaks, by the address of the app', async () => {
  const { page } = await open();
  expect(await page.evaluate(() => fixture.who())).toEqual({
    url: 'app://ui/index.html',
    origin: 'app://ui',
    top: true,
    same: true,
    known: true,
  });
});

test('the preload lives in a world of its own', async () => {
  const { page } = await open();
  const reachable = await page.evaluate(() =>
    Object.getOwnPropertyNames(window).filter((name) =>
      /secretOfPreload|^binding|^inbox|^require$|^process$|electron|ipc/i.test(name),
    ),
  );
  expect(reachable).toEqual([]);
  expect(await page.evaluate('fixture.typeofProcess')).toBe('renderer true');
});

test('a sandboxed preload has few modules', async () => {
  const { page } = await open();
  expect(await page.evaluate(() => [fixture['fs'], fixture['path'], fixture['events']])).toEqual([
    'module not found: node:fs',
    'module not found: ./other.cjs',
    'function',
  ]);
});

test('the bridge copies, freezes and proxies', async () => {
  const { page } = await open();
  expect(
    await page.evaluate(async () => ({
      frozen: [fixture, fixture.nested, fixture.nested.list, fixture.nested.list[1]].every(Object.isFrozen),
      date: fixture.nested.when instanceof Date,
      list: Array.isArray(fixture.nested.list),
      thing: [fixture['thing'], Object.getPrototypeOf(fixture['thing']) === Object.prototype],
      ipc: Object.keys(fixture['ipc'] as object),
      sum: fixture.add(1, 2),
      twice: fixture.twice(() => 4),
      later: await fixture.later,
      again: fixture['again'],
      symbol: fixture['symbol'],
    })),
  ).toEqual({
    frozen: true,
    date: true,
    list: true,
    thing: [{ name: 'thing' }, true],
    ipc: [],
    sum: 3,
    twice: 8,
    later: 7,
    again: 'Cannot bind an API on top of an existing property on the window object',
    symbol: 'An object could not be cloned.',
  });
  expect(await thrown(page, 'fixture.thrower()')).toBe('TypeError: from preload');
  expect(await thrown(page, '(() => { "use strict"; window.fixture = 1; })()')).toContain('TypeError');
});

test('a preload runs functions in the page’s world, before the page’s own scripts and without its own variables', async () => {
  const { page } = await open();
  expect(await page.evaluate('window.ranInMainWorld')).toEqual({ given: 'a,b', isolated: 'undefined' });
  expect(
    await page.evaluate(() => [fixture['sum'], fixture['thrown'], fixture['bound'], fixture['noFunction']]),
  ).toEqual(['3', 'from the page', 'ipcRenderer is not defined', "'func' must be a function"]);
});

test('a page that replaces what pages are made of does not reach the bridge', async () => {
  const { page } = await open();
  const seen = await page.evaluate(() => {
    const names: string[] = [];
    const real = EventTarget.prototype.dispatchEvent;
    EventTarget.prototype.dispatchEvent = function (event) {
      names.push(event.type);
      return real.call(this, event);
    };
    document.dispatchEvent = EventTarget.prototype.dispatchEvent;
    window.CustomEvent = class extends CustomEvent<unknown> {
      constructor(...args: ConstructorParameters<typeof CustomEvent>) {
        super(...args);
        names.push(args[0]);
      }
    } as typeof CustomEvent;
    return [fixture.add(1, 1), names];
  });
  expect(seen).toEqual([2, []]);
});

test('the policy in the header is in force', async () => {
  const { page } = await open();
  expect(await page.evaluate('[window.scriptRan, window.inlineRan]')).toEqual([true, undefined]);
  expect(await thrown(page, "fetch('https://elsewhere.example/')")).toContain('TypeError');
});

test('a page cannot navigate where the app forbids', async () => {
  const { app, page } = await open();
  await page.evaluate("location.href = 'https://away.example/script'");
  await untilNoted(app, 'will-frame-navigate https://away.example/script');
  await page.click('#away');
  await untilNoted(app, 'will-frame-navigate https://away.example/');
  await page.evaluate("location.href = 'app://other/'");
  await untilNoted(app, 'will-frame-navigate app://other/');
  await page.evaluate("location.href = '/else.html'");
  await untilNoted(app, 'will-frame-navigate app://ui/else.html');
  expect(page.url()).toBe('https://ui.app.stand-in.invalid/index.html');
  expect(await page.evaluate('window.scriptRan')).toBe(true);
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]!.getURL())).toBe(
    'app://ui/index.html',
  );
});

test('a page cannot open windows the app denies', async () => {
  const { app, page } = await open();
  await page.evaluate("window.open('https://pop.example/') && undefined");
  await untilNoted(app, 'open https://pop.example/');
  await page.click('#blank');
  await untilNoted(app, 'open https://blank.example/');
  await page.waitForFunction(() => true);
  const requests = (await noted(app)).filter((entry) => entry.startsWith('GET') && entry.includes('example'));
  expect(requests).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a page goes on when it was denied a window', async () => {
  // Without Playwright, which would let the other page start.
  const app = await start('app');
  await untilNoted(app, 'ready-to-show');
  const went = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript("window.open('https://pop.example/'); 'on'", true),
  );
  expect(went).toBe('on');
  await untilNoted(app, 'open https://pop.example/');
});

test('frames of other sites are held as well', async () => {
  const { app, page } = await open();
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'app://frame/x.html';
    document.body.append(frame);
  });
  await untilNoted(app, 'will-frame-navigate app://frame/x.html');
  expect(await noted(app)).not.toContain('GET app://frame/x.html');
});

test('a request of the app is a real one, and an unknown address a 404', async () => {
  const { app, page } = await open();
  const answer = await page.evaluate(async () => {
    const response = await fetch('/nothing?x=1', { method: 'POST', body: 'data' });
    return [response.status, await response.text()];
  });
  expect(answer).toEqual([404, 'nothing here']);
  expect(await noted(app)).toContain('POST app://ui/nothing?x=1');
});

test('every message is in the trace', async () => {
  const trace = join(temporary(), 'trace.jsonl');
  const { page } = await open({ MOORING_STANDIN_TRACE: trace });
  await page.evaluate(() => fixture.echo('hello'));
  const lines = readFileSync(trace, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual([
    { direction: 'renderer->main', channel: 'echo', payload: ['hello'] },
    { direction: 'main->renderer', channel: 'echo', payload: 'hello' },
  ]);
});

test('the app may cancel a request, and a redirect', async () => {
  const { app, page } = await open();
  await app.evaluate(({ protocol, session }) => {
    session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
      callback({ cancel: details.url.endsWith('/cancelled') });
    });
    protocol.unhandle('app');
    protocol.handle('app', ({ url }) => (url.endsWith('/from') ? Response.redirect('app://ui/to') : new Response(url)));
  });
  expect(await thrown(page, "fetch('/cancelled')")).toContain('TypeError');
  expect(await page.evaluate("fetch('/allowed').then((response) => response.text())")).toBe('app://ui/allowed');
  const load = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!
      .loadURL('app://ui/from')
      .catch((error: Error) => error.message),
  );
  expect(load).toBe("ERR_ABORTED (-3) loading 'app://ui/from'");
  expect(await noted(app)).toContain('will-redirect app://ui/to');
});

test('a file can be loaded, and has no preload of another window', async () => {
  const { app } = await open();
  const found = await app.evaluate(async ({ BrowserWindow, session }) => {
    session.defaultSession.webRequest.onBeforeRequest(null);
    const window = new BrowserWindow({ show: false });
    await window.loadFile('page.html', { query: { a: '1' } });
    const title: unknown = await window.webContents.executeJavaScript('document.title + location.search');
    return [title, window.webContents.mainFrame.origin];
  });
  expect(found).toEqual(['A file?a=1', 'file://']);
});
