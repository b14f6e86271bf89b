import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright';
import { expect, test } from './test.ts';
import { agenda, insertToday, signInButton } from './views.ts';
import { signIn, type World } from './world.ts';

/** How many rows each table of the mirror has. */
function rows({ home }: World): Record<string, number> {
  const db = new Database(join(home, 'mirror.sqlite'), { readonly: true });
  const counted = ['accounts', 'calendars', 'events', 'cursors'].map((table) => [
    table,
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0,
  ]);
  db.close();
  return Object.fromEntries(counted);
}

/** Signs in and waits until an event of today is shown. */
async function settle(world: World, window: Page): Promise<void> {
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, window);
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
}

async function disconnect(window: Page, copy: 'Keep the copy on this computer' | 'Erase it'): Promise<void> {
  await window.getByRole('button', { name: 'Disconnect…' }).click();
  const dialog = window.getByRole('dialog', { name: 'Disconnect ada.lovelace@gmail.com?' });
  await dialog.getByRole('radio', { name: copy }).check();
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(signInButton(window)).toBeVisible();
}

test('disconnecting keeps the copy when asked to, and ends the access at Google', async ({ world }) => {
  const { control } = world.google;
  const { app, window } = await world.launch();
  await settle(world, window);
  await disconnect(window, 'Keep the copy on this computer');
  await expect(window.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => control.requests({ endpoint: 'revoke' }).map(({ status }) => status)).toEqual([200]);
  expect(control.grants()).toEqual([]);
  await expect.poll(() => world.keychain.names()).toEqual([]);
  expect(readFileSync(join(world.home, 'accounts.json'), 'utf8')).toBe('[]\n');
  await app.close();
  const kept = rows(world);
  expect(kept['events']).toBeGreaterThan(50);

  // Signed in again, the copy is shown before Google has been asked for anything.
  const again = await world.launch();
  await expect(signInButton(again.window)).toBeVisible();
  const hold = control.hold('calendarList');
  await signIn(world, again.window);
  await hold.arrived;
  await expect(agenda(again.window).getByText('Lighthouse inspection')).toBeVisible();
  hold.release();
});

test('disconnecting erases the copy when asked to', async ({ world }) => {
  const { app, window } = await world.launch();
  await settle(world, window);
  await disconnect(window, 'Erase it');
  await expect(window.getByRole('alert')).toHaveCount(0);
  await app.close();
  expect(rows(world)).toEqual({ accounts: 0, calendars: 0, events: 0, cursors: 0 });
  for (const name of readdirSync(world.home).filter((file) => file.startsWith('mirror.sqlite'))) {
    expect(readFileSync(join(world.home, name)).includes('Lighthouse inspection'), name).toBe(false);
  }
});

test('a Google that cannot be told does not stop the disconnect, and the app says what is left to do', async ({
  world,
}) => {
  const { control } = world.google;
  const { app, window } = await world.launch();
  await settle(world, window);
  control.breakEndpoint('revoke', { kind: 'drop' });
  await disconnect(window, 'Keep the copy on this computer');
  await expect(window.getByRole('list', { name: 'Notices' })).toContainText('myaccount.google.com/connections');
  expect(control.grants()).toHaveLength(1);
  expect(await world.keychain.names()).toEqual([expect.stringMatching(/^revoke:\d+$/)]);
  // The next start makes up for it.
  await app.close();
  control.repair();
  const again = await world.launch();
  await expect.poll(() => control.grants()).toEqual([]);
  await expect(again.window.getByRole('list', { name: 'Notices' })).toBeHidden();
  expect(await world.keychain.names()).toEqual([]);
});

test('the dialog can be left without anything being done', async ({ world }) => {
  const { window } = await world.launch();
  await settle(world, window);
  await window.getByRole('button', { name: 'Disconnect…' }).click();
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: 'Keep the copy on this computer' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  expect(world.google.control.requests({ endpoint: 'revoke' })).toEqual([]);
});
