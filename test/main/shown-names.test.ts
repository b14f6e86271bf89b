import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppState } from '../../src/contract/state.ts';
import { observeTokenAnswer } from '../../src/main/auth/observe.ts';
import { startCore } from './core.ts';

test('S31 a name and an address that disguise themselves are shown plainly, in window, tray and question alike', async () => {
  await using core = await startCore();
  core.google.control.addPerson({ email: 'ada\u200b@gmail.com', name: 'Ada \u202emoc.elgoog\u0007' });
  const state = await core.signIn({ email: 'ada\u200b@gmail.com' });
  expect(state.account).toMatchObject({ email: 'ada\ufffd@gmail.com', name: 'Ada moc.elgoog ' });
  expect(JSON.stringify([core.states, core.desktop.trays])).not.toMatch(/\u202e|\u200b|\\u0007/);
});

test('S31 a record with a name of megabytes is shown cut, and harms nobody', async () => {
  await using core = await startCore();
  await core.signIn({ email: 'ada.lovelace@gmail.com' });
  await core.mooring.quit();
  const path = join(core.home, 'accounts.json');
  const records = JSON.parse(readFileSync(path, 'utf8')) as { account: object }[];
  const account = { ...records[0]!.account, name: 'A'.repeat(5_000_000), picture: `data:${'x'.repeat(2_000_000)}` };
  writeFileSync(path, JSON.stringify([{ ...records[0], account }]));
  await core.restart();
  const shown = AppState.parse(core.mooring.state()).accounts[0]!.account;
  expect(shown.name).toHaveLength(1_000);
  expect(shown.picture).toBeNull();
  expect(JSON.stringify(core.mooring.state()).length).toBeLessThan(20_000);
});

test('S31 what an answer says of itself is short and plain', () => {
  const headers = new Headers({ 'content-type': `text/${'x'.repeat(10_000)}` });
  expect(observeTokenAnswer('refresh', { status: 200, headers, data: 'x' })).toMatchObject({
    kind: 'unreadable',
    contentType: expect.stringMatching(/^text\/x{194}…$/) as string,
  });
  const data = { error: 'invalid\u202e_grant', error_description: 'two\nlines', error_subtype: '' };
  expect(observeTokenAnswer('refresh', { status: 400, headers: new Headers(), data })).toMatchObject({
    error: 'invalid_grant',
    description: 'two lines',
    subtype: null,
  });
});
