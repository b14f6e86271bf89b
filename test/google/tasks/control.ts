import { z } from 'zod';
import { command } from '../core/command.ts';
import type { Double } from '../core/double.ts';
import { personOf } from '../core/model.ts';
import {
  insertList,
  listOf,
  listsOf,
  liveTasks,
  putTask,
  type Task,
  type TaskLibrary,
  type TaskList,
} from './model.ts';
import { seedTasks } from './seed.ts';

const text = z.string().min(1);
const resource = z.record(z.string(), z.unknown());
const seedSize = z.strictObject({
  lists: z.number().int().positive(),
  tasks: z.number().int().nonnegative(),
  seed: z.number().int(),
});

export type TaskControl = ReturnType<typeof taskControl>;

/** What a test can do to tasks from behind. */
export function taskControl(double: Double, library: TaskLibrary, changed: () => void) {
  const saved = <T>(result: T): T => {
    changed();
    return result;
  };
  return {
    /** Replaces a person's task lists: `tasks` in the first, a tenth as many in each other. */
    seedTasks: command([text, seedSize], (sub, size): void =>
      saved(seedTasks(library, personOf(double.state.accounts, sub), size, double.now())),
    ),
    taskLists: command([text], (sub): TaskList[] => listsOf(library, sub).map(({ list }) => list)),
    /** What a list has now: hidden, completed and assigned ones too, deleted ones not. */
    tasks: command([text, text], (sub, listId): Task[] => liveTasks(listOf(library, sub, listId))),
    insertTaskList: command(
      [text, z.string()],
      (sub, title): TaskList => saved(insertList(library, sub, title, double.now()).list),
    ),
    deleteTaskList: command([text, text], (sub, listId): void => {
      library.bySub[sub] = listsOf(library, sub).filter(({ list }) => list.id !== listId);
      changed();
    }),
    /** Adds a task, or changes the one of that id. */
    putTask: command(
      [text, text, resource],
      (sub, listId, task: Task): Task => saved(putTask(library, listOf(library, sub, listId), task, double.now())),
    ),
    deleteTask: command([text, text, text], (sub, listId, id): void => {
      saved(putTask(library, listOf(library, sub, listId), { id, deleted: true }, double.now()));
    }),
    /** Lists tell of later changes only so many milliseconds after them. */
    delayTasks: command([z.number().int().nonnegative()], (delay): void => {
      library.delay = delay;
      changed();
    }),
    /** Deletions are told of no longer, and each list refuses the next question for changes. */
    forgetDeletedTasks: command([text], (sub): void => {
      for (const list of listsOf(library, sub)) {
        list.forgotten = true;
        for (const [id, { task }] of Object.entries(list.rows)) if (task.deleted === true) delete list.rows[id];
      }
      changed();
    }),
    /** So many queries a day for all people together; null for no limit. */
    limitTaskQueries: command([z.number().int().nonnegative().nullable()], (perDay): void => {
      library.quota = perDay === null ? null : { perDay, day: 0, made: 0 };
      changed();
    }),
  };
}
