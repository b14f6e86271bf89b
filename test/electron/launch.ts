import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page, _electron as playwrightElectron } from 'playwright';
import { family, killAll } from './children.ts';
import { electronExecutable, repoRoot } from './executable.ts';
import { orders } from './orders.ts';

export { electronExecutable };

type Electron = typeof import('electron');
type Exit = { code: number | null; signal: string | null };

export interface RunningApp {
  readonly host: 'electron' | 'stand-in';
  readonly process: ChildProcess;
  /** The first window's page. */
  window(): Promise<Page>;
  /** Runs a function in the main process; it sees `electron` and its argument, and nothing of the test. */
  evaluate<R, A>(fn: (electron: Electron, arg: A) => R | Promise<R>, arg?: A): Promise<R>;
  /** What the app has written so far, to stdout and stderr. */
  output(): string;
  readonly exited: Promise<Exit>;
  /** Quits the app and waits; ends it by force when it does not go. */
  close(): Promise<void>;
  /** Ends main and all of its children at once, as a crash would. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  readonly env: Record<string, string>;
  readonly args?: string[];
  readonly appPath?: string;
}

const passed =
  /^(PATH|HOME|USER|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_.*|DBUS_SESSION_BUS_ADDRESS|LANG|LC_.*|TMPDIR|TZ)$/;

/** The app's environment: what is given, and of this process's own only what a desktop program needs. */
function environment(given: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => passed.test(entry[0]));
  return { ...Object.fromEntries(kept), ...given };
}

/** Node of the version the app is made for, whichever runs the tests. */
const node = join(repoRoot, 'node_modules', '.bin', 'node');
const register = join(import.meta.dirname, 'register.ts');

function mainOf(appPath: string): string {
  const { main } = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { main: string };
  return resolve(appPath, main);
}

const standInArgs = (appPath: string, args: string[]): string[] => ['--import', register, mainOf(appPath), ...args];

/** Launches the app, in Electron when its executable is there and on the stand-in otherwise. */
export async function launchApp({ env, args = [], appPath = repoRoot }: LaunchOptions): Promise<RunningApp> {
  const executable = electronExecutable();
  return executable
    ? launchElectron(executable, environment(env), args, appPath)
    : launchStandIn(environment(env), args, appPath);
}

/** Starts the app for a person to use; its windows are shown when `headed`. Electron's always are. */
export function runApp({
  env,
  headed,
  args = [],
}: Pick<LaunchOptions, 'env' | 'args'> & { headed: boolean }): ChildProcess {
  const executable = electronExecutable();
  if (executable) return spawn(executable, [repoRoot, ...args], { env: environment(env), stdio: 'inherit' });
  const shown: Record<string, string> = headed ? { MOORING_STANDIN_HEADED: '1' } : {};
  return spawn(node, standInArgs(repoRoot, args), { env: { ...environment(env), ...shown }, stdio: 'inherit' });
}

async function launchStandIn(env: Record<string, string>, args: string[], appPath: string): Promise<RunningApp> {
  const child = spawn(node, standInArgs(appPath, args), {
    cwd: appPath,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const { output, exited } = observe(child);
  const order = orders(child, exited, output);
  const browsers = new Map<string, Promise<Browser>>();

  return {
    host: 'stand-in',
    process: child,
    output,
    exited,
    window: async () => {
      const { endpoint, target } = (await order({ kind: 'window' })) as { endpoint: string; target: string };
      const browser = browsers.get(endpoint) ?? chromium.connectOverCDP(endpoint);
      browsers.set(endpoint, browser);
      return pageOf(await browser, target);
    },
    evaluate: <R, A>(fn: (electron: Electron, arg: A) => R | Promise<R>, arg?: A) =>
      order({ kind: 'evaluate', fn: fn.toString(), arg }) as Promise<R>,
    close: () => end(child, exited, () => order({ kind: 'evaluate', fn: '({ app }) => app.quit()', arg: null })),
    kill: () => kill(child, exited),
  };
}

async function launchElectron(
  executable: string,
  env: Record<string, string>,
  args: string[],
  appPath: string,
): Promise<RunningApp> {
  const app = await playwrightElectron.launch({
    executablePath: executable,
    args: [appPath, ...args],
    cwd: appPath,
    env,
  });
  const child = app.process();
  const { output, exited } = observe(child);
  return {
    host: 'electron',
    process: child,
    output,
    exited,
    window: () => app.firstWindow(),
    evaluate: <R, A>(fn: (electron: Electron, arg: A) => R | Promise<R>, arg?: A) =>
      app.evaluate(fn as never, arg as never) as Promise<R>,
    close: () => end(child, exited, () => app.evaluate(({ app: main }) => main.quit())),
    kill: () => kill(child, exited),
  };
}

function observe(child: ChildProcess): { output: () => string; exited: Promise<Exit> } {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const exited = new Promise<Exit>((done) => child.once('close', (code, signal) => done({ code, signal })));
  return { output: () => text, exited };
}

/** The page of this window, among those Playwright has found and will find. */
async function pageOf(browser: Browser, target: string): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('Playwright found no browser to attach to');
  return new Promise((resolve, reject) => {
    const look = async (page: Page): Promise<void> => {
      const session = await context.newCDPSession(page);
      const { targetInfo } = await session.send('Target.getTargetInfo');
      await session.detach();
      if (targetInfo.targetId !== target) return;
      context.off('page', look);
      resolve(page);
    };
    context.on('page', look);
    browser.once('disconnected', () => reject(new Error('the window was closed before Playwright found it')));
    // Of the pages that are there, those just being closed are not it.
    for (const page of context.pages()) look(page).catch(() => undefined);
  });
}

async function end(child: ChildProcess, exited: Promise<Exit>, quit: () => Promise<unknown>): Promise<void> {
  // The answer may be lost, because the app ends while it answers.
  quit().catch(() => undefined);
  const patience = setTimeout(() => kill(child, exited), 10_000);
  await exited;
  clearTimeout(patience);
}

async function kill(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killAll(family(child.pid));
  await exited;
}
