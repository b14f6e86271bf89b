import { z } from 'zod';
import { basicMoment } from '../export/basic-format.ts';
import { contentLine, textLine } from '../export/content-line.ts';
import { GoogleTask } from './api.ts';
import { dayOf } from './rows.ts';

/** What of a task only its export needs. */
export const ExportedTask = GoogleTask.extend({ updated: z.string().nullish().catch(null) });
export type ExportedTask = z.infer<typeof ExportedTask>;

/** A task as iCalendar has it; `place` counts the tasks of its list. https://www.rfc-editor.org/rfc/rfc5545#section-3.6.2 */
export function taskComponent(task: ExportedTask, place: number): string {
  const done = task.status === 'completed';
  const due = dayOf(task.due)?.replaceAll('-', '');
  return [
    contentLine('BEGIN', 'VTODO'),
    textLine('UID', task.id),
    contentLine('DTSTAMP', basicMoment(task.updated) ?? '19700101T000000Z'),
    contentLine('LAST-MODIFIED', basicMoment(task.updated)),
    textLine('SUMMARY', task.title),
    textLine('DESCRIPTION', task.notes),
    contentLine('DUE', due, { VALUE: 'DATE' }),
    contentLine('STATUS', done ? 'COMPLETED' : 'NEEDS-ACTION'),
    contentLine('COMPLETED', done ? basicMoment(task.completed) : null),
    contentLine('PERCENT-COMPLETE', done ? '100' : null),
    textLine('RELATED-TO', task.parent),
    // Apple’s, and read by most others too: iCalendar itself knows no order.
    contentLine('X-APPLE-SORT-ORDER', String(place)),
    contentLine('URL', task.webViewLink),
    ...(task.links ?? []).map((each) => contentLine('ATTACH', each?.link, { LABEL: each?.description || null })),
    contentLine('ATTACH', task.assignmentInfo?.linkToTask),
    contentLine('END', 'VTODO'),
  ].join('');
}
