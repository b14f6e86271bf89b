import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Part } from './core/part.ts';
import { type GoogleDouble, startGoogle } from './index.ts';
import { services } from './services.ts';
import { agree, attempt, callbackOf, exchange, open, type Tokens } from './test-client.ts';

// What is true of every service in the list.

describe.each<[string, Part]>(Object.entries(services))('%s', (_name, { fixture, scopes, endpoints }) => {
  let google: GoogleDouble;
  let ada: string;
  let grace: string;
  const scope = Object.keys(scopes).join(' ');

  async function start(state?: string): Promise<void> {
    google = await startGoogle({ ...(state && { state }) });
    const { close } = google;
    onTestFinished(() => close());
    [ada = '', grace = ''] = google.control.people().map(({ sub }) => sub);
  }
  beforeEach(() => start());

  const truth = () => [ada, grace].map((sub) => fixture.truth(google.control, sub));
  const read = (token?: string) =>
    fetch(`${google.apiRoot}${fixture.path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});

  async function tokenFor(agreed: string[]): Promise<string> {
    const tried = attempt(google, { scope: `openid ${scope}`, prompt: 'consent' });
    const code = callbackOf(await agree(google, ada, tried, agreed)).get('code') ?? '';
    return ((await (await exchange(google, code, tried.verifier)).json()) as Tokens).access_token;
  }

  test('says what each of its scopes allows', async () => {
    const consent = await (await open(attempt(google, { scope, login_hint: ada }).url)).text();
    for (const words of Object.values(scopes)) expect(consent).toContain(words);
  });

  test('answers whom it was allowed for, and nobody else', async () => {
    expect((await read()).status).toBe(401);
    const refused = await read(await tokenFor([]));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      expect.stringContaining('insufficient_scope'),
    ]);
    expect((await read(await tokenFor(Object.keys(scopes)))).status).toBe(200);
  });

  test('begins a reading at an endpoint that can be broken', async () => {
    await read();
    const [record] = google.control.requests();
    expect(Object.keys(endpoints)).toContain(record?.endpoint);
  });

  test('keeps what is added, each person’s apart, beyond a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'google-double-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await start(join(folder, 'state.json'));
    const [adasBefore, gracesBefore] = truth();
    fixture.add(google.control, ada, 'Added');
    const after = truth();
    expect(after[0]).not.toEqual(adasBefore);
    expect(after[1]).toEqual(gracesBefore);
    await google.close();
    await start(join(folder, 'state.json'));
    expect(truth()).toEqual(after);
  });
});
