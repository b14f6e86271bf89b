import { expect, test } from 'vitest';
import { noted, start, untilNoted } from './harness.ts';

async function open() {
  const app = await start('app');
  const page = await app.window();
  await untilNoted(app, 'focus');
  return { app, page };
}

test('a window is ready to show, shown, minimised, restored and hidden', async () => {
  // Playwright would make the page believe that it is always seen.
  const app = await start('app');
  await untilNoted(app, 'focus');
  const tell = (work: 'minimize' | 'restore' | 'hide' | 'show', visibility: 'visible' | 'hidden') =>
    app.evaluate(
      async ({ BrowserWindow }, told) => {
        const window = BrowserWindow.getAllWindows()[0]!;
        window[told.work]();
        const state = [window.isVisible(), window.isMinimized(), window.isFocused()];
        await window.webContents.executeJavaScript(`new Promise((resolve) => {
          const look = () => document.visibilityState === '${told.visibility}' && resolve();
          document.addEventListener('visibilitychange', look);
          look();
        })`);
        return state;
      },
      { work, visibility },
    );
  expect(await tell('minimize', 'hidden')).toEqual([true, true, false]);
  expect(await tell('restore', 'visible')).toEqual([true, false, false]);
  expect(await tell('hide', 'hidden')).toEqual([false, false, false]);
  expect(await tell('show', 'visible')).toEqual([true, false, true]);
  const events = (await noted(app)).filter((entry) => !entry.startsWith('GET'));
  expect(events).toEqual(['ready-to-show', 'show', 'focus', 'minimize', 'restore', 'hide', 'show', 'focus']);
});

test('the page is as large as the window says', async () => {
  const { app, page } = await open();
  await page.waitForFunction(() => innerWidth === 900 && innerHeight === 640);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setSize(700, 500));
  await page.waitForFunction(() => innerWidth === 700 && innerHeight === 500);
});

test('closing can be prevented, and then the window is hidden and whole', async () => {
  const { app, page } = await open();
  const state = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    window.on('close', (event) => {
      event.preventDefault();
      window.hide();
    });
    window.close();
    return [window.isDestroyed(), window.isVisible()];
  });
  expect(state).toEqual([false, false]);
  expect(await page.evaluate('window.scriptRan')).toBe(true);
});

test('a page may keep its window by beforeunload', async () => {
  const { app, page } = await open();
  page.on('dialog', () => undefined);
  await page.click('body');
  await page.evaluate(() => {
    addEventListener('beforeunload', (event) => event.preventDefault());
  });
  const asked = await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const window = BrowserWindow.getAllWindows()[0]!;
        window.webContents.on('will-prevent-unload', () => resolve('asked'));
        window.on('closed', () => resolve('closed'));
        window.close();
      }),
  );
  expect(asked).toBe('asked');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a closed window is destroyed, and refuses every use', async () => {
  const { app } = await open();
  const refusals = await app.evaluate(async ({ app: main, BrowserWindow }) => {
    main.removeAllListeners('window-all-closed');
    main.on('window-all-closed', () => undefined);
    const window = BrowserWindow.getAllWindows()[0]!;
    const { webContents } = window;
    const closed = new Promise((resolve) => window.once('closed', () => resolve(undefined)));
    window.close();
    await closed;
    const refused = (work: () => unknown): string => {
      try {
        work();
        return 'allowed';
      } catch (error) {
        return (error as Error).message;
      }
    };
    return [
      refused(() => window.show()),
      refused(() => window.getBounds()),
      refused(() => webContents.send('x')),
      refused(() => webContents.getURL()),
      String(window.isDestroyed() && webContents.isDestroyed()),
    ];
  });
  expect(refusals).toEqual([...Array<string>(4).fill('Object has been destroyed'), 'true']);
});

test('a picture of the page can be taken', async () => {
  const { app } = await open();
  const size = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]!.webContents.capturePage();
    return [image.isEmpty(), image.getSize().width > 0, image.toPNG().length > 100];
  });
  expect(size).toEqual([false, true, true]);
});

test('a second window is another page', async () => {
  const { app } = await open();
  const result = await app.evaluate(async ({ BrowserWindow }) => {
    const second = new BrowserWindow({ width: 300, height: 200 });
    await second.loadURL('app://ui/index.html?second');
    const all = BrowserWindow.getAllWindows().map((window) => window.webContents.getURL());
    const ran: unknown = await second.webContents.executeJavaScript('[window.scriptRan, typeof window.fixture]');
    return { all, ran };
  });
  expect(result).toEqual({ all: ['app://ui/index.html', 'app://ui/index.html?second'], ran: [true, 'undefined'] });
});

test.each(['0', '1'])('a page that was closed from outside comes back with its window (headed: %s)', async (headed) => {
  const env = { MOORING_STANDIN_HEADED: headed, MOORING_STANDIN_OZONE: 'headless' };
  const app = await start('app', { env });
  const page = await app.window();
  await page.waitForFunction(() => 'scriptRan' in window);
  // Listening is awaited before the page is closed, or the two would race.
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    const kept = new Promise<string>((resolve) => {
      window.once('close', (event) => {
        event.preventDefault();
        window.hide();
        resolve('kept');
      });
    });
    Object.assign(globalThis, { kept });
  });
  await page.close();
  expect(await app.evaluate(() => (globalThis as unknown as { kept: Promise<string> }).kept)).toBe('kept');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.show());
  // A new page loads an empty document before the app's own.
  const stands = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      return [window.isVisible(), await window.webContents.executeJavaScript('window.scriptRan')];
    });
  await expect.poll(stands).toEqual([true, true]);
});
