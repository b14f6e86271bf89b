import type { Page } from 'playwright';
import { allow } from './browser.ts';
import { expect, test } from './test.ts';
import { ada, agenda, connection, insertToday, isIncremental, notice } from './views.ts';
import { beginSignIn, signIn } from './world.ts';

test('reconnecting as somebody else changes nothing and names both', async ({ world }) => {
  const { control } = world.google;
  const { window } = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, window);
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  control.revokeGrant(ada(world));
  control.expireAccessTokens(ada(world));
  await expect(connection(window)).toHaveAttribute('data-connection', 'needs-reconnect');
  const kept = await world.keychain.names();

  const page = await beginSignIn(world, window, 'Reconnect');
  await page.getByRole('button', { name: 'Use another account' }).click();
  await allow(page, 'Grace Hopper');
  await expect(notice(window, 'other-account')).toContainText(
    'You chose grace.hopper@gmail.com, but this copy belongs to ada.lovelace@gmail.com.',
  );
  await expect(page.getByText('You chose grace.hopper@gmail.com')).toBeVisible();
  await expect(connection(window)).toHaveAttribute('data-connection', 'needs-reconnect');
  await expect(window.getByText('ada.lovelace@gmail.com', { exact: true })).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  expect(await world.keychain.names()).toEqual(kept);

  await allow(await beginSignIn(world, window, 'Reconnect'), 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
});

test('a keychain entry that is gone asks for a reconnect, which keeps the copy', async ({ world }) => {
  const { control } = world.google;
  const before = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, before.window);
  await expect(agenda(before.window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(before.window.getByTestId('last-sync')).toHaveAttribute('data-at');
  await before.app.close();
  const [entry, ...others] = await world.keychain.names();
  expect(others).toEqual([]);
  expect(await world.keychain.forget(entry!)).toBe(true);
  control.clearRequests();

  const { window } = await world.launch();
  await expect(connection(window)).toHaveAttribute('data-connection', 'needs-reconnect');
  await expect(connection(window)).toHaveAttribute('data-reason', 'grant-missing');
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  insertToday(world, 'Written while cut off');
  await allow(await beginSignIn(world, window, 'Reconnect'), 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Written while cut off')).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  expect(await world.keychain.names()).toEqual([entry]);
  expect(control.requests({ endpoint: 'events' }).filter((request) => !isIncremental(request))).toEqual([]);
});

/** Notes each state of the connection that the window shows from now on, however briefly. */
const watchConnection = (window: Page) =>
  window.evaluateHandle(() => {
    const card = document.querySelector('[data-connection]');
    const look = () => card?.getAttribute('data-connection') ?? 'gone';
    const seen = [look()];
    new MutationObserver(() => seen.push(look())).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
    });
    return seen;
  });

test('an access token that has expired is refreshed once, and nobody is bothered', async ({ world }) => {
  const { control } = world.google;
  const { window } = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, window);
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');

  const seen = await watchConnection(window);
  control.clearRequests();
  control.expireAccessTokens(ada(world));
  insertToday(world, 'Written after the end');
  await expect(agenda(window).getByText('Written after the end')).toBeVisible();

  const requests = control.requests();
  const refreshes = requests.filter(({ endpoint }) => endpoint === 'token');
  expect(new Set(refreshes.map(({ form }) => form['grant_type']))).toEqual(new Set(['refresh_token']));
  // Google may ask for a nonce first (RFC 9449, section 8) and refuses for it; only one is granted.
  expect(refreshes.map(({ status }) => status).filter((status) => status !== 400)).toEqual([200]);
  expect(refreshes.length).toBeLessThanOrEqual(2);
  const reads = requests.filter(({ endpoint }) => endpoint === 'calendarList' || endpoint === 'events');
  const refused = reads.filter(({ status }) => status === 401);
  expect(refused).toHaveLength(1);
  const replay = reads[reads.indexOf(refused[0]!) + 1];
  expect(replay).toMatchObject({ path: refused[0]!.path, query: refused[0]!.query, status: 200 });
  expect(new Set(await seen.jsonValue())).toEqual(new Set(['connected']));
});
