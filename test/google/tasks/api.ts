import type { tasks_v1 } from '@googleapis/tasks';
import type { Hono } from 'hono';
import { personFor } from '../core/access.ts';
import type { Ctx, Double, Env } from '../core/double.ts';
import { apiError, badParameter, notFound, problemFor, unsupported } from '../core/errors.ts';
import { fieldsOf } from '../core/fields.ts';
import { digestOf, followPageToken, freeze, listText, NOT_BOUND, readPage } from '../core/listing.ts';
import type { Api } from '../core/part.ts';
import { type List, listsOf, type Row, type Task, type TaskLibrary } from './model.ts';

export const API: Api = { name: 'Google Tasks API', product: 'Tasks', service: 'tasks.googleapis.com' };

export const ENDPOINTS = {
  taskLists: '/tasks/v1/users/@me/lists',
  tasks: '/tasks/v1/lists/:listId/tasks',
} as const;

const TASKS = 'https://www.googleapis.com/auth/tasks';
export const SCOPES = [TASKS, `${TASKS}.readonly`];

/** What the consent page says of each. */
export const SCOPE_WORDS: Readonly<Record<string, string>> = {
  [TASKS]: 'Create, edit, organize, and delete all your tasks',
  [`${TASKS}.readonly`]: 'View your tasks',
};

interface ListMethod {
  readonly items: readonly object[];
  readonly kind: string;
  readonly size: { readonly usual: number; readonly most: number };
  readonly etag: string;
}

/**
 * Tasks v1, the two lists that a mirror reads.
 * @see https://developers.google.com/workspace/tasks/reference/rest
 */
export function taskRoutes(app: Hono<Env>, double: Double, library: TaskLibrary): void {
  const etag = () => `"${library.version}"`;

  app.get(ENDPOINTS.taskLists, (c) => {
    const sub = personFor(double, c, API, SCOPES);
    if (sub instanceof Response) return sub;
    const refused = spend(double, library);
    if (refused) return refused;
    const items = listsOf(library, sub).map(({ list }) => list);
    return answer(double, c, sub, {
      items,
      kind: 'tasks#taskLists',
      size: { usual: 1_000, most: 1_000 },
      etag: etag(),
    });
  });

  app.get(ENDPOINTS.tasks, (c) => {
    const sub = personFor(double, c, API, SCOPES);
    if (sub instanceof Response) return sub;
    const refused = spend(double, library);
    if (refused) return refused;
    const list = listsOf(library, sub).find((each) => each.list.id === c.req.param('listId'));
    if (!list) return notFound();
    const query = new URL(c.req.url).searchParams;
    const other = ['completedMin', 'completedMax', 'dueMin', 'dueMax'].find((name) => query.has(name));
    if (other) return unsupported(other);
    const since = query.get('updatedMin');
    if (since !== null && Number.isNaN(Date.parse(since))) return badParameter('updatedMin', 'Invalid value');
    if (since !== null && list.forgotten) {
      list.forgotten = false;
      return apiError({
        status: 410,
        reason: 'updatedMinTooLongAgo',
        message: 'The requested minimum is too long ago.',
      });
    }
    const items = told(list, query, double.now());
    return answer(double, c, sub, { items, kind: 'tasks#tasks', size: { usual: 20, most: 100 }, etag: etag() });
  });
}

/** The tasks that a request is told of, as they were when they last could be seen. */
function told(list: List, query: URLSearchParams, now: number): Task[] {
  const asked = (name: string, usual: boolean) => (query.get(name) ?? String(usual)) === 'true';
  const since = Date.parse(query.get('updatedMin') ?? '');
  const seen = ({ task, before, visibleAt }: Row) => (now >= visibleAt ? task : before);
  return Object.values(list.rows).flatMap((row) => {
    const task = seen(row);
    if (task === null) return [];
    if (task.deleted === true && !asked('showDeleted', false)) return [];
    if (task.hidden === true && !asked('showHidden', false)) return [];
    if (task.status === 'completed' && !asked('showCompleted', true)) return [];
    if (task.assignmentInfo && !asked('showAssigned', false)) return [];
    return Number.isNaN(since) || Date.parse(task.updated ?? '') >= since ? [task] : [];
  });
}

/** Counts a query of anybody's; the quota is the whole project's and comes back at midnight in California. */
function spend(double: Double, { quota }: TaskLibrary): Response | undefined {
  if (quota === null) return undefined;
  const day = Math.floor((double.now() - 8 * 3_600_000) / 86_400_000);
  if (quota.day !== day) Object.assign(quota, { day, made: 0 });
  quota.made += 1;
  return quota.made > quota.perDay ? apiError(problemFor(API, 403, 'dailyLimitExceeded')) : undefined;
}

function answer(double: Double, c: Ctx, sub: string, { items, kind, size, etag }: ListMethod): Response {
  const query = new URL(c.req.url).searchParams;
  const fields = fieldsOf(query);
  if (fields instanceof Response) return fields;
  const wanted = query.get('maxResults') ?? String(size.usual);
  if (!/^[1-9]\d*$/.test(wanted)) return badParameter('maxResults', 'Invalid value');
  const bound = `${new URL(c.req.url).pathname} ${digestOf(query, NOT_BOUND)}`;
  const pageToken = query.get('pageToken');
  const found =
    pageToken === null
      ? {
          snapshot: freeze(double, { sub, digest: bound, items, last: {}, etag, emptyPages: false }),
          offset: 0,
          page: 0,
        }
      : followPageToken(double, pageToken, sub, bound);
  if (!found) return badParameter('pageToken', 'Invalid value');
  const most = Math.min(Number(wanted), size.most);
  const page = readPage(double, found.snapshot, found.offset, found.page, most);
  const head: tasks_v1.Schema$Tasks = { kind, etag, ...page.head };
  return c.body(listText(head, 'items', page.items, fields, query.get('fields') ?? ''), 200, {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'private',
  });
}
