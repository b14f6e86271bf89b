import type { Database } from 'better-sqlite3';
import { tasks as contract, type TaskListsRequest, type TaskRequest, type TasksRequest } from '../../contract/tasks.ts';
import type { CursorRows } from '../sync/cursor-rows.ts';
import type { Mirror, Service } from '../sync/service.ts';
import { readTask, readTasks } from './answers.ts';
import { taskCollections } from './collections.ts';
import { exportedTasks } from './export.ts';
import { migrations } from './tables.ts';
import { taskListRows } from './task-lists.ts';
import { taskRows } from './tasks.ts';

const hour = 3_600_000;

/** The mirror of a person's tasks. */
export const tasksService: Service = {
  contract,
  migrations,
  counts: {
    lists: { table: 'task_lists' },
    tasks: { table: 'tasks', where: (row) => `${row}.done = 0` },
  },
  // The 50,000 queries of a day are those of everybody who uses the same client:
  // https://developers.google.com/workspace/tasks/limits
  pace: { watched: hour, background: hour, battery: 2 * hour },
  open,
};

function open(db: Database, cursors: CursorRows): Mirror {
  const lists = taskListRows(db, cursors);
  const tasks = taskRows(db);
  return {
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
