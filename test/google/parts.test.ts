import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { personFor } from './core/access.ts';
import { command } from './core/command.ts';
import { startControl } from './core/control-server.ts';
import type { Double } from './core/double.ts';
import type { Part } from './core/part.ts';
import { pick, seeded } from './core/random.ts';
import { startGoogle } from './index.ts';
import { services } from './services.ts';
import { agree, attempt, CALENDAR, callbackOf, exchange, open, type Tokens } from './test-client.ts';

// A service that no other file knows: notes, one list a person.

const SCOPE = 'https://www.googleapis.com/auth/notes.readonly';
const API = { name: 'Google Notes API', product: 'Notes', service: 'notes.googleapis.com' };
const ENDPOINTS = { notes: '/notes/v1/people/:person/notes' } as const;

type Notes = Record<string, string[]>;
interface Options {
  /** How many notes everybody has. */
  notes?: number;
}

const notesControl = (_double: Double, state: Notes, changed: () => void) => ({
  notes: command([z.string()], (sub: string): string[] => state[sub] ?? []),
  addNote: command([z.string(), z.string().min(1)], (sub: string, text: string): string[] => {
    const written = [...(state[sub] ?? []), text];
    state[sub] = written;
    changed();
    return written;
  }),
});

const notes = {
  api: API,
  endpoints: ENDPOINTS,
  scopes: { [SCOPE]: 'See your notes' },
  seed(people, { seed, notes = 2 }, now): Notes {
    const day = new Date(now).toISOString().slice(0, 10);
    const written = (sub: string) => {
      const random = seeded(seed, sub);
      return Array.from({ length: notes }, () => `${pick(random, ['Buy', 'Mend', 'Paint'])} the boat (${day})`);
    };
    return Object.fromEntries(people.map(({ sub }) => [sub, written(sub)]));
  },
  welcome(state, person) {
    state[person.sub] = [];
  },
  routes(app, double, state) {
    app.get(ENDPOINTS.notes, (c) => {
      const sub = personFor(double, c, API, [SCOPE]);
      return sub instanceof Response ? sub : Response.json({ notes: state[sub] });
    });
  },
  control: notesControl,
  fixture: {
    path: '/notes/v1/people/me/notes',
    add: (control, sub, title) => control.addNote(sub, title),
    rename: () => {},
    remove: () => {},
    fill: () => {},
    addOdd: () => {},
    forgetMarks: () => {},
    truth: (control, sub) => control.notes(sub),
  },
} as const satisfies Part<Notes, Options, ReturnType<typeof notesControl>>;

const parts = { ...services, notes };

async function startWithNotes(options: { state?: string; notes?: number } = {}) {
  const google = await startGoogle({ parts, ...options });
  onTestFinished(() => google.close());
  const ada = google.control.people()[0]!.sub;
  const list = async (token: string) => {
    const response = await fetch(`${google.apiRoot}/notes/v1/people/me/notes`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json() };
  };
  /** A token for the scopes that Ada agrees to, of all that are asked for. */
  const tokenFor = async (scopes: string[], sub = ada) => {
    const tried = attempt(google, { prompt: 'consent', scope: `openid email ${CALENDAR} ${SCOPE}` });
    const code = callbackOf(await agree(google, sub, tried, scopes)).get('code') ?? '';
    return ((await (await exchange(google, code, tried.verifier)).json()) as Tokens).access_token;
  };
  return { google, ada, list, tokenFor };
}

test('a part of a test is seeded, served, and changed from behind', async () => {
  const { google, ada, list, tokenFor } = await startWithNotes({ notes: 3 });
  const token = await tokenFor([SCOPE]);
  const first = (await list(token)).body as { notes: string[] };
  expect(first.notes).toHaveLength(3);
  google.control.addNote(ada, 'Ask for the tide tables');
  expect((await list(token)).body).toEqual({ notes: [...first.notes, 'Ask for the tide tables'] });

  const { sub } = google.control.addPerson({ email: 'mary@example.com', name: 'Mary Somerville' });
  expect((await list(await tokenFor([SCOPE], sub))).body).toEqual({ notes: [] });
  expect(google.control.calendars(sub)).toHaveLength(1);
});

test('its scope is asked for in its words, and refused in its name', async () => {
  const { google, list, tokenFor } = await startWithNotes();
  const consent = await (
    await open(attempt(google, { scope: SCOPE, login_hint: 'ada.lovelace@gmail.com' }).url)
  ).text();
  expect(consent).toContain('See your notes');
  expect(await list(await tokenFor([CALENDAR]))).toMatchObject({
    status: 403,
    body: { error: { details: [{ metadata: { service: 'notes.googleapis.com' } }] } },
  });
});

test('its endpoint is broken, held and logged by its name', async () => {
  const { google, list, tokenFor } = await startWithNotes();
  const token = await tokenFor([SCOPE]);
  expect(google.endpoints).toEqual(expect.arrayContaining(['token', 'events', 'notes']));
  google.control.breakEndpoint('notes', { kind: 'status', status: 403, reason: 'accessNotConfigured' }, { times: 1 });
  expect(await list(token)).toMatchObject({
    status: 403,
    body: { error: { message: 'Google Notes API has not been used in this project before or it is disabled.' } },
  });
  const hold = google.control.hold('notes');
  const waiting = list(token);
  await hold.arrived;
  hold.release();
  expect((await waiting).status).toBe(200);
  expect(google.control.requests({ endpoint: 'notes' }).map(({ status }) => status)).toEqual([403, 200]);
});

test('its control functions are on the control side, behind their schemas', async () => {
  const { google, ada } = await startWithNotes({ notes: 0 });
  const control = await startControl(google.control);
  onTestFinished(() => control.close());
  const call = (given: unknown[]) =>
    fetch(`${control.url}/addNote`, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.key}` },
      body: JSON.stringify(given),
    });
  expect(await (await call([ada, 'Over HTTP'])).json()).toEqual(['Over HTTP']);
  expect((await call([ada, 7])).status).toBe(422);
  expect((await call([ada])).status).toBe(422);
});

test('what it keeps outlives the double, and comes to accounts that were there before it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'google-double-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const state = join(folder, 'state.json');
  const before = await startGoogle({ state, events: 3 });
  await before.close();
  const first = await startWithNotes({ state, notes: 1 });
  const written = first.google.control.addNote(first.ada, 'Kept');
  expect(written).toHaveLength(2);
  await first.google.close();
  const second = await startWithNotes({ state });
  expect((await second.list(await second.tokenFor([SCOPE]))).body).toEqual({ notes: written });
  expect(second.google.control.events(second.ada, 'primary')).toHaveLength(3);
});

test('a name that is taken is refused', async () => {
  const other = { ...notes, endpoints: { more: '/more/v1/notes' } } as const;
  await expect(startGoogle({ parts: { notes, other: notes } })).rejects.toThrow('Two endpoints have the name notes');
  await expect(startGoogle({ parts: { notes, other } })).rejects.toThrow('Two control functions have the name notes');
});
