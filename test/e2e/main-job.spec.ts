import { allow } from './browser.ts';
import { expect, test } from './test.ts';
import { ada, agenda, connection, insertToday, isIncremental } from './views.ts';
import { beginSignIn, signIn } from './world.ts';

test('sign in, mirror, follow changes, sync while minimised, lose the grant, reconnect', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await world.launch();
  const sub = ada(world);
  insertToday(world, 'Lighthouse inspection');

  await signIn(world, window);
  await expect(window.getByText('ada.lovelace@gmail.com', { exact: true })).toBeVisible();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

  const event = insertToday(world, 'Tide table review');
  await window.getByRole('button', { name: 'Sync now' }).click();
  await expect(agenda(window).getByText('Tide table review')).toBeVisible();
  control.updateEvent(sub, 'primary', event.id!, { summary: 'Tide table approval' });
  await expect(agenda(window).getByText('Tide table approval')).toBeVisible();
  control.deleteEvent(sub, 'primary', event.id!);
  await expect(agenda(window).getByText('Tide table approval')).toBeHidden();

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  control.clearRequests();
  insertToday(world, 'Written while minimised');
  await control.waitForRequest(isIncremental);
  await expect(agenda(window).getByText('Written while minimised')).toBeAttached();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore());

  control.revokeGrant(sub);
  control.expireAccessTokens(sub);
  await expect(connection(window)).toHaveAttribute('data-connection', 'needs-reconnect');
  await expect(connection(window)).toContainText('no longer accepts');
  await expect(agenda(window).getByText('Written while minimised')).toBeVisible();

  insertToday(world, 'Written while cut off');
  control.clearRequests();
  await allow(await beginSignIn(world, window, 'Reconnect'), 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Written while cut off')).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  // The position in each calendar survived: nothing was read from its beginning.
  const reads = control.requests({ endpoint: 'events' });
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.filter((request) => !isIncremental(request))).toEqual([]);
  const [authorization] = control.requests({ endpoint: 'authorize' });
  expect(authorization!.query).toMatchObject({ prompt: 'consent', login_hint: sub });
});
