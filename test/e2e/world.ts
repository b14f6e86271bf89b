import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import keytar from 'keytar';
import type { Browser, Page } from 'playwright';
import { launchApp, type RunningApp } from '../electron/launch.ts';
import { startControl } from '../google/core/control-server.ts';
import { type GoogleDouble, type GoogleOptions, startGoogle } from '../google/index.ts';
import { allow, type BrowserKind, openBrowser, type PersonsBrowser } from './browser.ts';
import { keychainEntries } from './keychain-entries.ts';
import { findLeaks, type Places, watchProcesses } from './leaks.ts';
import { middayZone } from './midday.ts';

/** Everything there is outside the app: Google, a person's browser, a data folder, and the system's keychain. */
export interface World {
  readonly google: GoogleDouble;
  readonly browser: PersonsBrowser;
  /** The app's data folder. */
  readonly home: string;
  /** The folder of the person's own configuration, as the system's desktop knows it. */
  readonly configuration: string;
  /** What the app is started with. */
  readonly env: Record<string, string>;
  /** The app's own entries in the system's keychain. */
  readonly keychain: {
    names(): Promise<string[]>;
    forget(name: string): Promise<boolean>;
  };
  /** Starts the app on this world; it may be started again after it has ended. */
  launch(args?: string[]): Promise<Launched>;
  /** Starts the app without waiting for a window, which a hidden start does not open. */
  start(args?: string[]): Promise<RunningApp>;
  /** Whether somebody has signed in, so that there are tokens to be leaked. */
  signedIn(): boolean;
  /** All places where a secret must not be, as they are now. */
  places(): Promise<Places>;
  /** What must not be found: all that Google gave out or was shown, and the keys that stand in the keychain. */
  secrets(): Promise<string[]>;
  /** Where one of the secrets was found outside the keychain; empty is good. */
  leaks(): Promise<string[]>;
  /** Ends every app that was launched. */
  endApps(): Promise<void>;
  close(): Promise<void>;
}

export interface Launched {
  readonly app: RunningApp;
  readonly window: Page;
}

export interface WorldOptions extends GoogleOptions {
  /** Seconds between syncs; tests that wait for one in the background want it short. */
  syncSeconds?: number;
  /** Whether the app is told its OAuth client at the start, or the person has to give it. */
  client?: 'known' | 'missing';
  /** Whether the app is told where the double's control side is, so that it offers failures to rehearse. */
  rehearsal?: boolean;
  /** In which browser the person signs in. */
  browserKind?: BrowserKind;
  /** Whether the app is an installed one: it takes little from its environment. */
  installed?: boolean;
}

/** Opens a world whose person has a private window of this Chromium, where they have no browser of another kind. */
export async function openWorld(
  privateWindows: Browser,
  {
    syncSeconds = 1,
    client = 'known',
    rehearsal = false,
    browserKind = 'private',
    installed = false,
    ...google
  }: WorldOptions = {},
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-world-'));
  const home = join(folder, 'home');
  const trace = join(folder, 'trace.jsonl');
  const service = `Mooring (${home})`;
  const double = await startGoogle(google);
  const control = rehearsal ? await startControl(double.control) : null;
  const browser = await openBrowser(browserKind, privateWindows);
  const configuration = join(folder, 'configuration');
  const launched: RunningApp[] = [];
  const windows = new Map<RunningApp, Page>();
  const ended = new Set<RunningApp>();
  const watched: ReturnType<typeof watchProcesses>[] = [];
  const keys = new Set<string>();
  let signedIn = false;
  void double.control
    .waitForRequest(({ form, status }) => form['grant_type'] === 'authorization_code' && status === 200)
    .then(() => {
      signedIn = true;
    });

  const clientFile = join(folder, 'client_secret.json');
  if (installed) writeFileSync(clientFile, double.clientFile, { mode: 0o600 });
  const env = {
    MOORING_GOOGLE_ISSUER: double.issuer,
    MOORING_GOOGLE_API_ROOT: double.apiRoot,
    MOORING_HOME: home,
    XDG_CONFIG_HOME: configuration,
    TZ: middayZone(),
    MOORING_STANDIN_TRACE: trace,
    ...(installed
      ? {
          MOORING_STANDIN_PACKAGED: '1',
          MOORING_CLIENT_FILE: clientFile,
          PATH: [browser.path, process.env['PATH']].join(delimiter),
        }
      : {
          ...(client === 'known' && { MOORING_CLIENT_ID: double.clientId, MOORING_CLIENT_SECRET: double.clientSecret }),
          ...(control && { MOORING_GOOGLE_CONTROL: control.url, MOORING_GOOGLE_CONTROL_KEY: control.key }),
          MOORING_BROWSER: browser.command,
          MOORING_SYNC_SECONDS: String(syncSeconds),
        }),
  };

  async function places(): Promise<Places> {
    const pages: string[] = [];
    for (const [app, window] of windows) if (!ended.has(app)) pages.push(await window.content());
    return {
      folders: [home, configuration],
      files: [],
      texts: {
        trace: existsSync(trace) ? readFileSync(trace, 'utf8') : '',
        output: launched.map((app) => app.output()).join('\n'),
        page: pages.join('\n'),
        'process arguments': watched.flatMap((each) => each.seen()).join('\n'),
        'addresses opened in the browser': browser.opened.join('\n'),
      },
    };
  }

  async function secrets(): Promise<string[]> {
    for (const { password } of await keychainEntries(service)) {
      const key = password.startsWith('{') ? privateKeyOf(password) : undefined;
      if (key !== undefined) keys.add(key);
    }
    return [...double.control.secretsIssued(), ...keys];
  }

  async function endApps(): Promise<void> {
    for (const app of launched) await app.close();
  }

  async function start(args: string[] = []): Promise<RunningApp> {
    const launchedApp = await launchApp({ env, args });
    const app: RunningApp = {
      ...launchedApp,
      async window() {
        const window = await launchedApp.window();
        windows.set(app, window);
        return window;
      },
    };
    void app.exited.then(() => ended.add(app));
    if (app.process.pid !== undefined) watched.push(watchProcesses(app.process.pid));
    launched.push(app);
    return app;
  }

  return {
    google: double,
    browser,
    home,
    configuration,
    env,
    keychain: {
      names: async () => (await keychainEntries(service)).map(({ account }) => account),
      forget: (name) => keytar.deletePassword(service, name),
    },
    start,
    async launch(args) {
      const app = await start(args);
      return { app, window: await app.window() };
    },
    signedIn: () => signedIn,
    places,
    secrets,
    leaks: async () => findLeaks(await secrets(), await places()),
    endApps,
    async close() {
      for (const each of watched) each.stop();
      await endApps();
      await browser.close();
      await control?.close();
      await double.close();
      for (const { account } of await keychainEntries(service)) await keytar.deletePassword(service, account);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The private half of the key that an entry's refresh token is bound to (RFC 7518, section 6.2.2). */
const privateKeyOf = (entry: string) => (JSON.parse(entry) as { dpopKey?: { d?: string } }).dpopKey?.d;

/** Presses the button that begins a sign-in; answers the page that the app opened in the person's browser. */
export async function beginSignIn(world: World, window: Page, button = 'Sign in with Google'): Promise<Page> {
  const page = world.browser.nextPage();
  await window.getByRole('button', { name: button }).click();
  return page;
}

/** Signs in from the first-run screen, in the person's browser. */
export async function signIn(world: World, window: Page, name = 'Ada Lovelace'): Promise<void> {
  await allow(await beginSignIn(world, window), name);
}
