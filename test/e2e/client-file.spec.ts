import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from './test.ts';
import { connection, notice, signInButton } from './views.ts';
import { signIn, type World } from './world.ts';

test.use({ options: { client: 'missing' } });

/** Writes a file where a browser would have put it: outside the data folder, the person's own copy. */
function downloaded(world: World, text: string, name = 'client_secret.json'): string {
  const path = join(world.home, '..', name);
  writeFileSync(path, text);
  return path;
}

/** Drops files where the person would, as the system hands them to the window. */
async function drop(window: Page, ...files: string[]): Promise<void> {
  const zone = window.getByTestId('drop-zone');
  // It stands still and is what is met there: a page that has just been loaded is not drawn yet.
  await zone.hover({ trial: true });
  const box = (await zone.boundingBox())!;
  const session = await window.context().newCDPSession(window);
  const at = { x: box.x + box.width / 2, y: box.y + 10, data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at });
  await session.detach();
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
    await drop(window, downloaded(world, text));
    await expect(notice(window, code)).toContainText(says);
    await expect(window.getByRole('alert')).toHaveCount(1);
  }
  await drop(window, downloaded(world, world.google.clientFile), downloaded(world, '{}', 'other.json'));
  await expect(notice(window, 'client-file-refused')).toContainText('Drop one file only');
  await expect(signInButton(window)).toBeHidden();
  expect(await world.keychain.names()).toEqual([]);
});

test('S17 a dropped client file is kept, its secret in the keychain and in no message', async ({ world }) => {
  const { clientId, clientSecret, clientFile } = world.google;
  const before = await world.launch();
  await drop(before.window, downloaded(world, clientFile));
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

  const path = downloaded(world, '{"type":"service_account"}');
  await answerWith([path]);
  await chooseFile.click();
  await expect(notice(window, 'client-file-service-account')).toBeVisible();
  downloaded(world, world.google.clientFile);
  await chooseFile.click();
  await expect(signInButton(window)).toBeVisible();
});

test('S11 a page cannot name a file: one that a script made is on no disk', async ({ world }) => {
  const { window: page } = await world.launch();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const path = downloaded(world, world.google.clientFile);
  const answers = await page.evaluate(async (named) => {
    const give = window.mooring.giveClientFile as (file: unknown) => Promise<{ ok: boolean }>;
    const made = new File([JSON.stringify({ installed: { client_id: 'id', client_secret: 's' } })], named);
    const asked = [
      { path: named },
      named,
      { name: named, path: named },
      Object.create(File.prototype),
      null,
      undefined,
    ];
    const forged = await Promise.all(
      asked.map((each) =>
        give(each).then(
          ({ ok }) => ok,
          () => 'refused',
        ),
      ),
    );
    return { made: (await give(made)).ok, forged };
  }, path);
  expect(answers.forged).toEqual(answers.forged.map(() => 'refused'));
  await expect(notice(page, 'client-file-unreadable')).toContainText('That was not a file on this computer.');
  await expect(signInButton(page)).toBeHidden();
  expect(await world.keychain.names()).toEqual([]);
});
