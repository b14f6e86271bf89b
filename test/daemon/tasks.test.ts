import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { mostTasks, TaskDetails, TaskList, Tasks } from '../../src/contract/tasks.ts';
import { dayOf } from '../../src/daemon/tasks/rows.ts';
import type { TaskControl } from '../google/tasks/control.ts';
import type { Task } from '../google/tasks/model.ts';
import { openHouse } from '../services/house.ts';
import { subject } from '../services/subjects/tasks.ts';

// What of tasks no other service has; the rules of all services are in `test/services/conformance.test.ts`.

async function newHouse() {
  const house = await openHouse(subject);
  const control = house.control as unknown as Pick<typeof house.control, 'now' | 'moveClock'> & TaskControl;
  control.seedTasks(house.ada, { lists: 1, tasks: 0, seed: 1 });
  const list = control.taskLists(house.ada)[0]?.id ?? '';
  const put = (task: Task) => control.putTask(house.ada, list, task);
  return { house, control, list, put };
}

type House = Awaited<ReturnType<typeof newHouse>>;

async function read({ house, list }: House, daemon: Awaited<ReturnType<House['house']['synced']>>, done = false) {
  const items: Tasks['items'] = [];
  let after: string | null = null;
  do {
    const params = { accountId: house.ada, listId: list, done, after, limit: 2 };
    const answer: Tasks = Tasks.parse(await daemon.ask('tasks', params));
    items.push(...answer.items);
    after = answer.next;
  } while (after !== null);
  return items;
}

describe('the order of tasks', () => {
  test('is Google’s: by position among those of one parent, each followed by its own, page by page', async () => {
    const world = await newHouse();
    const { put, house } = world;
    put({ id: 'c', title: 'C', position: '00000000000000000003' });
    put({ id: 'a', title: 'A', position: '00000000000000000001' });
    put({ id: 'a2', title: 'A2', parent: 'a', position: '00000000000000000009' });
    put({ id: 'b', title: 'B', position: '00000000000000000002' });
    put({ id: 'a1', title: 'A1', parent: 'a', position: '00000000000000000004' });
    put({ id: 'lost', title: 'Lost', parent: 'nobody', position: '00000000000000000005' });
    const daemon = await house.synced();
    const items = await read(world, daemon);
    expect(items.map(({ title, sub }) => `${sub ? '  ' : ''}${title}`)).toEqual([
      'A',
      '  A1',
      '  A2',
      'B',
      'C',
      'Lost',
    ]);
  });

  test('has what is done apart, hidden or not', async () => {
    const world = await newHouse();
    world.put({ id: 'a', title: 'A' });
    world.put({ id: 'b', title: 'B', status: 'completed' });
    world.put({ id: 'c', title: 'C', status: 'completed', hidden: true });
    const daemon = await world.house.synced();
    expect((await read(world, daemon)).map(({ title }) => title)).toEqual(['A']);
    expect((await read(world, daemon, true)).map(({ title }) => title)).toEqual(['B', 'C']);
    const [list] = TaskList.array().parse(await daemon.ask('lists', { limit: 10 }));
    expect(list).toMatchObject({ title: 'My Tasks', open: 1, done: 2 });
    expect(daemon.status().counts).toEqual({ lists: 1, tasks: 1 });
  });

  test('refuses a place that no answer named', async () => {
    const { house, list } = await newHouse();
    const daemon = await house.synced();
    const params = { accountId: house.ada, listId: list, done: false, limit: mostTasks };
    for (const after of ['x', '[]', '["a"]', '{"a":1}']) {
      await expect(daemon.ask('tasks', { ...params, after })).rejects.toThrow();
    }
  });
});

test('all that is known of a task is told, and links only where they lead to the web', async () => {
  const { house, list, put } = await newHouse();
  put({
    id: 'a',
    title: 'A',
    notes: 'First,\nthen.',
    due: '2026-03-05T17:30:00Z',
    parent: 'p',
    links: [
      { description: 'Booking', link: 'https://mail.google.com/mail/' },
      { description: 'Trap', link: 'javascript:alert(1)' },
    ],
    assignmentInfo: { surfaceType: 'DOCUMENT', linkToTask: 'https://docs.google.com/document/d/x' },
  });
  put({ id: 'p', title: 'P' });
  const daemon = await house.synced();
  const task = async (taskId: string) =>
    TaskDetails.nullable().parse(await daemon.ask('task', { accountId: house.ada, listId: list, taskId }));
  expect(await task('a')).toMatchObject({
    parent: 'P',
    list: 'My Tasks',
    due: '2026-03-05',
    doneAt: null,
    assignedIn: 'document',
  });
  expect((await task('a'))?.links.map(({ href }) => href)).toEqual([
    'https://mail.google.com/mail/',
    'https://docs.google.com/document/d/x',
  ]);
  expect(await task('nobody')).toBeNull();
});

test.each([
  ['2026-03-05T00:00:00.000Z', '2026-03-05'],
  ['2026-03-05', '2026-03-05'],
  ['2026-02-30T00:00:00.000Z', null],
  ['soon', null],
  [null, null],
])('a task that is due %s is due on the day %s', (due, day) => expect(dayOf(due)).toBe(day));

describe('changes', () => {
  test('that show late are met, because Google’s clock is asked from some minutes before', async () => {
    const world = await newHouse();
    const { house, control, put } = world;
    const daemon = await house.synced();
    control.delayTasks(60_000);
    put({ id: 'late', title: 'Late' });
    await daemon.sync();
    expect(await read(world, daemon)).toEqual([]);
    control.moveClock(120_000);
    await daemon.sync();
    expect((await read(world, daemon)).map(({ title }) => title)).toEqual(['Late']);
  });

  test('are asked for from before the last reading began, by no clock of this computer', async () => {
    const { house, control, put } = await newHouse();
    put({ id: 'a', title: 'A' });
    const daemon = await house.synced();
    daemon.clock.set(daemon.clock.now() + 5 * 60_000);
    await daemon.sync();
    const since = house.requests().flatMap(({ query }) => query['updatedMin'] ?? []);
    expect(since).toEqual([new Date(Math.floor(control.now() / 1000) * 1000 - 300_000).toISOString()]);
    // What comes twice is no change.
    const { revision } = daemon.status();
    await daemon.sync();
    expect(daemon.status().revision).toBe(revision);
  });

  test('are told no longer after a week without one, so everything is read', async () => {
    const { house } = await newHouse();
    const daemon = await house.synced();
    daemon.clock.set(daemon.clock.now() + 7 * 86_400_000);
    await daemon.sync();
    expect(house.requests().filter(({ query }) => 'updatedMin' in query)).toEqual([]);
  });
});

describe('the queries of a day', () => {
  test('are no more than may be, whoever begins anew; tomorrow it goes on where it was', async () => {
    const { house, control } = await newHouse();
    control.seedTasks(house.ada, { lists: 2, tasks: 900, seed: 5 });
    house.control.limitPages(5);
    const first = await house.synced();
    const spent = { kind: 'budget-spent', resumesAt: Date.parse('2026-11-03T00:00:00Z') };
    expect(first.status().failure).toEqual(spent);
    const asked = () => house.requests().length;
    await first.sync();
    expect(asked()).toBe(0);
    await first.daemon.stop();
    const again = await house.synced({ path: first.path, clock: first.clock });
    expect([again.status().failure, asked()]).toEqual([spent, 0]);
    expect(again.status().counts['tasks']).toBeGreaterThan(300);
    house.control.moveClock(86_400_000);
    again.clock.advance(86_400_000);
    await again.sync();
    expect(again.status().failure).toBeNull();
    expect(house.mirrored(again.path)).toEqual(house.truth());
  });

  test('come back at once where the clock is set to another day', async () => {
    const { house, control } = await newHouse();
    control.seedTasks(house.ada, { lists: 2, tasks: 900, seed: 5 });
    house.control.limitPages(5);
    const daemon = await house.synced();
    expect(daemon.status().failure).toMatchObject({ kind: 'budget-spent' });
    await daemon.daemon.stop();
    daemon.clock.set(daemon.clock.now() - 400 * 86_400_000);
    const again = await house.synced({ path: daemon.path, clock: daemon.clock });
    expect(again.status().failure?.kind).not.toBe('observed');
    expect(house.mirrored(again.path)).toEqual(house.truth());
  });
});

test('a list that goes takes its tasks and how far it was read along', async () => {
  const { house, control, list, put } = await newHouse();
  put({ id: 'a', title: 'A' });
  const daemon = await house.synced();
  control.deleteTaskList(house.ada, list);
  await daemon.sync();
  const db = new Database(daemon.path, { readonly: true });
  expect(db.prepare('SELECT count(*) FROM tasks').pluck().get()).toBe(0);
  expect(db.prepare("SELECT list FROM cursors WHERE service = 'tasks' AND list LIKE 'tasks:%'").all()).toEqual([]);
  db.close();
});
