import { expect, test } from 'vitest';
import { services } from '../../src/contract/services.ts';
import { startCore } from './core.ts';

const range = { from: '2026-11-01', to: '2026-11-15', timeZone: 'Europe/Lisbon', after: null, limit: 100 };
const question = { service: 'calendar', name: 'agenda', accounts: [] as string[], params: range } as const;

test('a question goes to the daemon as it was judged, and its answer is judged as well', async () => {
  await using core = await startCore();
  const empty = { items: [], next: null, skipped: 0 };
  core.daemon.answer = empty;
  expect(await core.mooring.requests.ask(question)).toEqual(empty);
  expect(core.daemon.asked).toContainEqual({ name: 'ask', params: question });
  core.daemon.answer = { ...empty, items: [{ title: 'x'.repeat(1_000_000) }] };
  await expect(core.mooring.requests.ask(question)).rejects.toThrow(/an answer that this one does not know/);
});

test.each([
  { ...question, name: 'agendas' },
  { ...question, name: '__proto__' },
  { ...question, name: 'constructor' },
  { ...question, params: { ...range, from: 'yesterday' } },
  { ...question, params: { ...range, more: true } },
  { ...question, params: null },
])('what no service can be asked is refused in a sentence, and the daemon hears nothing of it: %j', async (asked) => {
  await using core = await startCore();
  await expect(core.mooring.requests.ask(asked)).rejects.toThrow('That is nothing Mooring can be asked.');
  expect(core.daemon.asked.map(({ name }) => name)).not.toContain('ask');
});

test('every service says what it is called, what a person has there, and what has to be granted', () => {
  for (const { name, things, scopes, queries } of Object.values(services)) {
    expect(name).toMatch(/^[A-Z]/);
    expect(things).toMatch(/^your /);
    expect(scopes.length).toBeGreaterThan(0);
    for (const scope of scopes) expect(scope).toMatch(/^https:\/\/www\.googleapis\.com\/auth\//);
    expect(Object.keys(queries).length).toBeGreaterThan(0);
  }
});
