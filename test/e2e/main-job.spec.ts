import type { Page } from 'playwright';
import type { RequestRecord } from '../google/index.ts';
import { allow } from './browser.ts';
import { expect, test } from './test.ts';
import { signIn, type World } from './world.ts';

const connection = (window: Page) => window.getByRole('region', { name: 'Connection' });
const agenda = (window: Page) => window.getByRole('region', { name: 'Agenda' });

/** An event of today that no other looks like. */
function insertToday(world: World, sub: string, summary: string) {
  const now = world.google.control.now();
  const at = (ms: number) => ({ dateTime: new Date(ms).toISOString() });
  return world.google.control.insertEvent(sub, 'primary', { summary, start: at(now), end: at(now + 600_000) });
}

const isIncremental = (request: RequestRecord) => request.endpoint === 'events' && 'syncToken' in request.query;

test('sign in, mirror, follow changes, sync while minimised, lose the grant, reconnect', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await world.launch();
  const [ada] = control.people();
  insertToday(world, ada!.sub, 'Lighthouse inspection');

  await signIn(world, window);
  await expect(window.getByText('ada.lovelace@gmail.com', { exact: true })).toBeVisible();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

  const event = insertToday(world, ada!.sub, 'Tide table review');
  await window.getByRole('button', { name: 'Sync now' }).click();
  await expect(agenda(window).getByText('Tide table review')).toBeVisible();
  control.updateEvent(ada!.sub, 'primary', event.id!, { summary: 'Tide table approval' });
  await expect(agenda(window).getByText('Tide table approval')).toBeVisible();
  control.deleteEvent(ada!.sub, 'primary', event.id!);
  await expect(agenda(window).getByText('Tide table approval')).toBeHidden();

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  control.clearRequests();
  insertToday(world, ada!.sub, 'Written while minimised');
  await control.waitForRequest(isIncremental);
  await expect(agenda(window).getByText('Written while minimised')).toBeAttached();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore());

  control.revokeGrant(ada!.sub);
  control.expireAccessTokens(ada!.sub);
  await expect(connection(window)).toHaveAttribute('data-connection', 'needs-reconnect');
  await expect(connection(window)).toContainText('no longer accepts');
  await expect(agenda(window).getByText('Written while minimised')).toBeVisible();

  insertToday(world, ada!.sub, 'Written while cut off');
  control.clearRequests();
  const page = world.browser.nextPage();
  await window.getByRole('button', { name: 'Reconnect' }).click();
  await allow(await page, 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Written while cut off')).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  // The position in each calendar survived: nothing was read from its beginning.
  const reads = control.requests({ endpoint: 'events' });
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.filter((request) => !isIncremental(request))).toEqual([]);
  const [authorization] = control.requests({ endpoint: 'authorize' });
  expect(authorization!.query).toMatchObject({ prompt: 'consent', login_hint: ada!.sub });
});
