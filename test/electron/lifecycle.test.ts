import { join } from 'node:path';
import { expect, test } from 'vitest';
import { family, isAlive } from './children.ts';
import { start, temporary } from './harness.ts';
import type { RunningApp } from './launch.ts';

const events = (app: RunningApp): string[] =>
  [...app.output().matchAll(/^event: (.*)$/gm)].map(([, name]) => name ?? '');

/** Waits until none of these processes is there: a killed one may take the system a moment to bury. */
async function untilGone(pids: number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('quitting closes windows without window-all-closed, and says so in order', async () => {
  const app = await start('app');
  await app.window();
  const pids = family(app.process.pid!);
  expect(pids.length).toBeGreaterThan(2);
  await app.close();
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(events(app)).toEqual(['before-quit', 'will-quit', 'quit']);
  await untilGone(pids);
});

test('closing the last window asks the app', async () => {
  const app = await start('app');
  await app.window();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(events(app)).toEqual(['window-all-closed', 'before-quit', 'will-quit', 'quit']);
});

test('an app that does not listen quits with its last window', async () => {
  const app = await start('app');
  await app.window();
  await app.evaluate(({ app: main, BrowserWindow }) => {
    main.removeAllListeners('window-all-closed');
    BrowserWindow.getAllWindows()[0]!.close();
  });
  expect((await app.exited).code).toBe(0);
});

test('quitting can be prevented: by the app, and by a window', async () => {
  const app = await start('app');
  await app.window();
  const windows = await app.evaluate(({ app: main, BrowserWindow }) => {
    main.once('before-quit', (event) => event.preventDefault());
    main.quit();
    const window = BrowserWindow.getAllWindows()[0]!;
    window.once('close', (event) => event.preventDefault());
    main.quit();
    return BrowserWindow.getAllWindows().length;
  });
  expect(windows).toBe(1);
  await app.close();
  expect(events(app)).toEqual(['before-quit', 'before-quit', 'before-quit', 'will-quit', 'quit']);
});

test('will-quit can be prevented, and exit asks nobody', async () => {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => {
    main.once('will-quit', (event) => event.preventDefault());
    main.quit();
  });
  await app.evaluate(({ app: main }) => {
    setImmediate(() => main.exit(7));
  });
  expect(await app.exited).toEqual({ code: 7, signal: null });
  expect(app.output()).toBe('lock: true\nwill-quit\nquit\n');
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s quits', async (signal) => {
  const app = await start('app');
  await app.window();
  const pids = family(app.process.pid!);
  app.process.kill(signal);
  expect((await app.exited).code).toBe(0);
  expect(events(app)).toEqual(['before-quit', 'will-quit', 'quit']);
  await untilGone(pids);
});

test('kill leaves no process', async () => {
  const app = await start('app');
  await app.window();
  const pids = family(app.process.pid!);
  await app.kill();
  expect(await app.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await untilGone(pids);
});

test('Chromium does not outlive a main that was killed alone', async () => {
  const app = await start('app');
  await app.window();
  const pids = family(app.process.pid!);
  process.kill(app.process.pid!, 'SIGKILL');
  await app.exited;
  await untilGone(pids);
});

test.each(['throw', 'reject', 'deadlock'])('a main that fails ends with an error: %s', async (how) => {
  const app = await start('broken', { args: [how] });
  const { code } = await app.exited;
  expect(code).not.toBe(0);
  expect(app.output()).toMatch(/thrown at the top|nobody caught this|top-level await/);
});

test('a path that does not exist is not set', async () => {
  const app = await start('app');
  const missing = join(temporary(), 'missing');
  await expect(app.evaluate(({ app: main }, path) => main.setPath('userData', path), missing)).rejects.toThrow(
    'does not exist',
  );
});

test('the app has its names, paths and versions', async () => {
  const config = temporary();
  const app = await start('app', { config });
  const elsewhere = temporary();
  const found = await app.evaluate(({ app: main }, folder) => {
    const before = main.getPath('userData');
    main.setPath('userData', folder);
    const { versions, type } = process as NodeJS.Process & { type: string };
    return [before, main.getPath('logs'), main.getName(), main.getVersion(), main.isPackaged, versions.electron, type];
  }, elsewhere);
  const electron = expect.stringMatching(/^45\./) as string;
  expect(found).toEqual([
    join(config, 'Fixture'),
    join(elsewhere, 'logs'),
    'Fixture',
    '1.2.3',
    false,
    electron,
    'browser',
  ]);
});

test('a second instance is refused, and the first hears of it', async () => {
  const config = temporary();
  const first = await start('bare', { config });
  await first.evaluate(({ app }) => app.whenReady());
  const second = await start('bare', { config, args: ['--hidden', 'mooring:x'], env: { FIXTURE_NAME: 'second' } });
  expect(await second.exited).toEqual({ code: 0, signal: null });
  expect(second.output()).toContain('lock: false');
  const heard = await first.evaluate(() => (globalThis as unknown as { log: string[] }).log);
  expect(heard.length).toBe(1);
  const { argv, cwd, data } = JSON.parse(heard[0]!) as { argv: string[]; cwd: string; data: unknown };
  expect(argv.slice(-2)).toEqual(['--hidden', 'mooring:x']);
  expect(cwd).toContain('fixtures');
  expect(data).toEqual({ from: 'second' });
});

test('the lock is free again after a quit and after a crash, and other data is another lock', async () => {
  const config = temporary();
  const quit = await start('bare', { config });
  await quit.close();
  const killed = await start('bare', { config });
  await killed.evaluate(({ app }) => app.whenReady());
  expect(killed.output()).toContain('lock: true');
  await killed.kill();
  const third = await start('bare', { config });
  const other = await start('bare');
  for (const app of [third, other]) {
    expect(await app.evaluate(({ app: main }) => main.hasSingleInstanceLock())).toBe(true);
  }
});

test('stands in for the desktop, for tests to play', async () => {
  const app = await start('bare');
  await app.evaluate(({ app: main }) => main.whenReady());
  const played = await app.evaluate(async ({ clipboard, dialog, nativeTheme, Notification, powerMonitor }) => {
    const heard: string[] = [];
    powerMonitor.on('resume', () => heard.push('resume'));
    powerMonitor.emit('resume');
    await clipboard.writeText('copied');
    heard.push(await clipboard.readText());
    heard.push(String((await dialog.showOpenDialog({})).canceled));
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/chosen'] });
    heard.push(...(await dialog.showOpenDialog({})).filePaths);
    await new Promise<void>((resolve) => {
      const notification = new Notification({ title: 'Hello' });
      notification.on('show', () => resolve());
      notification.show();
    });
    await new Promise<void>((resolve) => {
      nativeTheme.on('updated', () => resolve());
      nativeTheme.themeSource = 'dark';
    });
    heard.push(String(nativeTheme.shouldUseDarkColors));
    return heard;
  });
  expect(played).toEqual(['resume', 'copied', 'true', '/chosen', 'true']);
});

test('a CommonJS main runs as well', async () => {
  const app = await start('common');
  expect((await app.exited).code).toBe(0);
  expect(app.output()).toBe('ready true\n');
});
