import type { Page } from 'playwright';
import type { RunningApp } from '../electron/launch.ts';
import { expect, test } from './test.ts';
import { signInButton } from './views.ts';

const addresses = (app: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()));

/** Puts something forbidden into the page and answers which directive of the policy stopped it. */
const violated = (page: Page, markup: string) =>
  page.evaluate(
    (html) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        document.body.append(document.createRange().createContextualFragment(html));
      }),
    markup,
  );

test('inline code and eval are stopped by the policy', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(signInButton(page)).toBeVisible();
  expect(await violated(page, '<script>window.ran = true</script>')).toBe('script-src-elem');
  expect(await violated(page, '<img src="data:," onerror="window.ran = true">')).toBe('script-src-attr');
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

test('the window does not leave its page', async ({ world }) => {
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

test('the window opens no other', async ({ world }) => {
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

test('the window reaches nothing but itself', async ({ world }) => {
  const { window: page } = await world.launch();
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
  expect(await violated(page, `<img src="${elsewhere}">`)).toBe('img-src');
  expect(await violated(page, `<iframe src="${elsewhere}"></iframe>`)).toBe('frame-src');
  expect(await page.evaluate(() => fetch('/../main/index.js').then(({ status }) => status))).toBe(404);
  expect(world.google.control.requests()).toEqual([]);
});
