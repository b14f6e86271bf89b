import { allow } from './browser.ts';
import { expect, test } from './test.ts';
import { connection } from './views.ts';
import { beginSignIn } from './world.ts';

const added = (window: import('playwright').Page) => window.getByRole('region', { name: 'Account added' });

for (const browserKind of ['kept', 'private'] as const) {
  test.describe(`in a ${browserKind} browser`, () => {
    test.use({ options: { browserKind } });
    test('S27 signing in asks nothing in the app, and names who was added', async ({ world }) => {
      const { window } = await world.launch();
      await allow(await beginSignIn(world, window), 'Ada Lovelace');
      await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
      await expect(added(window)).toContainText('ada.lovelace@gmail.com');
      await window.getByRole('button', { name: 'It is mine' }).click();
      await expect(added(window)).toBeHidden();
    });
  });
}

test.describe('in a browser that keeps no cookies', () => {
  test.use({ options: { browserKind: 'without-cookies' } });
  test('S28 the app asks whether it was the person, and goes on with a yes', async ({ world }) => {
    const { window } = await world.launch();
    const page = await beginSignIn(world, window);
    await allow(page, 'Ada Lovelace');
    await expect(page.getByRole('heading', { name: 'Return to Mooring' })).toBeVisible();
    const question = window.getByRole('alertdialog', { name: 'Is that you?' });
    await expect(question).toContainText('ada.lovelace@gmail.com');
    expect(await world.keychain.names()).toEqual([]);
    await question.getByRole('button', { name: 'Yes, that is me' }).click();
    await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  });
});

test('S27 a browser that loads the address twice signs in all the same', async ({ world }) => {
  const { window } = await world.launch();
  const page = await beginSignIn(world, window);
  const [address] = world.browser.opened;
  await page.goto(address!);
  const other = await world.browser.newPage();
  await other.goto(address!);
  await allow(other, 'Ada Lovelace');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(other.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
});

test('S28 a sign-in that was not the person’s is taken back with one press', async ({ world }) => {
  const { window } = await world.launch();
  await allow(await beginSignIn(world, window), 'Grace Hopper');
  await expect(added(window)).toContainText('grace.hopper@gmail.com');
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(window.getByRole('button', { name: 'Sign in with Google' })).toBeVisible();
  await expect.poll(() => world.google.control.requests({ endpoint: 'revoke' }).length).toBe(1);
  expect(await world.keychain.names()).toEqual([]);
});
