import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/contract/clock.ts';
import { AccountRecord } from '../../src/main/accounts/records.ts';
import { openKeychain } from '../../src/main/keychain/keychain.ts';
import { type GoogleDouble, startGoogle } from '../google/index.ts';
import { type LifeCycle, startLife } from './life.ts';

const kills = 200;
/** How long to look for what has to come; generous, because nothing here is about speed. */
const patience = { interval: 5, timeout: 20_000 };
const program = join(import.meta.dirname, 'life-cycle.ts');
const folder = mkdtempSync(join(tmpdir(), 'mooring-kill-'));
let google: GoogleDouble;

beforeAll(async () => {
  google = await startGoogle({ events: 0 });
});
afterAll(async () => {
  await google.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A small generator of its own (mulberry32), so that a failure can be played again by its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lets a life run until it has told `count` points, kills it there, and answers with what it had told. */
async function liveUntil(life: LifeCycle, count: number): Promise<string[]> {
  const child = fork(program, [JSON.stringify(life)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const told: string[] = [];
  child.on('message', (point: string) => {
    told.push(point);
    if (told.length === count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return told;
}

function newLife(number: number): LifeCycle {
  const home = join(folder, String(number));
  mkdirSync(home);
  const email = `person${number}@gmail.com`;
  google.control.addPerson({ email, name: `Person ${number}` });
  const { issuer, clientId, clientSecret } = google;
  return { home, service: `Mooring kill ${home}`, issuer, clientId, clientSecret, email };
}

/** What has to hold after a start on what the killed process left behind. */
async function verify(life: LifeCycle, told: readonly string[]): Promise<void> {
  const keychain = openKeychain({
    load: async () => keytar,
    service: life.service,
    clock: { ...systemClock, after: () => () => {} },
  });
  const { sub } = google.control.people().find(({ email }) => email === life.email)!;
  const entries = [`account:${sub}`, `revoke:${sub}`];
  const file = join(life.home, 'accounts.json');
  const left = existsSync(file) ? z.array(AccountRecord).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
  const settled = Promise.withResolvers<void>();
  const mooring = startLife(life, keychain, (state) => {
    if (state.signIn.kind === 'idle' && state.accounts.length === 1) settled.resolve();
  });
  try {
    if (told.includes('leaving') && left.every(({ leaving }) => leaving !== null)) {
      // A disconnect that has begun is seen through, and nothing of it stays behind.
      await expect.poll(() => readFileSync(file, 'utf8'), patience).toBe('[]\n');
      for (const entry of entries) {
        await expect.poll(async () => (await keychain.read(entry)).kind, patience).toBe('absent');
      }
      await expect.poll(() => google.control.grants(sub), patience).toEqual([]);
      return;
    }
    if (told.includes('connected')) {
      const accountId = mooring.state().accounts[0]!.account.id;
      const token = await mooring.daemonHandlers.accessToken({ accountId, rejected: null });
      expect(token !== null, 'the grant survives').toBe(true);
      return;
    }
    // A key without a record would be one that nothing knows of, and a record without a key one that opens nothing.
    const { kind: key } = await keychain.read(`account:${sub}`);
    const shown = () => mooring.state().accounts.map(({ account }) => account.id);
    await expect.poll(shown, patience).toEqual(key === 'ok' ? [sub] : []);
    if (key === 'ok') {
      const token = await mooring.daemonHandlers.accessToken({ accountId: sub, rejected: null });
      expect(token !== null, 'the key that was stored opens the account').toBe(true);
      expect(mooring.state().accounts[0]?.account.email).toBe(life.email);
      return;
    }
    await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : '[]\n'), patience).toBe('[]\n');
    // Whatever had been done of it, the sign-in can simply be run again.
    await mooring.requests.signIn({ hint: life.email, services: ['calendar'] });
    await settled.promise;
    await expect.poll(() => mooring.state().accounts[0]?.connection.kind, patience).toBe('connected');
  } finally {
    await mooring.quit();
    for (const entry of entries) await keychain.remove(entry);
  }
}

test('S41 a program that is killed right after a key was stored takes up the account at its next start', async () => {
  const life = newLife(kills + 1);
  const whole = await liveUntil(newLife(kills + 2), Number.POSITIVE_INFINITY);
  const told = await liveUntil(life, whole.findIndex((point) => point.startsWith('after write account:')) + 1);
  expect(told).not.toContain('connected');
  await verify(life, told);
});

test(`S41 ${kills} kills at random points of a grant's life lose no grant`, { timeout: 900_000 }, async () => {
  const whole = await liveUntil(newLife(0), Number.POSITIVE_INFINITY);
  expect(whole.at(-1)).toBe('left');
  const chance = random(20_261_121);
  const stages = new Map<string, number>();
  let next = 1;
  let verifying: Promise<void> = Promise.resolve();
  async function worker(): Promise<void> {
    while (next <= kills) {
      const number = next;
      next += 1;
      const life = newLife(number);
      const count = 1 + Math.floor(chance() * whole.length);
      const told = await liveUntil(life, count);
      const point = (told[count - 1] ?? 'the end').replace(/\d+/, '');
      stages.set(point, (stages.get(point) ?? 0) + 1);
      // One at a time: libsecret, under keytar, does not bear two calls at once from one process.
      const verified = verifying.then(() => verify(life, told));
      verifying = verified.catch(() => undefined);
      await verified.catch((error: unknown) => {
        next = kills + 1;
        throw new Error(`Killed at point ${count}, “${point}”, after ${told.join(' | ')}`, { cause: error });
      });
    }
  }
  // All are waited for, also after a failure: a life that is left alone would outlast the test.
  const ended = await Promise.allSettled([worker(), worker()]);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  process.stdout.write(`killed at ${stages.size} different points of ${whole.length}\n`);
});
