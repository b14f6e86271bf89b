import type { Page } from 'playwright';
import { expect, test } from './test.ts';
import { agenda, connection, insertToday } from './views.ts';
import { signIn, type World } from './world.ts';

// No sync but those that are asked for.
test.use({ options: { syncSeconds: 60 } });

async function openLab(world: World): Promise<{ window: Page; app: Awaited<ReturnType<World['launch']>>['app'] }> {
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  // The button moves while the first sync shows its progress above it, and a click on the move is lost.
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  await expect(window.getByRole('progressbar')).toBeHidden();
  await window.getByRole('button', { name: 'Credentials…' }).click();
  await expect(window.getByRole('heading', { name: 'Credentials of ada.lovelace@gmail.com' })).toBeVisible();
  return { window, app };
}

test('the lab shows what is held, tests it, and copies a report that names nobody', async ({ world }) => {
  const { window, app } = await openLab(world);
  await window.getByRole('button', { name: 'Test now' }).click();
  await expect(window.getByText('Google accepts the key.').first()).toBeAttached();
  await window.getByRole('button', { name: 'Copy report' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('state: connected');
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  for (const personal of ['ada', 'Lovelace', world.google.control.people()[0]!.sub]) {
    expect(copied.toLowerCase()).not.toContain(personal.toLowerCase());
  }
  for (const secret of await world.secrets()) expect(copied.includes(secret)).toBe(false);
});

test('Help leads to the credentials', async ({ world }) => {
  const { app, window } = await world.launch();
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('credentials')?.click());
  await expect(window.getByRole('heading', { name: 'Credentials of ada.lovelace@gmail.com' })).toBeVisible();
});

test('without the control side of a double there is nothing to rehearse', async ({ world }) => {
  const { window } = await openLab(world);
  await expect(window.locator('[data-failure]')).toHaveCount(0);
  const refused = await window.evaluate(async () => {
    const { mooring } = window as unknown as {
      mooring: { rehearse(params: unknown): Promise<{ ok: boolean }>; getState(): Promise<unknown> };
    };
    return mooring.rehearse({ accountId: '1', failure: 'grant-revoked' });
  });
  expect(refused.ok).toBe(false);
});

test.describe('in a rehearsal', () => {
  test.use({ options: { rehearsal: true, syncSeconds: 60 } });

  test('a damaged database is said, and copied anew by one click', async ({ world }) => {
    const [ada] = world.google.control.people();
    insertToday(world, 'Lighthouse inspection', ada!.sub);
    const { window } = await openLab(world);
    await window.locator('[data-failure="database-damaged"]').click();
    await window.getByRole('button', { name: 'Copy everything anew' }).click();
    await expect(window.getByRole('button', { name: 'Copy everything anew' })).toBeHidden();
    await window.getByRole('button', { name: 'Back', exact: true }).click();
    await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  });

  test('a locked keychain is its own state, and never “sign in again”', async ({ world }) => {
    const { window } = await openLab(world);
    await window.locator('[data-failure="keychain-locked"]').click();
    await expect(connection(window)).toHaveAttribute('data-connection', 'keychain-unavailable');
    await expect(connection(window).getByRole('button', { name: 'Reconnect' })).toHaveCount(0);
    await window.locator('[data-failure="repair-everything"]').click();
    await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  });
});
