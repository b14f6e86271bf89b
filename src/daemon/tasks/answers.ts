import { z } from 'zod';
import { shownText } from '../../contract/shown-text.ts';
import type { TaskDetails, TaskRequest, Tasks, TasksRequest } from '../../contract/tasks.ts';
import { WebAddress } from '../../contract/web-address.ts';
import { GoogleTask } from './api.ts';
import { dayOf } from './rows.ts';
import type { TaskListRows } from './task-lists.ts';
import { type Place, start, type TaskRows } from './tasks.ts';

const After = z.tuple([z.string(), z.string(), z.number(), z.string(), z.string()]);

/** @throws {RangeError} for a place that no answer named. */
export function readTasks(tasks: TaskRows, { after, limit, ...of }: TasksRequest): Tasks {
  const found = tasks.read(of, after === null ? start : readPlace(after), limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const place = last && ([last.top, last.topId, last.sub, last.position, last.id] satisfies Place);
  return {
    items: shown.map(({ id, title, due, done, sub }) => ({ id, title, due, done: done === 1, sub: sub === 1 })),
    next: found.length > limit && place ? JSON.stringify(place) : null,
  };
}

function readPlace(text: string): Place {
  try {
    return After.parse(JSON.parse(text));
  } catch (cause) {
    throw new RangeError('There is no such place among the tasks.', { cause });
  }
}

/** All that is known of a task; null where there is none. */
export function readTask(
  { lists, tasks }: { lists: TaskListRows; tasks: TaskRows },
  { accountId, listId, taskId }: TaskRequest,
): TaskDetails | null {
  const body = tasks.bodyOf(accountId, listId, taskId);
  if (body === null) return null;
  const task = parseTask(body);
  const above = task.parent ? tasks.bodyOf(accountId, listId, task.parent) : null;
  const parent = above === null ? null : parseTask(above);
  const doneAt = Date.parse(task.completed ?? '');
  return {
    title: shownText(task.title ?? ''),
    list: lists.titleOf(accountId, listId) ?? '',
    parent: parent === null ? null : shownText(parent.title ?? ''),
    notes: shownText(task.notes ?? '', 10_000),
    due: dayOf(task.due),
    doneAt: Number.isNaN(doneAt) ? null : doneAt,
    assignedIn: assignedIn(task),
    links: linksOf(task).slice(0, 50),
    link: addressOf(task.webViewLink),
  };
}

/** The task of a row of ours. */
export const parseTask = (body: string): GoogleTask => GoogleTask.parse(JSON.parse(body));

function assignedIn({ assignmentInfo }: GoogleTask): TaskDetails['assignedIn'] {
  if (!assignmentInfo) return null;
  switch (assignmentInfo.surfaceType) {
    case 'DOCUMENT':
      return 'document';
    case 'SPACE':
      return 'space';
    default:
      return 'elsewhere';
  }
}

/** What it refers to, then where it was assigned. */
function linksOf({ links, assignmentInfo }: GoogleTask): TaskDetails['links'] {
  const all = [...(links ?? []), { description: 'Where it was assigned', link: assignmentInfo?.linkToTask }];
  return all.flatMap((each) => {
    const href = addressOf(each?.link);
    return href === null ? [] : [{ label: shownText(each?.description ?? '') || shownText(href), href }];
  });
}

const addressOf = (text: string | null | undefined): string | null => WebAddress.safeParse(text).data ?? null;
