import { shownText } from '../../contract/shown-text.ts';
import type { Received } from '../google/page.ts';
import type { GoogleTask } from './api.ts';

/** A task as the mirror keeps it; `body` is what Google sent. */
export interface TaskRow {
  readonly id: string;
  readonly deleted: boolean;
  readonly parent: string | null;
  readonly position: string;
  readonly title: string;
  readonly due: string | null;
  readonly done: boolean;
  readonly body: string;
}

export function taskRow({ item, body }: Received<GoogleTask>): TaskRow {
  return {
    id: item.id,
    deleted: item.deleted === true,
    parent: item.parent ?? null,
    position: item.position ?? '',
    title: shownText(item.title ?? ''),
    due: dayOf(item.due),
    done: item.status === 'completed',
    body,
  };
}

/**
 * The day that a task is due. Google writes midnight UTC behind it, which means nothing: it may not be turned into a moment
 * of anybody's zone. https://developers.google.com/workspace/tasks/reference/rest/v1/tasks (`due`)
 */
export function dayOf(due: string | null | undefined): string | null {
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(due ?? '')?.[0] ?? null;
  return day !== null && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day) ? day : null;
}
