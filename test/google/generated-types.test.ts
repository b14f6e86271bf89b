import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startGoogle } from './index.ts';
import { services } from './services.ts';
import { agree, attempt, callbackOf, exchange, type Tokens } from './test-client.ts';

// The double is typed by Google's own client packages. What it answers is held here against types that somebody else has
// generated from Google's discovery documents: an answer is written out as a literal, of which the compiler takes no name
// and no word that the types do not know.

const root = join(import.meta.dirname, '../..');
const packages = ['calendar-v3', 'people-v1', 'tasks-v1'].map((name) =>
  join(root, 'node_modules/@maxim_mazurok', `gapi.client.${name}`, 'index.d.ts'),
);
const people = 'addresses,biographies,birthdays,emailAddresses,events,imClients,memberships,metadata,names,nicknames';
const more = 'organizations,phoneNumbers,photos,relations,urls,userDefined';

async function answers(): Promise<[type: string, answer: unknown][]> {
  const google = await startGoogle({ events: 300, tasks: 300, contacts: 300 });
  onTestFinished(() => google.close());
  const { sub, email } = google.control.people()[0]!;
  const scope = Object.values(services)
    .flatMap(({ scopes }) => Object.keys(scopes))
    .join(' ');
  const tried = attempt(google, { scope: `openid ${scope}`, prompt: 'consent' });
  const code = callbackOf(await agree(google, sub, tried, scope.split(' '))).get('code') ?? '';
  const { access_token: token } = (await (await exchange(google, code, tried.verifier)).json()) as Tokens;
  const get = async (path: string) => {
    const response = await fetch(`${google.apiRoot}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status, path).toBe(200);
    return response.json();
  };
  const list = google.control.taskLists(sub)[0]?.id ?? '';
  const tasks = `/tasks/v1/lists/${list}/tasks?maxResults=100&showAssigned=true&showHidden=true&showDeleted=true`;
  google.control.deleteContact(sub, google.control.contacts(sub)[0]?.resourceName ?? '');
  return [
    ['calendar.CalendarList', await get('/calendar/v3/users/me/calendarList')],
    ['calendar.Events', await get(`/calendar/v3/calendars/${encodeURIComponent(email)}/events?maxResults=2500`)],
    ['tasks.TaskLists', await get('/tasks/v1/users/@me/lists')],
    ['tasks.Tasks', await get(tasks)],
    [
      'people.ListConnectionsResponse',
      await get(`/v1/people/me/connections?pageSize=1000&personFields=${people},${more}&requestSyncToken=true`),
    ],
    [
      'people.ListOtherContactsResponse',
      await get('/v1/otherContacts?pageSize=1000&readMask=names,emailAddresses,phoneNumbers,metadata,photos'),
    ],
    ['people.ListContactGroupsResponse', await get('/v1/contactGroups?pageSize=1000')],
  ];
}

/** What the compiler says of answers that are said to be of these types. */
function complaints(all: readonly (readonly [type: string, answer: unknown])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'answers.ts');
  const references = packages.map((path) => `/// <reference path="${path}" />`);
  const literals = all.map(([type, answer], index) => {
    return `export const answer${index}: gapi.client.${type} = ${JSON.stringify(answer)};`;
  });
  writeFileSync(file, [...references, ...literals].join('\n'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--types', '', '--target', 'es2024', '--ignoreConfig'];
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, ...flags, file], { encoding: 'utf8', cwd: folder });
  return (stdout + stderr).slice(0, 4_000);
}

test('what the double answers is what independently generated types say', { timeout: 60_000 }, async () => {
  expect(complaints(await answers())).toBe('');
});

test('and what it must not answer is noticed', { timeout: 60_000 }, () => {
  const odd: [string, unknown, string][] = [
    ['tasks.Tasks', { items: [{ id: 'a', dueDate: 'x' }] }, 'dueDate'],
    ['people.ListConnectionsResponse', { connections: [{ names: [{ fullName: 'x' }] }] }, 'fullName'],
    ['calendar.Events', { items: [{ start: { day: 'x' } }] }, 'day'],
  ];
  for (const [type, answer, name] of odd) expect(complaints([[type, answer]])).toContain(name);
});
