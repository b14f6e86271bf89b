import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumOptions } from './chromium.ts';

/** A person's own browser: real Chromium, to which the app hands its sign-in addresses. */
export interface PersonsBrowser {
  /** What MOORING_BROWSER is set to. */
  readonly command: string;
  /** A folder for PATH: what the system opens an address with leads here. */
  readonly path: string;
  /** The next page that the app opens; call it before what makes the app open one. */
  nextPage(): Promise<Page>;
  /** Opens a page of the person's own. */
  newPage(): Promise<Page>;
  /** Every address that the app has opened so far. */
  readonly opened: readonly string[];
  close(): Promise<void>;
}

const handOver = join(import.meta.dirname, 'hand-over.ts');

/** A private window, a profile that is kept, or a profile whose owner has switched cookies off. */
export type BrowserKind = 'private' | 'kept' | 'without-cookies';

/** Opens a browser that shares nothing with any other; a private window is one of this Chromium's, which goes on. */
export async function openBrowser(kind: BrowserKind, privateWindows: Browser): Promise<PersonsBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-browser-'));
  const context = kind === 'private' ? await privateWindows.newContext() : await profile(folder, kind);
  const waiting: ((page: Page) => void)[] = [];
  const opened: string[] = [];
  const server = createServer((request, response) => {
    let address = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      address += chunk;
    });
    request.on('end', () => {
      response.end();
      void open(address);
    });
  });
  async function open(address: string): Promise<void> {
    opened.push(address);
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'commit' });
    waiting.shift()?.(page);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const command = `"${process.execPath}" "${handOver}" http://127.0.0.1:${port}/`;
  // What a Linux desktop opens addresses with, for an app that asks the system.
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nexec ${command} "$1"\n`, { mode: 0o755 });
  return {
    command,
    path: folder,
    nextPage: () => new Promise((resolve) => waiting.push(resolve)),
    newPage: () => context.newPage(),
    opened,
    async close() {
      server.close();
      server.closeAllConnections();
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function profile(folder: string, kind: Exclude<BrowserKind, 'private'>): Promise<BrowserContext> {
  const preferences = join(folder, 'profile', 'Default', 'Preferences');
  mkdirSync(dirname(preferences), { recursive: true });
  // As chrome://settings/cookies writes "Block all cookies".
  const settings = kind === 'kept' ? {} : { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(preferences, JSON.stringify(settings));
  return chromium.launchPersistentContext(join(folder, 'profile'), chromiumOptions);
}

/** What the person does at Google's pages: chooses an account, where asked, and comes to the page of consent. */
export async function choose(page: Page, name: string): Promise<void> {
  const account = page.getByRole('list', { name: 'Accounts' }).getByRole('button', { name });
  await account.or(continueButton(page)).first().waitFor();
  if (await account.isVisible()) await account.click();
}

/** As {@link choose}, and allows what is ticked. */
export async function allow(page: Page, name: string): Promise<void> {
  await choose(page, name);
  await continueButton(page).click();
}

const continueButton = (page: Page) => page.getByRole('button', { name: 'Continue' });
