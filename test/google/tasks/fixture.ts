import type { Fixture } from '../core/part.ts';
import { ENDPOINTS } from './api.ts';
import type { TaskControl } from './control.ts';

const firstList = (control: TaskControl, sub: string): string => control.taskLists(sub)[0]?.id ?? '';

function idOf(control: TaskControl, sub: string, title: string): string {
  const found = control.tasks(sub, firstList(control, sub)).find((task) => task.title === title);
  if (!found?.id) throw new Error(`No task ${title}`);
  return found.id;
}

export const fixture: Fixture<TaskControl> = {
  path: ENDPOINTS.taskLists,
  add: (control, sub, title) => void control.putTask(sub, firstList(control, sub), { title }),
  rename: (control, sub, from, to) =>
    void control.putTask(sub, firstList(control, sub), { id: idOf(control, sub, from), title: to }),
  remove: (control, sub, title) => control.deleteTask(sub, firstList(control, sub), idOf(control, sub, title)),
  fill: (control, sub, amount) => control.seedTasks(sub, { lists: 3, tasks: amount, seed: 7 }),
  addOdd(control, sub) {
    const list = firstList(control, sub);
    control.putTask(sub, list, { id: 'strange', title: 7, notes: ['x'], due: { day: 5 }, parent: 3 } as object);
    control.putTask(sub, list, {
      id: 'odd',
      links: 'many',
      assignmentInfo: [],
      position: 9,
      hidden: 'perhaps',
    } as object);
  },
  forgetMarks: (control, sub) => control.forgetDeletedTasks(sub),
  truth: (control, sub) => control.taskLists(sub).map((list) => ({ list, tasks: control.tasks(sub, list.id ?? '') })),
};
