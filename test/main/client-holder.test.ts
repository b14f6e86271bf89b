import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { openClientHolder } from '../../src/main/setup/client-holder.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mooring-client-'));
});
afterEach(async () => {
  for (const { account } of await keytar.findCredentials(home)) await keytar.deletePassword(home, account);
  rmSync(home, { recursive: true, force: true });
});

const open = () =>
  openClientHolder({
    fixed: null,
    fixedProblem: null,
    path: join(home, 'client.json'),
    keychain: openKeychain({ load: async () => keytar, service: home, clock: systemClock }),
  });

function clientFile(id: string, secret: string): string {
  const path = join(home, `${id}.json`);
  const client_id = `${id}.apps.googleusercontent.com`;
  writeFileSync(path, JSON.stringify({ installed: { client_id, client_secret: secret } }));
  return path;
}

const entries = async () => (await keytar.findCredentials(home)).map(({ account }) => account);

test('S40 a client that cannot be written down leaves no secret, is said, and the one before goes on', async () => {
  const holder = open();
  const blocked = join(home, 'client.json.new');
  mkdirSync(blocked);
  await holder.adopt(clientFile('first', 'one'));
  expect(holder.isKnown()).toBe(false);
  expect(holder.problem()?.sentence).toMatch(/^The client you chose could not be taken over, because .* Nothing was/);
  expect(await entries()).toEqual([]);
  rmSync(blocked, { recursive: true });
  await holder.adopt(clientFile('first', 'one'));
  expect(holder.problem()).toBeNull();
  mkdirSync(blocked);
  await holder.adopt(clientFile('second', 'two'));
  expect(holder.id()).toBe('first.apps.googleusercontent.com');
  expect(await holder.get()).toMatchObject({ secret: 'one' });
  expect(await entries()).toEqual(['client:first.apps.googleusercontent.com']);
});

test('a new secret of the same client needs no room on the disk', async () => {
  await open().adopt(clientFile('first', 'one'));
  mkdirSync(join(home, 'client.json.new'));
  const holder = open();
  await holder.adopt(clientFile('first', 'two'));
  expect(holder.problem()).toBeNull();
  expect(await open().get()).toMatchObject({ secret: 'two' });
});
