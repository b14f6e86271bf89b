import ICAL from 'ical.js';
import { expect, onTestFinished, test } from 'vitest';
import { openSnapshot } from '../../src/daemon/export/snapshot.ts';
import type { TaskControl } from '../google/tasks/control.ts';
import type { Task } from '../google/tasks/model.ts';
import { openHouse } from '../services/house.ts';
import { subject } from '../services/subjects/tasks.ts';

// Read back by ical.js, which shares nothing with what wrote it.

async function newHouse() {
  const house = await openHouse(subject);
  return { house, control: house.control as unknown as TaskControl };
}

async function exported({ house }: Awaited<ReturnType<typeof newHouse>>) {
  const { path } = await house.synced();
  const snapshot = openSnapshot(path, { tasks: subject.service });
  onTestFinished(snapshot.close);
  return [...snapshot.exported(house.ada, 'tasks')].map(({ name, items, content }) => ({
    name,
    items,
    text: [...content()].join(''),
  }));
}

const todosOf = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vtodo');

function said(todo: ICAL.Component) {
  const one = (name: string) => todo.getFirstPropertyValue(name)?.toString() ?? null;
  return {
    id: one('uid'),
    title: one('summary'),
    notes: one('description'),
    due: one('due'),
    status: one('status'),
    completed: one('completed'),
    parent: one('related-to'),
    updated: one('last-modified'),
    link: one('url'),
    links: todo.getAllProperties('attach').map((property) => property.getFirstValue()),
  };
}

function expected(task: Task) {
  const seconds = (moment: string | null | undefined) => (moment ? moment.replace('.000Z', 'Z') : null);
  const links = [...(task.links ?? []).map(({ link }) => link), task.assignmentInfo?.linkToTask];
  return {
    id: task.id,
    title: task.title || null,
    notes: task.notes ?? null,
    due: task.due?.slice(0, 10) ?? null,
    status: task.status === 'completed' ? 'COMPLETED' : 'NEEDS-ACTION',
    completed: seconds(task.completed),
    parent: task.parent ?? null,
    updated: seconds(task.updated),
    link: task.webViewLink,
    links: links.filter(Boolean),
  };
}

test('all that is seeded is read back, task by task and field by field, and as Google sent it', async () => {
  const world = await newHouse();
  const { house, control } = world;
  control.seedTasks(house.ada, { lists: 3, tasks: 300, seed: 3 });
  const files = await exported(world);
  const byId = (a: { id?: string | null }, b: { id?: string | null }) => (String(a.id) < String(b.id) ? -1 : 1);
  const lines = (files.at(-1)?.text ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const list of control.taskLists(house.ada)) {
    const tasks = control.tasks(house.ada, list.id ?? '').toSorted(byId);
    const file = files.find(({ name }) => name === `${list.title}.ics`);
    expect(file?.items).toBe(tasks.length);
    expect(
      todosOf(file?.text ?? '')
        .map(said)
        .toSorted(byId),
    ).toEqual(tasks.map(expected));
    const bodies = lines.filter((line) => line.list === list.id).map(({ body }) => body);
    expect(bodies.toSorted(byId)).toEqual(JSON.parse(JSON.stringify(tasks)));
  }
  expect(lines.filter(({ list }) => list === null).map(({ body }) => body)).toEqual(
    JSON.parse(JSON.stringify(control.taskLists(house.ada))),
  );
});

test('tasks are in Google’s order, each before those that belong to it', async () => {
  const world = await newHouse();
  const { house, control } = world;
  control.seedTasks(house.ada, { lists: 1, tasks: 0, seed: 1 });
  const list = control.taskLists(house.ada)[0]?.id ?? '';
  const put = (task: Task) => control.putTask(house.ada, list, task);
  put({ id: 'b', title: 'B', position: '00000000000000000002', status: 'completed' });
  put({ id: 'a1', title: 'A1', parent: 'a', position: '00000000000000000001' });
  put({ id: 'a', title: 'A', position: '00000000000000000001' });
  const [file] = await exported(world);
  const order = todosOf(file?.text ?? '').map((todo) => [
    todo.getFirstPropertyValue('summary'),
    Number(todo.getFirstPropertyValue('x-apple-sort-order')),
  ]);
  expect(order).toEqual([
    ['A', 1],
    ['A1', 2],
    ['B', 3],
  ]);
});

test('what somebody wrote into a task stays in it', async () => {
  const world = await newHouse();
  const { house, control } = world;
  control.seedTasks(house.ada, { lists: 1, tasks: 0, seed: 1 });
  const list = control.taskLists(house.ada)[0]?.id ?? '';
  const trap = 'x\r\nEND:VTODO\r\nBEGIN:VTODO\r\nUID:y';
  control.putTask(house.ada, list, { id: trap, title: trap, notes: trap, webViewLink: trap, parent: trap });
  const [file] = await exported(world);
  const todos = todosOf(file?.text ?? '');
  expect(todos).toHaveLength(1);
  expect(todos[0]?.getFirstPropertyValue('summary')).toBe(trap.replaceAll('\r\n', '\n'));
});
