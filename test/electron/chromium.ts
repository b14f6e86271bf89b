import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Connection, connect, type Session } from './cdp.ts';
import { makeProfile, removeProfile } from './profile.ts';
import { takeSwitches } from './switches.ts';

export interface Target {
  readonly id: string;
  readonly session: Session;
  readonly openerId: string | undefined;
  readonly url: string;
}

export interface Chromium {
  readonly connection: Connection;
  /** Where another process may attach with the DevTools protocol. */
  readonly endpoint: Promise<string>;
  openPage(width: number, height: number): Promise<Target>;
  readonly exited: Promise<void>;
}

const headed = process.env['MOORING_STANDIN_HEADED'] === '1';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  // Without it a headed window warns of the flags above.
  '--test-type',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
  // A window that is covered or out of focus has to go on as it would under Electron's own windows.
  '--disable-backgrounding-occluded-windows',
  '--password-store=basic',
  '--use-mock-keychain',
  // The stand-in's own origins are answered in the process: no name server shall hear of them.
  '--host-resolver-rules=MAP *.stand-in.invalid ~NOTFOUND',
  '--remote-debugging-pipe',
  '--remote-debugging-port=0',
];

/** Who starts the app may ask for a log of its network: https://www.electronjs.org/docs/latest/api/command-line-switches */
const logged = process.argv.filter((argument) => argument.startsWith('--log-net-log='));

function executable(): string {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (!found) throw new Error('the stand-in for Electron needs Chromium at /usr/bin/chromium');
  return found;
}

let running: Promise<Chromium> | null = null;
let child: ChildProcess | null = null;
const popupHandlers = new Map<string, (popup: Target) => void>();
const closeHandlers = new Map<string, () => void>();

/** The app's one Chromium, started when the first window needs it. */
export function chromium(): Promise<Chromium> {
  running ??= start();
  return running;
}

/** `onPopup` gets each page that this page opens, before it loads anything; `onClosed` hears when the page is gone. */
export function watchTarget(id: string, onPopup: (popup: Target) => void, onClosed: () => void): void {
  popupHandlers.set(id, onPopup);
  closeHandlers.set(id, onClosed);
}

/** Ends Chromium without asking anybody, when the app itself ends. */
export function endChromium(): void {
  child?.kill('SIGKILL');
}

async function start(): Promise<Chromium> {
  const profile = makeProfile();
  const mode = headed ? ['--app=about:blank'] : ['--headless', '--no-startup-window'];
  const ozone = process.env['MOORING_STANDIN_OZONE'];
  const started = spawn(
    executable(),
    [
      ...flags,
      ...takeSwitches(),
      ...logged,
      ...mode,
      ...(ozone ? [`--ozone-platform=${ozone}`] : []),
      `--user-data-dir=${profile}`,
    ],
    // Of its own group, so that Ctrl+C in a terminal reaches the app, which then ends Chromium.
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true },
  );
  child = started;
  process.once('exit', () => {
    endChromium();
    removeProfile(profile);
  });
  const exited = new Promise<void>((resolve) => {
    started.once('exit', () => {
      running = null;
      child = null;
      removeProfile(profile);
      for (const closed of [...closeHandlers.values()]) closed();
      resolve();
    });
  });
  // Chromium says the address once, among much that is of no interest here.
  const endpoint = new Promise<string>((resolve) => {
    createInterface(started.stderr as Readable).on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const connection = connect(started.stdio[3] as Writable, started.stdio[4] as Readable);
  const pages = await watchPages(connection);
  // The window that --app opened becomes the app's first one.
  let first = headed ? await pages.any() : null;
  return {
    connection,
    exited,
    endpoint,
    openPage: async (width, height) => {
      if (first) {
        const adopted = first;
        first = null;
        return adopted;
      }
      const opened = connection.browser
        .send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
        .then(({ targetId }) => pages.of(targetId));
      // A headed Chromium whose last window was closed ends by itself, and may be about to: then a new one opens the page.
      const target = await Promise.race([opened.catch(() => exited), exited]);
      return target ?? (await chromium()).openPage(width, height);
    },
  };
}

/** Attaches to every page as it appears, held back until its owner lets it run. */
async function watchPages(connection: Connection) {
  const pages = new Map<string, Target>();
  const waiting = new Set<() => void>();
  connection.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'page') return;
    const { targetId: id, openerId, url } = targetInfo;
    const target = { id, openerId, url, session: connection.session(sessionId) };
    const opener = openerId === undefined ? undefined : popupHandlers.get(openerId);
    if (opener) opener(target);
    else pages.set(id, target);
    for (const wake of [...waiting]) wake();
  });
  connection.browser.on('Target.detachedFromTarget', ({ targetId }) => {
    if (targetId) gone(targetId);
  });
  const gone = (id: string): void => {
    const closed = closeHandlers.get(id);
    closeHandlers.delete(id);
    popupHandlers.delete(id);
    closed?.();
  };
  await connection.browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  });
  const take = (find: () => Target | undefined): Promise<Target> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (!found) return;
        waiting.delete(look);
        pages.delete(found.id);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { of: (id: string) => take(() => pages.get(id)), any: () => take(() => pages.values().next().value) };
}
