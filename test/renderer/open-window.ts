import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import config from '../../electron.vite.config.ts';
import { type RequestName, requestNames } from '../../src/contract/bridge.ts';
import { type AppState, defaultSettings, idleSignIn } from '../../src/contract/state.ts';
import type { Reply } from '../../src/contract/window.ts';
import { chromiumOptions } from '../e2e/chromium.ts';
import { view } from './views.ts';

const origin = 'https://window.invalid';

/** What the window is told where a test does not care. */
export const calm: AppState = {
  setup: { kind: 'ready', googleHost: 'accounts.google.com', real: true, rehearsal: false },
  accounts: [view('ada')],
  signIn: idleSignIn,
  addedId: null,
  daemon: 'running',
  settings: { ...defaultSettings, onClose: 'hide' },
  exports: { folder: null, every: 'never', accountId: null, leftOut: [], last: null, running: null, nextAt: null },
  launchAtLogin: false,
  onBattery: false,
  update: null,
  notices: [],
};

/** The part of main: what is answered to a request. What is not answered here is answered by {@link quiet}. */
export type Main = (name: RequestName, params: unknown) => Promise<Reply<unknown>> | undefined;

export interface Opened {
  readonly page: Page;
  /** Every request but those for state and agenda, in order. */
  readonly asked: { readonly name: RequestName; readonly params: unknown }[];
  say(state: AppState): Promise<void>;
  /** Has main lead to a place, or to what is none. */
  show(place: unknown): Promise<void>;
}

const quiet = (name: RequestName, state: AppState): Reply<unknown> => {
  switch (name) {
    case 'getState':
      return { ok: true, value: state };
    case 'ask':
      return { ok: true, value: { items: [], next: null, skipped: 0 } };
    default:
      return { ok: true, value: null };
  }
};

/** Builds the renderer as it is shipped, or another page of it, and starts a browser for it. */
export async function startWindows(page?: { root: string; html: string }) {
  const files = await buildRenderer(page);
  const browser = await chromium.launch(chromiumOptions);
  return {
    open: (state: AppState, main: Main = () => undefined, size = { width: 1100, height: 760 }) =>
      open(browser, files, state, main, size),
    close: () => browser.close(),
  };
}

async function buildRenderer(page?: { root: string; html: string }): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { renderer } = config as { renderer: Parameters<typeof build>[0] };
  const built = await build({
    ...renderer,
    ...(page && { root: page.root }),
    configFile: false,
    logLevel: 'error',
    build: { ...renderer?.build, ...(page && { rolldownOptions: { input: page.html } }), write: false },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('One build was expected.');
  return new Map(
    built.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const),
  );
}

async function open(
  browser: Browser,
  files: ReadonlyMap<string, string | Uint8Array>,
  first: AppState,
  main: Main,
  viewport: { width: number; height: number },
): Promise<Opened> {
  let state = first;
  const asked: Opened['asked'][number][] = [];
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/Lisbon' });
  const page = await context.newPage();
  await page.route('**', (route) => {
    const { pathname } = new URL(route.request().url());
    const body = files.get(pathname);
    if (body === undefined) return route.abort();
    return route.fulfill({ body: Buffer.from(body), contentType: types[/\.\w+$/.exec(pathname)?.[0] ?? ''] ?? '' });
  });
  await page.exposeFunction('ask', async (name: RequestName, params: unknown) => {
    if (name !== 'getState' && name !== 'ask') asked.push({ name, params });
    return (await main(name, params)) ?? quiet(name, state);
  });
  await page.addInitScript((names) => {
    const { ask } = window as unknown as { ask: (name: string, params: unknown) => Promise<unknown> };
    const listeners = { state: new Set<(value: unknown) => void>(), show: new Set<(value: unknown) => void>() };
    const listen = (to: 'state' | 'show') => (listener: (value: unknown) => void) => {
      listeners[to].add(listener);
      return () => listeners[to].delete(listener);
    };
    const requests = Object.fromEntries(names.map((name) => [name, (params: unknown) => ask(name, params ?? null)]));
    Object.assign(window, {
      mooring: { ...requests, onState: listen('state'), onShow: listen('show') },
      tell: (to: 'state' | 'show', value: unknown) => {
        for (const listener of listeners[to]) listener(value);
      },
    });
  }, requestNames);
  await page.clock.install();
  await page.goto(`${origin}/index.html`);
  const tell = (to: 'state' | 'show', value: unknown) =>
    page.evaluate(
      ([channel, told]) => (window as unknown as { tell: (to: unknown, value: unknown) => void }).tell(channel, told),
      [to, value] as const,
    );
  return {
    page,
    asked,
    say: async (next) => {
      state = next;
      await tell('state', next);
    },
    show: (place) => tell('show', place),
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
