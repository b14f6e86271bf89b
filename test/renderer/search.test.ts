import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hit, SearchAnswer, SearchRequest } from '../../src/contract/search.ts';
import type { AppState } from '../../src/contract/state.ts';
import { idleSync } from '../../src/contract/sync.ts';
import { calm, type Main, startWindows } from './open-window.ts';
import { view, working } from './views.ts';

// The search of the renderer as it is shipped, in Chromium; the test plays main on the other side of the bridge.

let windows: Awaited<ReturnType<typeof startWindows>>;
beforeAll(async () => {
  windows = await startWindows();
}, 60_000);
afterAll(() => windows.close());

const answerWith = (value: unknown) => Promise.resolve({ ok: true as const, value });
const sync = { ...idleSync, lastSuccessAt: 1, revision: 1 };
const both = { calendar: { standing: working, sync }, tasks: { standing: working, sync } };
const state: AppState = { ...calm, accounts: [{ ...view('ada'), services: both }] };

const nothing: SearchAnswer = {
  groups: [],
  forgiven: null,
  unfinished: [],
  missing: [],
  indexing: false,
  cancelled: false,
};
const hit = (title: string, item: object, more: Partial<Hit> = {}): Hit => ({
  accountId: 'ada',
  item: JSON.stringify(item),
  title: { text: title, marks: [[0, 4]] },
  snippet: null,
  starts: null,
  ends: null,
  ...more,
});
const event = (at: number) => ({ calendarId: 'work', eventId: `event-${at}`, series: true, allDay: false });
const task = (at: number) => ({ listId: 'house', taskId: `task-${at}` });

const found: SearchAnswer = {
  ...nothing,
  groups: [
    { service: 'calendar', hits: [hit('Tide table review', event(1)), hit('Tide', event(2))], next: null },
    {
      service: 'tasks',
      hits: [
        hit('Buy a book', task(1), {
          title: { text: 'Buy a book', marks: [] },
          snippet: { text: '…of tide <b>tables</b>', marks: [[4, 8]] },
        }),
      ],
      next: 'more',
    },
  ],
};

/** Answers what is asked about tasks and events as the daemon does, and searches as the test likes. */
function main(search: (request: SearchRequest) => SearchAnswer | Promise<SearchAnswer>): Main {
  return (name, params) => {
    if (name === 'search') return Promise.resolve(search(params as SearchRequest)).then(answerWith);
    if (name !== 'ask') return undefined;
    const question = params as { name: string; params: { eventId?: string; taskId?: string } };
    switch (question.name) {
      case 'occurrence':
        return answerWith({
          key: 'a',
          accountId: 'ada',
          calendarId: 'work',
          eventId: question.params.eventId,
          calendarName: 'Work',
          color: '#3f51b5',
          kind: 'meeting',
          title: 'Tide table review',
          location: null,
          answer: null,
          busyOnly: false,
          tentative: false,
          recurring: true,
          incomplete: false,
          when: { kind: 'all-day', start: '2031-02-04', end: '2031-02-05' },
        });
      case 'lists':
        return answerWith([{ accountId: 'ada', id: 'house', title: 'House', open: 1, done: 0 }]);
      case 'tasks':
        return answerWith({
          items: [{ id: 'task-1', title: 'Buy a book', due: null, done: false, sub: false }],
          next: null,
        });
      case 'task':
        return answerWith({
          title: 'Buy a book',
          list: 'House',
          parent: null,
          notes: 'The history of tide tables',
          due: null,
          doneAt: null,
          assignedIn: null,
          links: [],
          link: null,
        });
      case 'event':
        return answerWith(null);
      default:
        return undefined;
    }
  };
}

async function open(search: Parameters<typeof main>[0], first = state) {
  const opened = await windows.open(first, main(search));
  await opened.page.getByRole('button', { name: 'Settings' }).waitFor();
  await opened.show({ kind: 'search' });
  const field = opened.page.getByRole('combobox', { name: 'Search everything' });
  await field.waitFor();
  return { ...opened, field, [Symbol.asyncDispose]: () => opened.page.context().close() };
}

test('what is found is shown by service as one types, and Enter opens a recurring event at its next occurrence', async () => {
  const asked: SearchRequest[] = [];
  await using window = await open((request) => {
    asked.push(request);
    return found;
  });
  const { page, field } = window;
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('tide');
  const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  await expect.poll(() => options.count()).toBe(3);
  await expect.poll(() => asked.at(-1)).toMatchObject({ text: 'tide', services: null, accounts: ['ada'], after: null });
  expect(await page.getByRole('group', { name: 'Calendar' }).getByRole('option').allInnerTexts()).toEqual([
    'Tide table review\nRepeats',
    'Tide\nRepeats',
  ]);
  expect(await options.first().locator('mark').innerText()).toBe('Tide');
  expect(await field.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
  await page.getByText('The best 3 results').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Tide table review' }).waitFor();
  await expect
    .poll(() => page.getByRole('region', { name: 'Agenda' }).getByRole('heading', { level: 2 }).first().innerText())
    .toMatch(/2031/);
});

test('S39 the keys move through all services, what others wrote is text, and a task is opened in its screen', async () => {
  await using window = await open(() => found);
  const { page, field } = window;
  await field.fill('tide');
  const options = page.getByRole('option');
  await expect.poll(() => options.count()).toBe(3);
  expect(await options.last().innerText()).toContain('…of tide <b>tables</b>');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  expect(await options.last().getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('article', { name: 'Task' });
  await detail.getByText('The history of tide tables').waitFor();
  expect(await detail.evaluate((element) => element === document.activeElement)).toBe(true);
  // What was found once is not shown again to who comes back by another way.
  const nav = page.getByRole('navigation', { name: 'Services' });
  await nav.getByRole('button', { name: 'Calendar' }).click();
  await nav.getByRole('button', { name: 'Tasks' }).click();
  await page.getByText('Choose a task to see all of it.').waitFor();
});

test('from a settings page too, and Escape leaves everything as it was', async () => {
  await using window = await open(() => found);
  const { page, field } = window;
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.getByRole('button', { name: 'Search' }).click();
  await field.fill('tide');
  await page.getByRole('listbox', { name: 'Results' }).getByRole('option').last().click();
  await page.getByRole('article', { name: 'Task' }).getByText('The history of tide tables').waitFor();
});

test('one service is looked through further, answer by answer', async () => {
  const asked: SearchRequest[] = [];
  await using window = await open((request) => {
    asked.push(request);
    if (request.services === null) return found;
    const from = Number(request.after ?? 0);
    const hits = Array.from({ length: Math.min(request.limit, 130 - from) }, (_, at) =>
      hit(`Tide ${from + at}`, task(from + at)),
    );
    const next = from + hits.length < 130 ? String(from + hits.length) : null;
    return { ...nothing, groups: [{ service: 'tasks', hits, next }] };
  });
  const { page, field } = window;
  await field.fill('tide');
  for (const amount of [50, 100, 130]) {
    await page.getByRole('button', { name: 'More in Tasks' }).click();
    await expect.poll(() => page.getByRole('option').count()).toBe(amount);
  }
  expect(await page.getByRole('button', { name: 'More in Tasks' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Tasks', pressed: true }).count()).toBe(1);
  expect(asked.every(({ limit }) => limit <= 100)).toBe(true);
});

test('it says what was forgiven, what is still being copied, and what was not searched', async () => {
  const part = (service: string) => ({ accountId: 'ada', service });
  const running = { ...sync, lastSuccessAt: null, running: true };
  const progress = { list: 'Work', done: 0, total: 3, items: 1_204, full: true };
  const services = { ...both, calendar: { standing: working, sync: { ...running, progress } } };
  await using window = await open(
    ({ text }) =>
      text === 'tdie'
        ? { ...found, forgiven: ['tide'], unfinished: [part('calendar')], missing: [part('tasks')], indexing: true }
        : nothing,
    { ...calm, accounts: [{ ...view('ada'), services }] },
  );
  const { page, field } = window;
  await field.fill('tdie');
  await page.getByText('Nothing has “tdie”. Shown instead: tide.').waitFor();
  await page.getByText('Still being copied: Calendar (1,204 events so far). There may be more.').waitFor();
  await page.getByText('Not searched, because it is not copied: Tasks.').waitFor();
  await page.getByText('The index is being made anew.').waitFor();
  await field.fill('xyz');
  await page.getByText('Nothing was found').waitFor();
});

test('nothing is found until it is there, and what was found stays in its place', async () => {
  let answer = nothing;
  let asked = 0;
  await using window = await open(() => {
    asked += 1;
    return answer;
  });
  const { page, field } = window;
  const at = (revision: number): AppState => {
    const now = { ...sync, revision };
    const services = { calendar: { standing: working, sync: now }, tasks: { standing: working, sync: now } };
    return { ...calm, accounts: [{ ...view('ada'), services }] };
  };
  await field.fill('tide');
  await page.getByText('Nothing was found').waitFor();
  answer = found;
  await window.say(at(2));
  await expect.poll(() => page.getByRole('option').count()).toBe(3);
  // It is asked once more as the first hits come.
  await expect.poll(() => asked).toBeGreaterThanOrEqual(3);
  const before = asked;
  answer = nothing;
  for (const revision of [3, 4, 5]) await window.say(at(revision));
  expect(await page.getByRole('option').count()).toBe(3);
  expect(asked).toBe(before);
});

test('what is typed ends the search before it, and closing the last one', async () => {
  await using window = await open(() => found);
  const { page, field } = window;
  const cancelled = () => window.asked.filter(({ name }) => name === 'cancelSearch').length;
  await field.fill('tide');
  await expect.poll(cancelled).toBeGreaterThan(0);
  await page.getByRole('option').first().waitFor();
  const before = cancelled();
  await page.keyboard.press('Escape');
  await expect.poll(cancelled).toBeGreaterThan(before);
});

test('what cannot be read is said', async () => {
  await using window = await open(() => ({ ...found, groups: 7 }) as unknown as SearchAnswer);
  await window.field.fill('tide');
  await window.page.locator('[data-code="search-unreadable"]').waitFor();
});
