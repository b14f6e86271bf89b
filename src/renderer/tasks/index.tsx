import { tasks } from '../../contract/tasks.ts';
import { count } from '../common/count.ts';
import type { Face } from '../common/faces.ts';
import { hitWords } from './hit-words.ts';
import { TasksView } from './tasks-view.tsx';

export const tasksFace: Face = {
  contract: tasks,
  Screen: TasksView,
  words: {
    counts: (locale, { lists = 0, tasks: open = 0 }) =>
      `${count(locale, lists, 'list')} · ${count(locale, open, 'task')} to do`,
    items: (locale, amount) => count(locale, amount, 'task'),
    list: 'Task list',
  },
  hit: hitWords,
};
