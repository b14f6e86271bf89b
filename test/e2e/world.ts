import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import type { Page } from 'playwright';
import { launchApp, type RunningApp } from '../electron/launch.ts';
import { type GoogleDouble, type GoogleOptions, startGoogle } from '../google/index.ts';
import { allow, openBrowser, type PersonsBrowser } from './browser.ts';
import { findLeaks, watchProcesses } from './leaks.ts';

/** Everything there is outside the app: Google, a person's browser, a data folder, and the system's keychain. */
export interface World {
  readonly google: GoogleDouble;
  readonly browser: PersonsBrowser;
  /** The app's data folder. */
  readonly home: string;
  /** Starts the app on this world; it may be started again after it has ended. */
  launch(args?: string[]): Promise<Launched>;
  /** Where a secret that Google gave out, or the client's, was found outside the keychain; empty is good. */
  leaks(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Launched {
  readonly app: RunningApp;
  readonly window: Page;
}

export interface WorldOptions extends GoogleOptions {
  /** Seconds between syncs; tests that wait for one in the background want it short. */
  syncSeconds?: number;
}

export async function openWorld({ syncSeconds = 1, ...google }: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-world-'));
  const home = join(folder, 'home');
  const trace = join(folder, 'trace.jsonl');
  const double = await startGoogle(google);
  const browser = await openBrowser();
  const launched: Launched[] = [];
  const watched: { stop(): string[] }[] = [];

  const env = {
    MOORING_GOOGLE_ISSUER: double.issuer,
    MOORING_GOOGLE_API_ROOT: double.apiRoot,
    MOORING_CLIENT_ID: double.clientId,
    MOORING_CLIENT_SECRET: double.clientSecret,
    MOORING_HOME: home,
    MOORING_BROWSER: browser.command,
    MOORING_SYNC_SECONDS: String(syncSeconds),
    MOORING_STANDIN_TRACE: trace,
  };

  return {
    google: double,
    browser,
    home,
    async launch(args = []) {
      const app = await launchApp({ env, args });
      if (app.process.pid !== undefined) watched.push(watchProcesses(app.process.pid));
      const each = { app, window: await app.window() };
      launched.push(each);
      return each;
    },
    async leaks() {
      const outputs = launched.map(({ app }) => app.output());
      const pages: string[] = [];
      for (const { window } of launched) {
        if (!window.isClosed()) pages.push(await window.content());
      }
      return findLeaks(double.control.secretsIssued(), {
        folders: [home],
        files: [trace],
        texts: {
          output: outputs.join('\n'),
          page: pages.join('\n'),
          'process arguments': watched.flatMap((each) => each.stop()).join('\n'),
        },
      });
    },
    async close() {
      for (const each of watched) each.stop();
      for (const { app } of launched) await app.close();
      await browser.close();
      await double.close();
      const service = `Mooring (${home})`;
      for (const { account } of await keytar.findCredentials(service)) await keytar.deletePassword(service, account);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in from the first-run screen, in the person's browser. */
export async function signIn(world: World, window: Page, name = 'Ada Lovelace'): Promise<void> {
  const page = world.browser.nextPage();
  await window.getByRole('button', { name: 'Sign in with Google' }).click();
  await allow(await page, name);
}
