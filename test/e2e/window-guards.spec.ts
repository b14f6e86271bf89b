import type { Page } from 'playwright';
import type { RunningApp } from '../electron/launch.ts';
import { expect, test } from './test.ts';
import { signInButton } from './views.ts';

const addresses = (app: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()));

/** Puts something forbidden into the page and answers which directive of the policy stopped it. */
const violated = (page: Page, tag: string, attributes: Record<string, string>, text = '') =>
  page.evaluate(
    (made) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        const element = document.createElement(made.tag);
        try {
          for (const [name, value] of Object.entries(made.attributes)) element.setAttribute(name, value);
        } catch {
          // Code in an attribute is refused at once, and that is said by the event as well.
        }
        element.append(made.text);
        document.body.append(element);
      }),
    { tag, attributes, text },
  );

test('S3 inline code and eval are stopped by the policy', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  expect(await violated(page, 'script', {}, 'window.ran = true')).toBe('require-trusted-types-for');
  expect(await violated(page, 'img', { src: 'data:,', onerror: 'window.ran = true' })).toBe(
    'require-trusted-types-for',
  );
  // From a timer, where the debugger's own leave to evaluate does not reach.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function('return 1')()));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(evaluated).toBe('EvalError');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

test('S5 the window does not leave its page', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const before = await addresses(app);
  expect(before).toEqual(['app://ui/index.html']);
  const elsewhere = `${world.google.issuer}/.well-known/openid-configuration`;
  await app.evaluate(({ BrowserWindow }) => {
    const asked: { url: string; stopped: boolean }[] = [];
    Object.assign(globalThis, { asked });
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-frame-navigate', (event) => {
      asked.push({ url: event.url, stopped: event.defaultPrevented });
    });
  });
  const asked = () =>
    app.evaluate(() => (globalThis as unknown as { asked: { url: string; stopped: boolean }[] }).asked);

  await page.evaluate(() => location.assign('file:///etc/hostname'));
  await page.evaluate((url) => location.assign(url), elsewhere);
  await expect.poll(asked).toContainEqual({ url: elsewhere, stopped: true });
  expect((await asked()).filter(({ stopped }) => !stopped)).toEqual([]);
  expect(await addresses(app)).toEqual(before);
  await expect(signInButton(page)).toBeVisible();
  expect(world.google.control.requests()).toEqual([]);
});

test('S6 the window opens no other', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const elsewhere = `${world.google.issuer}/.well-known/openid-configuration`;
  expect(await page.evaluate((url) => window.open(url, '_blank', 'noopener') === null, elsewhere)).toBe(true);
  await page.evaluate((url) => {
    const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
    document.body.append(link);
    link.click();
  }, elsewhere);
  expect(await addresses(app)).toEqual(['app://ui/index.html']);
  await expect(signInButton(page)).toBeVisible();
  await app.close();
  expect(world.google.control.requests()).toEqual([]);
  // What the stand-in says where an app would have allowed it.
  expect(app.output()).not.toContain('does not open child windows');
});

test('S8 the window reaches nothing but itself', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const elsewhere = `${world.google.issuer}/.well-known/openid-configuration`;
  // By the policy and by nothing else: Chromium has reasons of its own to refuse addresses of this computer.
  const stoppedBy = page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        fetch(url, { mode: 'no-cors' }).then(
          () => resolve('nothing'),
          // The event of the policy comes as a task of its own.
          () => setTimeout(() => resolve('something else')),
        );
      }),
    elsewhere,
  );
  expect(await stoppedBy).toBe('connect-src');
  expect(await violated(page, 'img', { src: elsewhere })).toBe('img-src');
  // The window makes no frame; a page of the app without the preload does, and the policy stops what it would show.
  const framed = await app.evaluate(async ({ BrowserWindow }, url) => {
    const other = new BrowserWindow({ show: false });
    await other.loadURL('app://ui/index.html');
    const directive: unknown = await other.webContents.executeJavaScript(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
      document.body.append(Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(url)} }));
    })`);
    other.destroy();
    return directive;
  }, elsewhere);
  expect(framed).toBe('frame-src');
  expect(await page.evaluate(() => fetch('/../main/index.js').then(({ status }) => status))).toBe(404);
  expect(world.google.control.requests()).toEqual([]);
});

test('S3 every answer of the app carries the policy', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const answers = await page.evaluate(async () => {
    const sent = await Promise.all(['/index.html', '/none'].map((path) => fetch(path)));
    return sent.map(({ status, headers }) => ({
      status,
      policy: headers.get('content-security-policy'),
      sniffing: headers.get('x-content-type-options'),
      stored: headers.get('cache-control'),
    }));
  });
  const policy = expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'; object-src 'none'$/);
  const rest = { policy, sniffing: 'nosniff', stored: 'no-store' };
  expect(answers).toEqual([
    { status: 200, ...rest },
    { status: 404, ...rest },
  ]);
});

test('S4 the page gets no file but its own, however it asks', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const asked = [
    '/../main/index.js',
    '/..%2fmain%2findex.js',
    '/..%5cmain%5cindex.js',
    '/%2e%2e/main/index.js',
    '/%252e%252e%252fmain/index.js',
    '/../../package.json',
    '/%00',
    '/etc/hostname',
    '/',
  ];
  const status = (method: string, paths: readonly string[]) =>
    page.evaluate(
      ([how, which]) =>
        Promise.all(
          which.map((path) => fetch(new URL(path, location.href), { method: how }).then((answer) => answer.status)),
        ),
      [method, paths] as const,
    );
  expect(await status('GET', asked)).toEqual(asked.map(() => 404));
  expect(await status('HEAD', ['/index.html'])).toEqual([200]);
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect(await status(method, ['/index.html'])).toEqual([405]);
});

test('S5 no navigation, redirect or frame goes elsewhere, and no webview is attached', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const stopped = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const ask = (name: string, url: string) => {
      let prevented = false;
      const event = { url, isMainFrame: true, preventDefault: () => (prevented = true) };
      contents?.emit(name as never, event, url, false, true, 1, 1);
      return prevented;
    };
    const events = ['will-navigate', 'will-redirect', 'will-frame-navigate'];
    const foreign = [
      'https://evil.example/',
      'file:///etc/hostname',
      'app://ui.evil.example/',
      'app://ui@evil.example/',
    ];
    return {
      foreign: events.flatMap((name) => foreign.map((url) => ask(name, url))),
      own: events.map((name) => ask(name, 'app://ui/index.html')),
      webview: ask('will-attach-webview', 'app://ui/index.html'),
    };
  });
  expect(stopped).toEqual({ foreign: Array(12).fill(true), own: [false, false, false], webview: true });
  // And the element is none: it has nothing that a webview has.
  expect(await page.evaluate(() => 'getWebContentsId' in document.createElement('webview'))).toBe(false);
});

test('S8 whatever the page asks of the system is refused', async ({ world }) => {
  const { app, window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'midi', 'clipboard-read', 'camera'];
    const asked = names.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return [name, state] as const;
    });
    return Object.fromEntries(await Promise.all(asked));
  });
  expect(states).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    midi: 'denied',
    'clipboard-read': 'denied',
    camera: 'denied',
  });

  // Where a person would choose a device or a screen, the stand-in's Chromium may wait for good; Electron asks the app.
  const choices = app.host === 'electron';
  if (!choices) process.stdout.write('skipped on the stand-in: asking for a device or a screen to be chosen\n');
  const given = await page.evaluate(async (withChoices) => {
    type Device = { requestDevice(options: object): Promise<unknown>; requestPort(): Promise<unknown> };
    const devices = navigator as unknown as Record<'usb' | 'hid' | 'serial' | 'bluetooth', Device | undefined>;
    const asked: Record<string, () => Promise<unknown> | undefined> = {
      geolocation: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      clipboard: () => navigator.clipboard.readText(),
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      midi: () => navigator.requestMIDIAccess({ sysex: true }),
      ...(withChoices && {
        screen: () => navigator.mediaDevices.getDisplayMedia(),
        usb: () => devices.usb?.requestDevice({ filters: [] }),
        hid: () => devices.hid?.requestDevice({ filters: [] }),
        serial: () => devices.serial?.requestPort(),
        bluetooth: () => devices.bluetooth?.requestDevice({ acceptAllDevices: true }),
      }),
    };
    const had: string[] = [];
    for (const [name, ask] of Object.entries(asked)) {
      const got = await Promise.resolve(ask()).catch(() => undefined);
      // A list without a device is a refusal, too.
      if (got !== undefined && !(Array.isArray(got) && got.length === 0)) had.push(name);
    }
    return { had, notifications: await Notification.requestPermission() };
  }, choices);
  expect(given).toEqual({ had: [], notifications: 'denied' });
});
