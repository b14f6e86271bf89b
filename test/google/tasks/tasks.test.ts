import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GoogleDouble, startGoogle } from '../index.ts';
import { agree, attempt, callbackOf, exchange, type Tokens } from '../test-client.ts';

const SCOPE = 'https://www.googleapis.com/auth/tasks.readonly';
const now = Date.parse('2026-03-02T09:00:00Z');
const everything = 'showCompleted=true&showHidden=true&showAssigned=true&showDeleted=true';

let google: GoogleDouble;
let ada: string;
let token: string;
let list: string;

beforeEach(async () => {
  google = await startGoogle({ now: () => now });
  ada = google.control.people()[0]!.sub;
  await signIn();
  google.control.seedTasks(ada, { lists: 2, tasks: 120, seed: 3 });
  list = google.control.taskLists(ada)[0]?.id ?? '';
});
afterEach(() => google.close());

async function signIn(): Promise<void> {
  const tried = attempt(google, { scope: `openid email ${SCOPE}` });
  const code = callbackOf(await agree(google, ada, tried, [SCOPE])).get('code') ?? '';
  token = ((await (await exchange(google, code, tried.verifier)).json()) as Tokens).access_token;
}

interface Answer {
  items: { id: string; due?: string; deleted?: boolean }[];
  nextPageToken?: string;
  error?: { code: number; errors: { reason: string }[] };
}

async function get(query: string, path = `lists/${list}/tasks`): Promise<Answer> {
  const response = await fetch(`${google.apiRoot}/tasks/v1/${path}?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as Answer;
}

async function all(query: string): Promise<Answer['items']> {
  const items: Answer['items'] = [];
  let page = '';
  do {
    const answer = await get(`maxResults=100&${query}${page}`);
    items.push(...answer.items);
    page = answer.nextPageToken === undefined ? '' : `&pageToken=${encodeURIComponent(answer.nextPageToken)}`;
  } while (page !== '');
  return items;
}

const ids = (items: readonly { id?: string | null }[]) => items.map(({ id }) => id).toSorted();

describe('a list of tasks', () => {
  test('has twenty on a page unless more are asked for, and never more than a hundred', async () => {
    expect((await get('')).items).toHaveLength(20);
    expect((await get(`maxResults=5000&${everything}`)).items).toHaveLength(100);
    expect((await get('maxResults=0')).error).toMatchObject({ code: 400 });
  });

  test('leaves out what is hidden, assigned or deleted, unless asked', async () => {
    const live = google.control.tasks(ada, list);
    expect(live.some(({ hidden }) => hidden) && live.some(({ assignmentInfo }) => assignmentInfo)).toBe(true);
    expect(ids(await all(''))).toEqual(ids(live.filter((task) => !task.hidden && !task.assignmentInfo)));
    expect(ids((await all(everything)).filter(({ deleted }) => !deleted))).toEqual(ids(live));
    expect((await all(everything)).some(({ deleted }) => deleted)).toBe(true);
  });

  test('tells by updatedMin what has changed since, deletions among it', async () => {
    const [first, second] = google.control.tasks(ada, list);
    google.control.putTask(ada, list, { id: first?.id ?? null, title: 'Another' });
    google.control.deleteTask(ada, list, second?.id ?? '');
    const changed = await all(`${everything}&updatedMin=2026-03-02T08:59:00Z`);
    expect(ids(changed)).toEqual(ids([first, second].map((task) => ({ id: task?.id ?? '' }))));
  });

  test('tells of a change only some time after it', async () => {
    google.control.delayTasks(60_000);
    const made = google.control.putTask(ada, list, { title: 'Late' });
    expect(ids(await all(everything))).not.toContain(made.id);
    google.control.moveClock(61_000);
    expect(ids(await all(everything))).toContain(made.id);
  });

  test('keeps the day that a task is due, and drops the hour', async () => {
    const made = google.control.putTask(ada, list, { title: 'Due', due: '2026-03-05T17:30:00Z' });
    const found = (await all('')).find(({ id }) => id === made.id);
    expect(found?.due).toBe('2026-03-05T00:00:00.000Z');
  });
});

test('a day has so many queries for all people together', async () => {
  google.control.limitTaskQueries(2);
  await get('');
  await get('', 'users/@me/lists');
  expect((await get('')).error).toMatchObject({ code: 403, errors: [{ reason: 'dailyLimitExceeded' }] });
  google.control.moveClock(24 * 3_600_000);
  // The access token is as old as the day.
  await signIn();
  expect((await get('')).error).toBeUndefined();
});

test('what it cannot do it says', async () => {
  expect((await get('dueMin=2026-01-01T00:00:00Z')).error).toMatchObject({
    errors: [{ reason: 'notSupportedByTheDouble' }],
  });
  expect((await get('updatedMin=yesterday')).error).toMatchObject({ code: 400 });
});
