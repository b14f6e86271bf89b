import { z } from 'zod';
import type { ServiceContract } from './service.ts';
import { WebAddress } from './web-address.ts';

/** What others wrote, cut for showing: see shown-text.ts. */
const ShownText = z.string().max(1_000);
const AccountId = z.string().max(255);
const GoogleId = z.string().max(1_100);

/** A calendar day, `YYYY-MM-DD`: Google keeps no hour of a task. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Tasks of one answer. */
export const mostTasks = 500;

/** Lists of one answer. */
export const mostTaskLists = 2_000;

export const TaskListsRequest = z.strictObject({ limit: z.number().int().min(1).max(mostTaskLists) });
export type TaskListsRequest = z.infer<typeof TaskListsRequest>;

export const TaskList = z.strictObject({
  accountId: AccountId,
  id: GoogleId,
  title: ShownText,
  /** How many are to be done. */
  open: z.number().int(),
  /** How many are done. */
  done: z.number().int(),
});
export type TaskList = z.infer<typeof TaskList>;

/** Which tasks of a list; those that are done, or those that are to be done. */
export const TasksRequest = z.strictObject({
  accountId: AccountId,
  listId: GoogleId,
  done: z.boolean(),
  /** The `next` of the answer before; null for the beginning. */
  after: z.string().max(8_192).nullable(),
  limit: z.number().int().min(1).max(mostTasks),
});
export type TasksRequest = z.infer<typeof TasksRequest>;

export const TaskItem = z.strictObject({
  id: GoogleId,
  title: ShownText,
  due: Day.nullable(),
  done: z.boolean(),
  /** Whether it belongs to the task above it. */
  sub: z.boolean(),
});
export type TaskItem = z.infer<typeof TaskItem>;

/** Tasks in Google's order, each followed by those that belong to it. */
export const Tasks = z.strictObject({
  items: z.array(TaskItem).max(mostTasks),
  /** Where to read on; null when this was all. */
  next: z.string().max(8_192).nullable(),
});
export type Tasks = z.infer<typeof Tasks>;

export const TaskRequest = z.strictObject({ accountId: AccountId, listId: GoogleId, taskId: GoogleId });
export type TaskRequest = z.infer<typeof TaskRequest>;

/** All that is known of a task. */
export const TaskDetails = z.strictObject({
  title: ShownText,
  list: ShownText,
  /** The task that it belongs to. */
  parent: ShownText.nullable(),
  notes: z.string().max(10_000),
  due: Day.nullable(),
  /** Epoch milliseconds; null while it is to be done. */
  doneAt: z.number().nullable(),
  /** Where somebody assigned it; null where nobody did. */
  assignedIn: z.enum(['document', 'space', 'elsewhere']).nullable(),
  links: z.array(z.strictObject({ label: ShownText, href: WebAddress })).max(50),
  /** The task on Google's page. */
  link: WebAddress.nullable(),
});
export type TaskDetails = z.infer<typeof TaskDetails>;

export const tasks = {
  name: 'Tasks',
  things: 'your tasks',
  reads: 'your task lists and the tasks in them',
  why: 'What you have to do is on this computer, with or without a network.',
  scopes: ['https://www.googleapis.com/auth/tasks.readonly'],
  api: 'Google Tasks API',
  root: 'https://tasks.googleapis.com',
  queries: {
    lists: { params: TaskListsRequest, result: z.array(TaskList).max(mostTaskLists) },
    tasks: { params: TasksRequest, result: Tasks },
    /** Null where there is no such task. */
    task: { params: TaskRequest, result: TaskDetails.nullable() },
  },
} as const satisfies ServiceContract;
