import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startControl } from './core/control-server.ts';
import { type GoogleDouble, type GoogleOptions, startGoogle } from './index.ts';
import { services } from './services.ts';
import { all, get, refresh, signIn } from './test-client.ts';

let folder: string;
const running: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'google-double-'));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
  rmSync(folder, { recursive: true });
});

async function start(options: GoogleOptions = {}): Promise<GoogleDouble> {
  const google = await startGoogle(options);
  running.push(google);
  return google;
}

function seededWith(google: GoogleDouble) {
  const { control } = google;
  return control.people().map(({ picture: _picture, ...person }) => ({
    person,
    data: Object.values(services).map(({ fixture }) => fixture.truth(control, person.sub)),
  }));
}

test('a restarted double remembers grants, sync tokens, data, its key and its clock', async () => {
  const state = join(folder, 'state.json');
  const first = await start({ state });
  const ada = first.control.people()[0]!.sub;
  first.control.moveClock(60_000);
  const tokens = await signIn(first, ada);
  const { syncToken } = await all(first, tokens.access_token, 'calendars/primary/events');
  first.control.insertEvent(ada, 'primary', { id: 'one', summary: 'Kept', start: { date: '2026-03-02' } });
  const events = first.control.events(ada, 'primary');
  const keys = await (await fetch(`${first.issuer}/oauth2/v3/certs`)).text();
  await first.close();

  const second = await start({ state, events: 3, seed: 9 });
  expect(second.clientId).toBe(first.clientId);
  expect(second.control.events(ada, 'primary')).toEqual(events);
  expect(second.control.now() - Date.now()).toBeGreaterThan(50_000);
  expect((await refresh(second, tokens.refresh_token)).status).toBe(200);
  const changes = await all(second, tokens.access_token, `calendars/primary/events?syncToken=${syncToken}`);
  expect(changes.items).toMatchObject([{ id: 'one', summary: 'Kept' }]);
  expect(await (await fetch(`${second.issuer}/oauth2/v3/certs`)).text()).toBe(keys);
});

test('a restarted double is at the same address, or at another where that one is taken', async () => {
  const state = join(folder, 'state.json');
  const first = await start({ state });
  await first.close();
  const second = await start({ state });
  expect(second.issuer).toBe(first.issuer);
  // The second one is still there, so a third one cannot have its port.
  const third = await start({ state });
  expect(third.issuer).not.toBe(first.issuer);
  await expect(start({ port: Number(new URL(second.issuer).port) })).rejects.toThrow('EADDRINUSE');
});

test('a state without what a part keeps has its people, and what is seeded for them', async () => {
  const state = join(folder, 'state.json');
  const first = await start({ state });
  const ada = first.control.people()[0]!.sub;
  const tokens = await signIn(first, ada);
  await first.close();
  rmSync(`${state}.calendar`);
  const second = await start({ state, events: 7 });
  expect(second.control.events(ada, 'primary')).toHaveLength(7);
  expect((await refresh(second, tokens.refresh_token)).status).toBe(200);
});

test('what is seeded is a function of the seed and the day', async () => {
  const now = () => Date.parse('2026-03-02T09:00:00Z');
  const later = () => Date.parse('2026-03-02T21:00:00Z');
  const [one, same, other] = [
    seededWith(await start({ now, seed: 5, events: 200 })),
    seededWith(await start({ now: later, seed: 5, events: 200 })),
    seededWith(await start({ now, seed: 6, events: 200 })),
  ];
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test('seeded calendars have the sizes and the kinds of events asked for', async () => {
  const google = await start({ now: () => Date.parse('2026-03-02T09:00:00Z') });
  const { sub } = google.control.people()[1]!;
  google.control.seedCalendars(sub, { calendars: 5, events: 400, seed: 3 });
  const calendars = google.control.calendars(sub);
  expect(calendars.map((calendar) => google.control.events(sub, calendar.id!).length)).toEqual([400, 40, 40, 40, 40]);
  const events = google.control.events(sub, 'primary');
  const some = (holds: (event: (typeof events)[number]) => unknown) => events.filter(holds).length;
  const today = some((event) => (event.start?.dateTime ?? event.start?.date)?.startsWith('2026-03-02'));
  expect(today).toBeGreaterThanOrEqual(3);
  expect(some((event) => event.start?.date)).toBeGreaterThan(20);
  expect(some((event) => event.recurrence?.some((line) => line.startsWith('EXDATE')))).toBeGreaterThan(0);
  for (const part of ['COUNT=', 'UNTIL=', 'BYDAY=']) {
    expect(some((event) => event.recurrence?.[0]?.includes(part))).toBeGreaterThan(0);
  }
  const masters = new Set(events.flatMap((event) => (event.recurrence ? [event.id] : [])));
  const exceptions = events.filter((event) => event.recurringEventId);
  expect(exceptions.every((event) => masters.has(event.recurringEventId!))).toBe(true);
  expect(new Set(exceptions.map((event) => event.status))).toEqual(new Set(['cancelled', 'confirmed', 'tentative']));
  expect(new Set(events.flatMap((event) => event.start?.timeZone ?? [])).size).toBeGreaterThan(2);
  google.control.seedCalendars(sub, { calendars: 1, events: 5, seed: 4 });
  expect(google.control.events(sub, 'primary')).toHaveLength(5);
  expect(google.control.calendars(sub)).toHaveLength(1);
});

test('50,000 events come in 2,500 a page', async () => {
  const google = await start({ events: 50_000 });
  const { access_token } = await signIn(google, google.control.people()[0]!.sub);
  const { items, sizes } = await all(google, access_token, 'calendars/primary/events?maxResults=2500');
  expect(new Set(items.map(({ id }) => id)).size).toBe(50_000);
  expect(Math.max(...sizes)).toBe(2500);
  expect(sizes).toContain(0);
});

test('the control side has a port and a key of its own', async () => {
  const google = await start();
  const control = await startControl(google.control);
  running.push(control);
  const call = (name: string, given: unknown[] = [], key = control.key) =>
    fetch(`${control.url}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(given),
    });
  const people = (await (await call('people')).json()) as { sub: string }[];
  expect(people).toEqual(google.control.people());
  const { sub } = people[0]!;

  expect((await call('people', [], 'wrong')).status).toBe(401);
  expect((await call('close')).status).toBe(404);
  expect((await call('constructor')).status).toBe(404);
  expect((await call('breakEndpoint', ['nowhere', { kind: 'drop' }])).status).toBe(422);
  expect((await call('people', ['too many'])).status).toBe(422);
  for (const path of ['people', 'control/people']) {
    const headers = { authorization: `Bearer ${control.key}` };
    expect((await fetch(`${google.issuer}/${path}`, { method: 'POST', headers, body: '[]' })).status).toBe(404);
  }

  expect((await call('insertEvent', [sub, 'primary', { id: 'one', summary: 'Over HTTP' }])).status).toBe(200);
  expect(google.control.events(sub, 'primary')).toContainEqual(expect.objectContaining({ summary: 'Over HTTP' }));
  const { hold } = (await (await call('hold', ['calendarList'])).json()) as { hold: string };
  const { access_token } = await signIn(google, sub);
  const waiting = get(google, access_token, 'users/me/calendarList');
  expect((await call('arrived', [hold])).status).toBe(200);
  await call('release', [hold]);
  expect((await waiting).status).toBe(200);
  expect((await call('waitForRequest', [{ endpoint: 'calendarList', status: 200 }])).status).toBe(200);
  // Every function of the control object can be reached.
  const named = ((await (await call('none')).json()) as { error: string }).error;
  for (const name of Object.keys(google.control)) expect(named).toContain(name);
});
