import type { tasks_v1 } from '@googleapis/tasks';

export type Task = tasks_v1.Schema$Task;
export type TaskList = tasks_v1.Schema$TaskList;

/** All tasks of all people, as plain JSON. */
export interface TaskLibrary {
  /** Goes up by one with every change; ETags and ids are made of it. */
  version: number;
  bySub: Record<string, List[]>;
  /** For so many milliseconds after a change, lists tell what was before it. */
  delay: number;
  /** Queries that all people together may make in a day, and those of the day so far; null for as many as they like. */
  quota: { perDay: number; day: number; made: number } | null;
}

export interface List {
  list: TaskList;
  rows: Record<string, Row>;
  /** Deletions are told of no longer, and the next question for changes is refused once. */
  forgotten: boolean;
}

/** A task, or the tombstone of one. Tasks are replaced, never mutated. */
export interface Row {
  task: Task;
  /** What it was before, null for nothing, and until when that is what lists tell. */
  before: Task | null;
  visibleAt: number;
}

export function listsOf(library: TaskLibrary, sub: string): List[] {
  return library.bySub[sub] ?? [];
}

export function listOf(library: TaskLibrary, sub: string, id: string): List {
  const found = listsOf(library, sub).find(({ list }) => list.id === id);
  if (!found) throw new Error(`No task list ${id}`);
  return found;
}

const self = (path: string) => `https://www.googleapis.com/tasks/v1/${path}`;

/** Google keeps the day that a task is due, and drops the hour. */
const dayOnly = (due: string) => `${due.slice(0, 10)}T00:00:00.000Z`;

export function insertList(library: TaskLibrary, sub: string, title: string, now: number): List {
  library.version += 1;
  const id = Buffer.from(`list ${sub} ${library.version}`).toString('base64url');
  const made: List = {
    list: {
      kind: 'tasks#taskList',
      id,
      etag: `"${library.version}"`,
      title,
      updated: new Date(now).toISOString(),
      selfLink: self(`users/@me/lists/${id}`),
    },
    rows: {},
    forgotten: false,
  };
  library.bySub[sub] = [...listsOf(library, sub), made];
  return made;
}

/** Adds a task, or changes the one of that id, as of `now`. */
export function putTask(library: TaskLibrary, { list, rows }: List, given: Task, now: number): Task {
  library.version += 1;
  const id = given.id ?? Buffer.from(`task ${library.version}`).toString('base64url');
  const before = rows[id]?.task ?? null;
  const task: Task = {
    kind: 'tasks#task',
    status: 'needsAction',
    position: String(library.version).padStart(20, '0'),
    selfLink: self(`lists/${list.id}/tasks/${id}`),
    webViewLink: `https://tasks.google.com/task/${id}?sa=6`,
    links: [],
    ...before,
    ...given,
    id,
    etag: `"${library.version}"`,
    updated: new Date(now).toISOString(),
  };
  if (typeof given.due === 'string') task.due = dayOnly(given.due);
  if (given.status === 'completed') task.completed ??= task.updated ?? null;
  rows[id] = { task, before, visibleAt: now + library.delay };
  return task;
}

/** What there is now, deleted ones apart, whether lists tell of it yet or not. */
export function liveTasks({ rows }: List): Task[] {
  return Object.values(rows).flatMap(({ task }) => (task.deleted === true ? [] : [task]));
}
