import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from './test.ts';
import { connection, notice, signInButton } from './views.ts';
import { signIn } from './world.ts';

test.use({ options: { client: 'missing' } });

/** Drops a file where the person would. */
async function drop(window: Page, ...texts: string[]): Promise<void> {
  const dataTransfer = await window.evaluateHandle((contents) => {
    const transfer = new DataTransfer();
    for (const text of contents) transfer.items.add(new File([text], 'client_secret.json'));
    return transfer;
  }, texts);
  await window.getByTestId('drop-zone').dispatchEvent('drop', { dataTransfer });
}

const wrongFiles: readonly { code: string; text: string; says: string }[] = [
  { code: 'client-file-damaged', text: '{ "installed": ', says: 'not readable as JSON' },
  { code: 'client-file-unknown', text: '{"name":"something else"}', says: 'does not hold an OAuth client' },
  { code: 'client-file-web', text: '{"web":{"client_id":"id","client_secret":"s"}}', says: 'type “Web application”' },
  { code: 'client-file-service-account', text: '{"type":"service_account"}', says: 'key of a service account' },
  { code: 'client-file-without-secret', text: '{"installed":{"client_id":"id"}}', says: 'has no client secret' },
  { code: 'client-file-refused', text: ' '.repeat(65_537), says: 'larger than 64 KB' },
];

test('a file that is no client of a desktop app is refused with what is wrong', async ({ world }) => {
  const { window } = await world.launch();
  await expect(window.getByRole('heading', { name: 'Mooring needs its client file' })).toBeVisible();
  for (const { code, text, says } of wrongFiles) {
    await drop(window, text);
    await expect(notice(window, code)).toContainText(says);
    await expect(window.getByRole('alert')).toHaveCount(1);
  }
  await drop(window, world.google.clientFile, world.google.clientFile);
  await expect(notice(window, 'client-file-refused')).toContainText('Drop one file only');
  await expect(signInButton(window)).toBeHidden();
  expect(await world.keychain.names()).toEqual([]);
});

test('a dropped client file is kept, its secret in the keychain', async ({ world }) => {
  const { clientId, clientSecret, clientFile } = world.google;
  const before = await world.launch();
  await drop(before.window, clientFile);
  await expect(signInButton(before.window)).toBeVisible();
  expect(JSON.parse(readFileSync(join(world.home, 'client.json'), 'utf8'))).toEqual({ clientId });
  expect(await world.keychain.names()).toEqual([`client:${clientId}`]);
  expect(world.google.control.secretsIssued()).toContain(clientSecret);
  expect(await world.leaks()).toEqual([]);
  await before.app.close();

  const { window } = await world.launch();
  await signIn(world, window);
  await expect(connection(window)).toHaveAttribute('data-connection', 'connected');
});

test('a client file can be chosen in the system’s dialog', async ({ world }) => {
  const { app, window } = await world.launch();
  const answerWith = (filePaths: string[]) =>
    app.evaluate(({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: paths.length === 0, filePaths: paths });
    }, filePaths);
  const chooseFile = window.getByRole('button', { name: 'Choose file…' });

  await answerWith([]);
  await chooseFile.click();
  await expect(chooseFile).toBeVisible();
  await expect(window.getByRole('alert')).toHaveCount(0);

  // Outside the data folder, as a downloads folder is: the secret that this file holds is the person's own copy.
  const path = join(world.home, '..', 'client_secret.json');
  writeFileSync(path, '{"type":"service_account"}');
  await answerWith([path]);
  await chooseFile.click();
  await expect(notice(window, 'client-file-service-account')).toBeVisible();
  writeFileSync(path, world.google.clientFile);
  await chooseFile.click();
  await expect(signInButton(window)).toBeVisible();
});
