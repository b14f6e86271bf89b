import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppState } from '../../src/contract/state.ts';
import { idleSync } from '../../src/contract/sync.ts';
import type { TaskRequest, TasksRequest } from '../../src/contract/tasks.ts';
import { calm, type Main, startWindows } from './open-window.ts';
import { view, working } from './views.ts';

// The tasks of the renderer as it is shipped, in Chromium; the test plays main on the other side of the bridge.

let windows: Awaited<ReturnType<typeof startWindows>>;
beforeAll(async () => {
  windows = await startWindows();
}, 60_000);
afterAll(() => windows.close());

const answerWith = (value: unknown) => Promise.resolve({ ok: true as const, value });
const state = (sync: Partial<typeof idleSync>): AppState => ({
  ...calm,
  accounts: [{ ...view('ada'), services: { tasks: { standing: working, sync: { ...idleSync, ...sync } } } }],
});
const synced = state({ lastSuccessAt: 1, revision: 1, counts: { lists: 2, tasks: 10_000 } });

/** Answers as the daemon does: a list of so many tasks, the third of which belongs to the second, and an empty one. */
function twoLists(amount: number): Main {
  return (name, question) => {
    if (name !== 'ask') return undefined;
    const { name: query, params } = question as { name: string; params: unknown };
    if (query === 'lists') {
      const list = { accountId: 'ada', done: 0 };
      return answerWith([
        { ...list, id: 'house', title: 'House', open: amount },
        { ...list, id: 'empty', title: 'Empty', open: 0 },
      ]);
    }
    if (query === 'tasks') {
      const { listId, done, after, limit } = params as TasksRequest;
      const held = listId === 'house' && !done ? amount : 0;
      const from = Number(after ?? 0);
      const items = Array.from({ length: Math.min(limit, held - from) }, (_, index) => ({
        id: `task-${from + index}`,
        title: `Task ${from + index}`,
        due: index === 0 && from === 0 ? '2020-02-29' : null,
        done: false,
        sub: from + index === 2,
      }));
      return answerWith({ items, next: from + items.length < held ? String(from + items.length) : null });
    }
    if (query === 'task') {
      const { taskId } = params as TaskRequest;
      const at = Number(taskId.slice(5));
      return answerWith({
        title: `Task ${at}`,
        list: 'House',
        parent: at === 2 ? 'Task 1' : null,
        notes: 'First the cellar,\nthen the loft.',
        due: at === 0 ? '2020-02-29' : null,
        doneAt: null,
        assignedIn: at === 1 ? 'document' : null,
        links: [{ label: 'Your booking', href: 'https://mail.google.com/mail/' }],
        link: null,
      });
    }
    return undefined;
  };
}

async function open(...params: Parameters<typeof windows.open>) {
  const opened = await windows.open(...params);
  await opened.page.getByRole('navigation', { name: 'Services' }).getByRole('button', { name: 'Tasks' }).click();
  return { ...opened, [Symbol.asyncDispose]: () => opened.page.context().close() };
}

test('a list is walked with the keys, and what is selected is shown beside it', async () => {
  await using window = await open(synced, twoLists(3));
  const { page } = window;
  const list = page.getByRole('listbox', { name: 'Tasks to do' });
  await list.focus();
  const detail = page.getByRole('article', { name: 'Task' });
  await page.keyboard.press('ArrowDown');
  await detail.getByRole('heading', { name: 'Task 0' }).waitFor();
  expect(await detail.innerText()).toContain('Overdue since Saturday');
  await page.keyboard.press('End');
  await detail.getByRole('heading', { name: 'Task 2' }).waitFor();
  expect(await detail.innerText()).toContain('Task 1');
  expect(await list.getByRole('option', { selected: true }).innerText()).toBe('Task 2');
  await page.keyboard.press('ArrowUp');
  await detail.getByText('In a document').waitFor();
  await page.keyboard.press('Enter');
  expect(await detail.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('of ten thousand tasks only those in sight are in the page, and the last is reached', async () => {
  await using window = await open(synced, twoLists(10_000));
  const { page } = window;
  const list = page.getByRole('listbox', { name: 'Tasks to do' });
  await list.focus();
  await list.getByRole('option').first().waitFor();
  expect(await list.getByRole('option').first().getAttribute('aria-setsize')).toBe('10000');
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return list.getByRole('option', { selected: true }).getAttribute('aria-posinset');
    })
    .toBe('10000');
  await page.getByRole('heading', { name: 'Task 9999' }).waitFor();
  expect(await list.getByRole('option').count()).toBeLessThan(100);
});

test('“nothing” is said only of what was copied', async () => {
  await using window = await open(synced, twoLists(0));
  await window.page.getByText('Nothing to do here').waitFor();
  await window.page.getByRole('button', { name: 'Done', exact: true }).click();
  await window.page.getByText('Nothing is done here yet').waitFor();
  await using first = await open(state({ running: true, counts: { lists: 1 } }), twoLists(0));
  await first.page.getByText('Being copied for the first time').waitFor();
});

test('what cannot be read is said', async () => {
  await using window = await open(synced, (name, question) => {
    const { name: query } = (question ?? {}) as { name?: string };
    return name === 'ask' && query === 'tasks' ? answerWith({ items: 7 }) : twoLists(1)(name, question);
  });
  await window.page.locator('[data-code="tasks-unreadable"]').waitFor();
});
