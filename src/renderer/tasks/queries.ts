import { z } from 'zod';
import {
  mostTaskLists,
  mostTasks,
  TaskDetails,
  TaskItem,
  TaskList,
  type TaskRequest,
  Tasks,
  type TasksRequest,
} from '../../contract/tasks.ts';
import { readUpTo } from '../common/read-up-to.ts';
import type { Query } from '../common/use-query.ts';

const unreadable = {
  code: 'tasks-unreadable',
  sentence: 'The tasks could not be read. Your copy is untouched. Quit Mooring and open it again.',
};

export const listsQuery: Query<{ readonly accounts: readonly string[] }, TaskList[]> = {
  ask: ({ accounts }) =>
    window.mooring.ask({ service: 'tasks', name: 'lists', accounts: [...accounts], params: { limit: mostTaskLists } }),
  result: z.array(TaskList),
  unreadable,
};

/** `amount` is how many tasks are wanted; each answer has only so many. */
export type TasksWish = Pick<TasksRequest, 'accountId' | 'listId' | 'done'> & { readonly amount: number };

/** The beginning of a list; null where no list is chosen. */
export const tasksQuery: Query<TasksWish | null, Tasks> = {
  async ask(wish) {
    if (wish === null) return { ok: true, value: { items: [], next: null } };
    const { amount, ...of } = wish;
    return readUpTo({ amount, most: mostTasks, answer: Tasks }, (after, limit) =>
      window.mooring.ask({
        service: 'tasks',
        name: 'tasks',
        accounts: [of.accountId],
        params: { ...of, after, limit },
      }),
    );
  },
  result: Tasks.extend({ items: z.array(TaskItem) }),
  unreadable,
};

/** What is known of one task; null where it has gone, or none is chosen. */
export const taskQuery: Query<TaskRequest | null, TaskDetails | null> = {
  ask: async (params) =>
    params === null
      ? { ok: true, value: null }
      : window.mooring.ask({ service: 'tasks', name: 'task', accounts: [params.accountId], params }),
  result: TaskDetails.nullable(),
  unreadable,
};
