import { calendarBegin, calendarEnd } from '../export/icalendar.ts';
import { jsonLine } from '../export/json-line.ts';
import { StorageError } from '../store/problem.ts';
import type { ExportedFile } from '../sync/service.ts';
import { ExportedTask, taskComponent } from './task-component.ts';
import type { TaskListRows } from './task-lists.ts';
import type { TaskRows } from './tasks.ts';

type Rows = { readonly lists: TaskListRows; readonly tasks: TaskRows };

/** A file of iCalendar for each list, and all of them as Google sent them. */
export function* exportedTasks({ lists, tasks }: Rows, accountId: string): Generator<ExportedFile> {
  const all = lists.list(accountId);
  for (const { id, title, open, done } of all) {
    const name = title || 'Tasks';
    yield {
      name: `${name}.ics`,
      items: open + done,
      *content() {
        yield calendarBegin(name);
        let place = 0;
        for (const body of tasks.bodies(accountId, id)) yield taskComponent(readTask(body), ++place);
        yield calendarEnd;
      },
    };
  }
  yield {
    name: 'As Google sent it.jsonl',
    items: all.reduce((sum, { open, done }) => sum + 1 + open + done, 0),
    *content() {
      for (const { id } of all) {
        yield jsonLine(null, lists.bodyOf(accountId, id) ?? 'null');
        for (const body of tasks.bodies(accountId, id)) yield jsonLine(id, body);
      }
    },
  };
}

/** What does not parse was damaged since, in a place that SQLite does not check. */
function readTask(body: string): ExportedTask {
  try {
    return ExportedTask.parse(JSON.parse(body));
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}
