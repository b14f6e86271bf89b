import { allow, choose } from './browser.ts';
import { expect, test } from './test.ts';
import { agenda, connection, insertToday, notice, service, signInButton } from './views.ts';
import { beginSignIn, signIn } from './world.ts';

test('Cancel at Google ends the sign-in with its reason', async ({ world }) => {
  const { window } = await world.launch();
  const page = await beginSignIn(world, window);
  await choose(page, 'Ada Lovelace');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(notice(window, 'denied')).toContainText('Permission was not given at Google');
  await expect(signInButton(window)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Not signed in' })).toBeVisible();
  expect(await world.keychain.names()).toEqual([]);
});

test('Cancel in the app ends the sign-in, and an answer that comes later reaches nobody', async ({ world }) => {
  const { window } = await world.launch();
  const page = await beginSignIn(world, window);
  await choose(page, 'Ada Lovelace');
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
  await window.getByRole('button', { name: 'Cancel' }).click();
  await expect(notice(window, 'cancelled')).toBeVisible();
  await expect(signInButton(window)).toBeVisible();

  const unanswered = page.waitForEvent('requestfailed', (request) => request.url().includes('code='));
  await page.getByRole('button', { name: 'Continue' }).click();
  expect((await unanswered).failure()?.errorText).toBe('net::ERR_CONNECTION_REFUSED');
  expect(world.google.control.requests({ endpoint: 'token' })).toEqual([]);
  expect(await world.keychain.names()).toEqual([]);
});

test('a calendar that is left unticked is off, asked for by nobody, and there once permission is given', async ({
  world,
}) => {
  const { window } = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  const page = await beginSignIn(world, window);
  await choose(page, 'Ada Lovelace');
  await page.getByRole('checkbox').uncheck();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(service(window)).toHaveAttribute('data-standing', 'off');
  await expect(service(window)).toHaveAttribute('data-reason', 'declined');
  await expect(window.getByRole('region', { name: 'Calendar' })).toContainText('You did not give Mooring permission');
  expect(world.google.control.requests({ endpoint: 'calendarList' })).toEqual([]);

  await allow(await beginSignIn(world, window, 'Give permission'), 'Ada Lovelace');
  await expect(service(window)).toHaveAttribute('data-standing', 'working');
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
});

test('a Google page that refuses leaves the app waiting, and Cancel still works', async ({ world }) => {
  const { window } = await world.launch();
  const page = await beginSignIn(world, window);
  await choose(page, 'Alan Turing');
  await expect(page.getByText('Error 400: admin_policy_enforced')).toBeVisible();
  await expect(window.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
  await window.getByRole('button', { name: 'Cancel' }).click();
  await expect(notice(window, 'cancelled')).toBeVisible();
  await expect(signInButton(window)).toBeVisible();
});

test('without a refresh token consent is asked once more, and the app says why', async ({ world }) => {
  const { control } = world.google;
  const { window } = await world.launch();
  control.withholdRefreshTokenOnce();
  const first = await beginSignIn(world, window);
  const opened = world.browser.nextPage();
  await allow(first, 'Ada Lovelace');
  const second = await opened;
  await expect(window.getByRole('status').filter({ hasText: 'asks for your consent once more' })).toBeVisible();
  await expect(first.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await allow(second, 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  expect(control.requests({ endpoint: 'authorize' }).map(({ query }) => query['prompt'])).toEqual([
    undefined,
    'consent',
  ]);
});

test('an answer of another sign-in is refused, and the link can be opened and copied again', async ({ world }) => {
  const { app, window } = await world.launch();
  world.google.control.misbehave({ callback: 'wrong-state' });
  const page = await beginSignIn(world, window);
  await expect(window.getByRole('heading', { name: 'Continue in your browser' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Open again' })).toBeHidden();
  await choose(page, 'Ada Lovelace');
  // Refused by the person, so that Google will have to ask again.
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'This answer was refused' })).toBeVisible();

  await window.getByRole('button', { name: 'Copy link' }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  // Each works once, so none is given twice.
  const copied = await app.evaluate(async ({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);

  await allow(await beginSignIn(world, window, 'Open again'), 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  expect(new Set([...world.browser.opened, copied]).size).toBe(3);
});

test('the browser ends on a page without the code, and the app comes to the front', async ({ world }) => {
  const { app, window } = await world.launch();
  const page = await beginSignIn(world, window);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const standing = () =>
    app.evaluate(({ BrowserWindow }) => {
      const [own] = BrowserWindow.getAllWindows();
      return { minimized: own?.isMinimized(), focused: own?.isFocused() };
    });
  await expect.poll(standing).toEqual({ minimized: true, focused: false });

  const hold = world.google.control.hold('token');
  // Not awaited yet: a press is over when its page has come, and that page waits for the exchange.
  const allowed = allow(page, 'Ada Lovelace');
  await hold.arrived;
  // The browser is not told that it is done before it is.
  await expect(window.getByRole('heading', { name: 'Finishing sign-in…' })).toBeAttached();
  expect(page.url()).not.toContain('/done');
  expect(await standing()).toEqual({ minimized: true, focused: false });
  hold.release();
  await allowed;
  await expect(page.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  const { search, hash, pathname } = new URL(page.url());
  expect({ search, hash }).toEqual({ search: '', hash: '' });
  expect(pathname).toMatch(/\/done$/);
  await expect.poll(standing).toEqual({ minimized: false, focused: true });
});

test('a statement of identity for another sign-in is refused, and nothing is stored', async ({ world }) => {
  const { window } = await world.launch();
  world.google.control.misbehave({ idToken: 'wrong-nonce' });
  await signIn(world, window);
  await expect(notice(window, 'id-token-refused')).toBeVisible();
  await expect(signInButton(window)).toBeVisible();
  expect(await world.keychain.names()).toEqual([]);
});
