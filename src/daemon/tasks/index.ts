import type { Database } from 'better-sqlite3';
import { tasks as contract, type TaskListsRequest, type TaskRequest, type TasksRequest } from '../../contract/tasks.ts';
import type { CursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { readTask, readTasks } from './answers.ts';
import { taskCollections } from './collections.ts';
import { exportedTasks } from './export.ts';
import { searchableTasks } from './search.ts';
import { migrations } from './tables.ts';
import { type TaskListRows, taskListRows } from './task-lists.ts';
import { type TaskRows, taskRows } from './tasks.ts';

const hour = 3_600_000;

/** The mirror of a person's tasks. */
export interface TasksMirror extends Mirror {
  readonly taskLists: TaskListRows;
  readonly tasks: TaskRows;
}

export const tasksService: Service<TasksMirror> = {
  contract,
  migrations,
  counts: {
    lists: { table: 'task_lists' },
    tasks: { table: 'tasks', where: (row) => `${row}.done = 0` },
  },
  searchable: [searchableTasks],
  // The 50,000 queries of a day are those of everybody who uses the same client:
  // https://developers.google.com/workspace/tasks/limits
  pace: { watched: hour, background: hour, battery: 2 * hour },
  queriesPerDay: 150,
  open,
};

function open(db: Database, cursors: CursorRows): TasksMirror {
  const lists = taskListRows(db, cursors);
  const tasks = taskRows(db);
  return {
    taskLists: lists,
    tasks,
    lists: (of) => taskCollections({ ...of, lists, tasks }),
    listCount: lists.count,
    answers: {
      lists: (accountIds, { limit }: TaskListsRequest) =>
        accountIds
          .flatMap((accountId) => lists.list(accountId).map((list) => ({ accountId, ...list })))
          .slice(0, limit),
      tasks: (accountIds, request: TasksRequest) =>
        accountIds.includes(request.accountId) ? readTasks(tasks, request) : { items: [], next: null },
      task: (accountIds, request: TaskRequest) =>
        accountIds.includes(request.accountId) ? readTask({ lists, tasks }, request) : null,
    },
    exported: (accountId) => exportedTasks({ lists, tasks }, accountId),
    erase: lists.removeAll,
  };
}
