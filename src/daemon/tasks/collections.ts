import { shownText } from '../../contract/shown-text.ts';
import type { WayToGoogle } from '../google/http.ts';
import { pagesFeed } from '../sync/feeds/pages.ts';
import { updatedSinceFeed } from '../sync/feeds/updated-since.ts';
import { type ReadyList, readyList } from '../sync/service.ts';
import { googleTasks } from './api.ts';
import { taskRow } from './rows.ts';
import { type TaskListRows, tasksKey } from './task-lists.ts';
import type { TaskRows } from './tasks.ts';

/** Nobody says how long deleted tasks are told of. */
const week = 7 * 86_400_000;

/** The task lists of an account, then the tasks of each. */
export function* taskCollections({
  accountId,
  get,
  answeredAt,
  lists,
  tasks,
}: WayToGoogle & { accountId: string; lists: TaskListRows; tasks: TaskRows }): Generator<ReadyList> {
  const google = googleTasks(get);

  /** The last answer of this sync came before whatever is read now. */
  async function serverTime(signal: AbortSignal): Promise<number> {
    if (answeredAt() === null) await google.touch(signal);
    // Without a date nothing is asked by: the list is then told from its beginning.
    return answeredAt() ?? 0;
  }

  yield readyList({
    key: 'lists',
    name: null,
    feed: pagesFeed({ read: google.lists, rereadAfter: 0 }),
    put: (items, generation) =>
      items.filter(({ item, body }) => {
        return lists.put(accountId, { id: item.id, title: shownText(item.title ?? ''), body }, generation);
      }).length > 0,
    count: (generation) => lists.met(accountId, generation),
    sweep: (generation) => lists.sweep(accountId, generation),
  });

  for (const { id, title } of lists.list(accountId)) {
    yield readyList({
      key: tasksKey(id),
      name: title,
      feed: updatedSinceFeed({
        read: (position, signal) => google.tasks(id, position, signal),
        serverTime,
        rereadAfter: week,
      }),
      put: (items, generation) =>
        items.filter((received) => tasks.put(accountId, id, taskRow(received), generation)).length > 0,
      count: (generation) => tasks.met(accountId, id, generation),
      sweep: (generation) => tasks.sweep(accountId, id, generation),
      // A list that is gone: the list of lists will say so.
      skips: (observation) => observation.kind === 'answer' && observation.status === 404,
    });
  }
}
