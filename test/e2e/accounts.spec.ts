import { allow } from './browser.ts';
import { expect, test } from './test.ts';
import { agenda, insertToday } from './views.ts';
import { signIn } from './world.ts';

test('two accounts stand side by side: one loses its grant, the other goes on, and each is repaired alone', async ({
  world,
}) => {
  const { control } = world.google;
  const [ada, grace] = control.people();
  const { window } = await world.launch();
  insertToday(world, 'Lighthouse inspection', ada!.sub);
  insertToday(world, 'Compiler review', grace!.sub);
  await signIn(world, window);
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

  const page = world.browser.nextPage();
  await window.getByRole('button', { name: 'Add account' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Sign in with Google' }).click();
  await allow(await page, 'Grace Hopper');
  const card = (email: string) => window.getByRole('article', { name: email });
  const connectionOf = (email: string) => window.getByRole('region', { name: `Connection of ${email}` });
  await expect(connectionOf(grace!.email)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Compiler review')).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

  control.revokeGrant(ada!.sub);
  control.expireAccessTokens(ada!.sub);
  await expect(connectionOf(ada!.email)).toHaveAttribute('data-connection', 'needs-reconnect');
  insertToday(world, 'Nanoseconds explained', grace!.sub);
  await expect(agenda(window).getByText('Nanoseconds explained')).toBeVisible();
  await expect(connectionOf(grace!.email)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

  const consent = world.browser.nextPage();
  await card(ada!.email).getByRole('button', { name: 'Reconnect' }).click();
  await allow(await consent, 'Ada Lovelace');
  await expect(connectionOf(ada!.email)).toHaveAttribute('data-connection', 'connected');

  await card(ada!.email).getByRole('button', { name: 'Disconnect…' }).click();
  await window.getByRole('dialog').getByLabel('Erase it').check();
  await window.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(window.getByText(grace!.email, { exact: true })).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeHidden();
  await expect(agenda(window).getByText('Compiler review')).toBeVisible();
});
