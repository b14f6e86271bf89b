import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { isAlive } from '../electron/children.ts';
import { electronExecutable, runApp } from '../electron/launch.ts';
import { daemonPid } from './daemon-pid.ts';
import { test as base, expect } from './test.ts';
import { type AppImage, appImage, type Feed, openFeed } from './update-feed.ts';
import { signInButton } from './views.ts';
import { signIn, type World } from './world.ts';

const unsaid =
  process.platform !== 'linux'
    ? 'the AppImage and the packages are those of Linux; nothing is said here of updates elsewhere'
    : electronExecutable() !== null
      ? 'whether Electron is packaged, and where its resources are, cannot be set from outside'
      : null;

/** An installed Mooring, and the releases it looks for. The updater is electron-updater, as it is bundled. */
interface Installed {
  readonly feed: Feed;
  /** The AppImage that runs, as APPIMAGE names it. */
  readonly file: string;
  readonly old: AppImage;
  readonly next: AppImage;
  /** Begins a system's package in place of the AppImage. */
  packagedAs(type: 'deb' | 'rpm'): void;
  /** What an AppImage that was started has noted of itself; null while none was. */
  started(): string | null;
  /** Whether the file is the new one. */
  isReplaced(): boolean;
  /** The updater's lines in the log, without their times. */
  log(): string[];
}

const test = base.extend<{ installed: Installed }>({
  options: { installed: true },
  installed: async ({ world }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'mooring-updates-'));
    const resources = join(folder, 'resources');
    mkdirSync(resources);
    const feed = await openFeed();
    const config = { provider: 'generic', url: feed.url, updaterCacheDirName: 'mooring-updater' };
    // GitHub, where the releases are, answers one range at a time; electron-updater knows that of it, and is told it here.
    writeFileSync(join(resources, 'app-update.yml'), JSON.stringify({ ...config, useMultipleRangeRequest: false }));
    const file = join(folder, 'Mooring.AppImage');
    const note = join(folder, 'started');
    const unchanged = `exit 0\n${'#'.repeat(100_000)}\n`;
    const old = appImage('#!/bin/sh\n', unchanged);
    const next = appImage(
      `#!/bin/sh
lock=free; test -e '${join(world.home, 'electron', 'stand-in.lock')}' && lock=held
echo "\${APPIMAGE_EXIT_AFTER_INSTALL:-false} $lock" > '${note}.new'
mv '${note}.new' '${note}'
`,
      unchanged,
    );
    writeFileSync(file, old.bytes);
    chmodSync(file, 0o755);
    Object.assign(world.env, {
      MOORING_STANDIN_PACKAGED: '1',
      MOORING_STANDIN_RESOURCES: resources,
      APPIMAGE: file,
      XDG_CACHE_HOME: join(folder, 'cache'),
    });
    await use({
      feed,
      file,
      old,
      next,
      packagedAs: (type) => writeFileSync(join(resources, 'package-type'), type),
      started: () => (existsSync(note) ? readFileSync(note, 'utf8').trim() : null),
      isReplaced: () => readFileSync(file).equals(next.bytes),
      log() {
        const path = join(world.home, 'logs', 'mooring.log');
        const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
        return lines.map((line) => line.slice(line.indexOf(' ') + 1)).filter((line) => line.startsWith('update'));
      },
    });
    await world.endApps();
    await feed.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

const check = (title: string, body: Parameters<typeof test>[2]) =>
  unsaid === null ? test(title, body) : base(title, () => void process.stdout.write(`skipped: ${unsaid}\n`));

const notice = (window: Page) => window.getByRole('region', { name: 'Update' });
const restart = (window: Page) => notice(window).getByRole('button', { name: 'Restart' });
const ready = 'Mooring 99.0.0 is ready. Restart to use it.';

/** The first screen says nothing of updates; the window of an account does. */
async function launchSignedIn(world: World) {
  const launched = await world.launch();
  await signIn(world, launched.window);
  return launched;
}

/** An app that has found, fetched and checked the next version. */
async function launchReady(world: World, { feed, next }: Installed) {
  feed.publish({ version: '99.0.0', file: next });
  const launched = await launchSignedIn(world);
  await expect(notice(launched.window).getByRole('status')).toHaveText(ready);
  return launched;
}

/** That the app runs on as if there were no update, with the one line in the log that says why. */
async function expectNothing({ window: page }: { window: Page }, { file, old, log, started }: Installed, line: string) {
  await expect.poll(log).toEqual([line]);
  await expect(signInButton(page)).toBeVisible();
  const reply = await page.evaluate(() => window.mooring.getState());
  expect(reply.ok && reply.value.update).toBeNull();
  expect(readFileSync(file).equals(old.bytes)).toBe(true);
  expect(started()).toBeNull();
}

check('a newer AppImage is fetched, and Restart puts it in place and starts it', async ({ world, installed }) => {
  const { app, window } = await launchReady(world, installed);
  expect(installed.isReplaced()).toBe(false);
  await restart(window).click();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(installed.isReplaced()).toBe(true);
  // Started as a person starts it, by an app that no longer takes itself for the only one.
  await expect.poll(installed.started).toBe('false free');
  expect(installed.log()).toEqual([]);
  // Nobody is told which computer it was.
  const ids = installed.feed.requests.map(({ headers }) => headers['x-user-staging-id']);
  expect(new Set(ids)).toEqual(new Set(['none']));
});

check('of a newer AppImage, what the old one has is not fetched again', async ({ world, installed }) => {
  const { feed, next } = installed;
  feed.publish({ version: '99.0.0', file: next, movedTo: feed.url });
  const { app, window } = await launchSignedIn(world);
  await expect(notice(window).getByRole('status')).toHaveText(ready);
  const stored = feed.requests.filter(({ path }) => path.startsWith('/stored/'));
  expect(stored.length).toBeGreaterThan(1);
  for (const { headers } of stored) expect(headers.range).toMatch(/^bytes=\d+-\d+$/);
  const fetched = stored.reduce((sum, { headers }) => {
    const [first = 0, last = 0] = (headers.range ?? '').match(/\d+/g)?.map(Number) ?? [];
    return sum + last - first + 1;
  }, 0);
  expect(fetched).toBeLessThan(next.bytes.length / 10);
  await app.close();
  expect(installed.isReplaced()).toBe(true);
});

check('quitting puts the new AppImage in place, and does not start the app', async ({ world, installed }) => {
  const { app } = await launchReady(world, installed);
  await app.close();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(installed.isReplaced()).toBe(true);
  // Run to its end while the app waited, and asked to end there.
  expect(installed.started()).toMatch(/^true /);
});

check('a daemon that hangs takes no update away from who restarts', async ({ world, installed }) => {
  const { app, window } = await launchReady(world, installed);
  const daemon = await daemonPid(app);
  process.kill(daemon!, 'SIGSTOP');
  await restart(window).click();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(installed.isReplaced()).toBe(true);
  await expect.poll(installed.started).toBe('false free');
  await expect.poll(() => isAlive(daemon!)).toBe(false);
});

check('an update that cannot be put in place ends the app, and leaves no half of it', async ({ world, installed }) => {
  const { app, window } = await launchReady(world, installed);
  // Gone, as when a person has moved it meanwhile.
  rmSync(installed.file);
  await restart(window).click();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(installed.log()).toEqual(['update: ENOENT']);
  expect(existsSync(installed.file)).toBe(false);
  expect(installed.started()).toBeNull();
});

check('a system that shuts down is not held up by an update', async ({ world, installed }) => {
  const { app } = await launchReady(world, installed);
  await app.evaluate(({ app: main, powerMonitor }) => {
    powerMonitor.emit('shutdown');
    setImmediate(() => main.quit());
  });
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(installed.isReplaced()).toBe(false);
  expect(installed.started()).toBeNull();

  // What was fetched waits for the next start, and is not fetched again.
  const before = installed.feed.requests.length;
  const again = await world.launch();
  await expect(notice(again.window).getByRole('status')).toHaveText(ready);
  expect(installed.feed.requests.slice(before).map(({ path }) => path)).toEqual(['/latest-linux.yml']);
});

check('who removes Mooring’s data gets no new Mooring', async ({ world, installed }) => {
  const { app } = await launchReady(world, installed);
  const purge = runApp({ env: world.env, headed: false, args: ['--purge'] });
  expect(await once(purge, 'exit')).toEqual([0, null]);
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(installed.isReplaced()).toBe(false);
  expect(installed.started()).toBeNull();
});

check('an AppImage whose checksum is another is refused', async ({ world, installed }) => {
  installed.feed.publish({ version: '99.0.0', file: installed.next, sha512: Buffer.alloc(64).toString('base64') });
  await expectNothing(await world.launch(), installed, 'update: ERR_CHECKSUM_MISMATCH');
  expect(installed.feed.requests.length).toBeGreaterThan(1);
});

check('an AppImage that would come over plain http is not asked for', async ({ world, installed }) => {
  const { feed, next } = installed;
  feed.publish({ version: '99.0.0', file: next, movedTo: feed.elsewhere });
  await expectNothing(await world.launch(), installed, 'update: net::ERR_BLOCKED_BY_CLIENT');
  expect(feed.requests.some(({ path }) => path.startsWith('/stored/'))).toBe(false);
});

for (const version of ['0.0.1', 'the same']) {
  check(`a feed with ${version} brings nothing`, async ({ world, installed }) => {
    const { version: own } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    installed.feed.publish({ version: version === 'the same' ? own : version, file: installed.next });
    await expectNothing(await world.launch(), installed, 'update: there is none');
    expect(installed.feed.requests.map(({ path }) => path)).toEqual(['/latest-linux.yml']);
  });
}

check('a feed that cannot be reached, or has nothing, is a line in the log', async ({ world, installed }) => {
  const launched = await world.launch();
  await expectNothing(launched, installed, 'update: ERR_UPDATER_CHANNEL_FILE_NOT_FOUND');
  await launched.app.close();
  rmSync(join(world.home, 'logs'), { recursive: true });
  await installed.feed.close();
  const again = await world.launch();
  await expectNothing(again, installed, 'update: net::ERR_CONNECTION_REFUSED');
  expect(again.app.output()).not.toContain(installed.feed.url);
});

for (const type of ['deb', 'rpm'] as const) {
  check(`a newer ${type} is announced, and left to the package manager`, async ({ world, installed }) => {
    // APPIMAGE is set here as well, as for a Mooring that is started from a terminal which is itself an AppImage.
    installed.packagedAs(type);
    installed.feed.publish({ version: '99.0.0', file: installed.next });
    const { app, window } = await launchSignedIn(world);
    await expect(notice(window).getByRole('status')).toContainText('Mooring 99.0.0 is out');
    await expect(notice(window).getByRole('button')).toHaveCount(0);
    await app.close();
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(installed.feed.requests.map(({ path }) => path)).toEqual(['/latest-linux.yml']);
    expect(installed.isReplaced()).toBe(false);
    expect(installed.started()).toBeNull();
  });
}
