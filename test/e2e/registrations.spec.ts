import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { startGoogle } from '../google/index.ts';
import { keychainEntries } from './keychain-entries.ts';
import { expect, test } from './test.ts';
import { connection, signInButton } from './views.ts';
import { signIn } from './world.ts';

test('S24 another issuer sees no account of the first, gets nothing of it, and ends none', async ({ world }) => {
  const first = await world.launch();
  await signIn(world, first.window);
  await expect(connection(first.window)).toHaveAttribute('data-connection', 'connected');
  await first.app.close();
  const entries = await world.keychain.names();
  // The same people, by the same numbers, at another place; what it is given it would keep.
  await using other = Object.assign(await startGoogle(), {
    [Symbol.asyncDispose]: async () => other.close(),
  });
  const elsewhere = { MOORING_GOOGLE_ISSUER: other.issuer, MOORING_GOOGLE_API_ROOT: other.apiRoot };
  const home = { ...world.env };
  Object.assign(world.env, elsewhere);
  const second = await world.launch();
  await expect(signInButton(second.window)).toBeVisible();
  await second.app.close();
  const given = JSON.stringify(other.control.requests());
  for (const secret of await world.secrets()) expect(given.includes(secret)).toBe(false);
  expect(other.control.requests({ endpoint: 'token' })).toEqual([]);
  expect(other.control.requests({ endpoint: 'revoke' })).toEqual([]);

  // The first is as it was.
  Object.assign(world.env, home);
  const third = await world.launch();
  await expect(connection(third.window)).toHaveAttribute('data-connection', 'connected');
  expect(await world.keychain.names()).toEqual(entries);
});

test('S24 who signs in at another issuer has a copy and keys apart, and a purge takes both', async ({ world }) => {
  const first = await world.launch();
  await signIn(world, first.window);
  await expect(connection(first.window)).toHaveAttribute('data-connection', 'connected');
  await first.app.close();
  const other = await startGoogle();
  try {
    const home = { ...world.env };
    Object.assign(world.env, { MOORING_GOOGLE_ISSUER: other.issuer, MOORING_GOOGLE_API_ROOT: other.apiRoot });
    const second = await world.launch();
    await signIn(world, second.window);
    await expect(connection(second.window)).toHaveAttribute('data-connection', 'connected');
    await second.app.close();
    const [folder = ''] = readdirSync(join(world.home, 'registrations'));
    const service = `Mooring (${join(world.home, 'registrations', folder)})`;
    expect(await keychainEntries(service)).toHaveLength(1);
    Object.assign(world.env, home);
    const purge = await world.start(['--purge']);
    expect(await purge.exited).toEqual({ code: 0, signal: null });
    expect(await keychainEntries(service)).toEqual([]);
    expect(await world.keychain.names()).toEqual([]);
    // Each issuer was told of its own grants, and of no others.
    const told = (requests: { form: Record<string, string> }[]) => requests.map(({ form }) => form['token']);
    const [here, there] = [world.google.control, other.control].map((control) => ({
      ended: told(control.requests({ endpoint: 'revoke' })),
      issued: control.secretsIssued(),
    }));
    expect(here!.ended).toHaveLength(1);
    expect(there!.ended).toHaveLength(1);
    for (const { ended, issued } of [here!, there!]) expect(issued).toEqual(expect.arrayContaining(ended));
    await keytar.deletePassword(service, 'canary');
  } finally {
    await other.close();
  }
});
