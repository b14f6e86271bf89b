import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { mostTaskLists, mostTasks, TaskList, Tasks } from '../../../src/contract/tasks.ts';
import { tasksService } from '../../../src/daemon/tasks/index.ts';
import { tasks as part } from '../../google/tasks/index.ts';
import { linesOf } from '../lines.ts';
import type { Subject } from '../subject.ts';

type Control = ReturnType<typeof part.control>;
const byId = (a: { id?: string | null }, b: { id?: string | null }) => (String(a.id) < String(b.id) ? -1 : 1);

export const subject: Subject = {
  name: 'tasks',
  service: tasksService,
  part,
  asksBy: 'updatedMin',
  readWhole: ['taskLists'],
  mirrored(db: Database, accountId) {
    const lists = db.prepare<[string], string>('SELECT body FROM task_lists WHERE account_id = ? ORDER BY id').pluck();
    const bodies = db
      .prepare<[string, string], string>('SELECT body FROM tasks WHERE account_id = ? AND list_id = ? ORDER BY id')
      .pluck();
    return lists.all(accountId).map((body) => {
      const list = JSON.parse(body) as { id: string };
      return [list, bodies.all(accountId, list.id).map((each) => JSON.parse(each))];
    });
  },
  truth(control: Control, sub) {
    const lists = [...control.taskLists(sub)].sort(byId);
    return lists.map((list) => [list, JSON.parse(JSON.stringify([...control.tasks(sub, list.id ?? '')].sort(byId)))]);
  },
  exported(files) {
    const lines = linesOf(files);
    const lists = lines.flatMap(({ list, body }) => (list === null ? [body] : [])).sort(byId);
    return lists.map((of) => [of, lines.flatMap(({ list, body }) => (list === of.id ? [body] : [])).sort(byId)]);
  },
  async titles(ask) {
    const titles: string[] = [];
    for (const { accountId, id: listId } of z.array(TaskList).parse(await ask('lists', { limit: mostTaskLists })))
      for (const done of [false, true]) {
        let after: string | null = null;
        do {
          const answer = Tasks.parse(await ask('tasks', { accountId, listId, done, after, limit: mostTasks }));
          titles.push(...answer.items.map(({ title }) => title));
          after = answer.next;
        } while (after !== null);
      }
    return titles;
  },
  list(control: Control, sub) {
    const [, second] = control.taskLists(sub);
    return { name: second?.title ?? '', endpoint: 'tasks', path: encodeURIComponent(second?.id ?? '') };
  },
  exempt: {},
};
