import type { Fault } from '../google/index.ts';
import { expect, test } from './test.ts';
import { ada, agenda, connection, insertToday, service } from './views.ts';
import { signIn } from './world.ts';

test('without Google the copy is there after a restart, and the connection mends itself', async ({ world }) => {
  const { control, endpoints } = world.google;
  const before = await world.launch();
  insertToday(world, 'Lighthouse inspection');
  await signIn(world, before.window);
  await expect(agenda(before.window).getByText('Lighthouse inspection')).toBeVisible();
  await before.app.close();
  for (const endpoint of endpoints) control.breakEndpoint(endpoint, { kind: 'drop' });

  const { window } = await world.launch();
  await expect(connection(window)).toHaveAttribute('data-connection', 'offline');
  await expect(connection(window).getByRole('heading', { name: 'Offline' })).toBeVisible();
  await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();
  await expect(agenda(window).getByText('Shown from this computer’s copy')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Reconnect' })).toBeHidden();

  insertToday(world, 'Written while offline');
  control.repair();
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Written while offline')).toBeVisible();
});

const faults: readonly { name: string; fault: Fault; reason: string; says: string }[] = [
  { name: 'a dropped connection', fault: { kind: 'drop' }, reason: 'no-network', says: 'cannot be reached' },
  { name: 'a captive portal', fault: { kind: 'html' }, reason: 'not-google', says: 'the sign-in page of a public' },
];

for (const { name, fault, reason, says } of faults) {
  test(`${name} means offline with its reason, never a reconnect`, async ({ world }) => {
    const { control } = world.google;
    const { window } = await world.launch();
    insertToday(world, 'Lighthouse inspection');
    await signIn(world, window);
    await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

    // All that there is: one list that fails is that list's trouble.
    control.breakServices(fault);
    await expect(connection(window)).toHaveAttribute('data-connection', 'offline');
    await expect(connection(window)).toHaveAttribute('data-reason', reason);
    await expect(connection(window)).toContainText(says);
    await expect(window.getByRole('button', { name: 'Reconnect' })).toBeHidden();
    await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

    control.repair();
    await window.getByRole('button', { name: 'Try now' }).click();
    await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  });
}

const passing: readonly { name: string; fault: Fault; reason: string; says: string }[] = [
  {
    name: 'a 503',
    fault: { kind: 'status', status: 503 },
    reason: 'google-unavailable',
    says: 'Google has a problem of its own',
  },
  { name: 'a 429', fault: { kind: 'status', status: 429 }, reason: 'rate-limited', says: 'asked for a pause' },
];

for (const { name, fault, reason, says } of passing) {
  test(`${name} of a service makes that service wait, and the account stays connected`, async ({ world }) => {
    const { control } = world.google;
    const { window } = await world.launch();
    insertToday(world, 'Lighthouse inspection');
    await signIn(world, window);
    await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

    control.breakServices(fault);
    await expect(service(window)).toHaveAttribute('data-standing', 'waiting');
    await expect(service(window)).toHaveAttribute('data-reason', reason);
    await expect(service(window)).toContainText(says);
    await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
    await expect(agenda(window).getByText('Lighthouse inspection')).toBeVisible();

    control.repair();
    await window.getByRole('button', { name: 'Sync now' }).click();
    await expect(service(window)).toHaveAttribute('data-standing', 'working');
  });
}

test('a list that fails alone is named, and the account stays connected', async ({ world }) => {
  const { control } = world.google;
  const { window } = await world.launch();
  await signIn(world, window);
  await expect(window.getByTestId('last-sync')).toHaveAttribute('data-at');
  control.breakEndpoint('calendarList', { kind: 'status', status: 500 });
  await expect(window.getByTestId('standing')).toContainText('The list of your calendars could not be read');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  control.repair();
  await window.getByRole('button', { name: 'Sync now' }).click();
  await expect(window.getByTestId('standing')).toBeHidden();
});

test('a refresh that Google cannot serve just now is tried again by itself', async ({ world }) => {
  const { control } = world.google;
  const { window } = await world.launch();
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');

  control.breakEndpoint('token', { kind: 'status', status: 503 });
  control.expireAccessTokens(ada(world));
  await expect(connection(window)).toHaveAttribute('data-connection', 'offline');
  await expect(connection(window)).toHaveAttribute('data-reason', 'google-unavailable');
  await expect(window.getByRole('button', { name: 'Reconnect' })).toBeHidden();
  control.repair();
  insertToday(world, 'Written while offline');
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
  await expect(agenda(window).getByText('Written while offline')).toBeVisible();
});
