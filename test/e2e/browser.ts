import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumOptions } from './chromium.ts';

/** A person's own browser: real Chromium, to which the app hands its sign-in addresses. */
export interface PersonsBrowser {
  /** What MOORING_BROWSER is set to. */
  readonly command: string;
  /** The next page that the app opens; call it before what makes the app open one. */
  nextPage(): Promise<Page>;
  /** Opens a page of the person's own. */
  newPage(): Promise<Page>;
  /** Every address that the app has opened so far. */
  readonly opened: readonly string[];
  close(): Promise<void>;
}

const handOver = join(import.meta.dirname, 'hand-over.ts');

export async function openBrowser(): Promise<PersonsBrowser> {
  const browser: Browser = await chromium.launch(chromiumOptions);
  const context = await browser.newContext();
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
  return {
    command: `"${process.execPath}" "${handOver}" http://127.0.0.1:${port}/`,
    nextPage: () => new Promise((resolve) => waiting.push(resolve)),
    newPage: () => context.newPage(),
    opened,
    async close() {
      server.close();
      server.closeAllConnections();
      await browser.close();
    },
  };
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
