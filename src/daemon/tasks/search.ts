import { shownText } from '../../contract/shown-text.ts';
import type { Finding, Searchable } from '../search/searchable.ts';
import { parseTask } from './answers.ts';

interface Row {
  readonly list_id: string;
  readonly id: string;
  readonly title: string;
  readonly due: string | null;
  readonly body: string;
}

const day = 86_400_000;

/** What can be found of tasks: what is to be done, what was noted about it, and what it refers to. */
export const searchableTasks: Searchable = {
  table: 'tasks',
  columns: ['list_id', 'id', 'title', 'due', 'body'],
  find({ list_id: listId, id: taskId, title, due, body }: Row): Finding {
    const { notes, links } = parseTask(body);
    const starts = due === null ? null : Date.parse(due);
    return {
      item: JSON.stringify({ listId, taskId }),
      title,
      text: shownText([notes, ...(links ?? []).map((link) => link?.description)].filter(Boolean).join(' · '), 20_000),
      starts,
      ends: starts === null ? null : starts + day - 1,
      family: null,
    };
  },
};
