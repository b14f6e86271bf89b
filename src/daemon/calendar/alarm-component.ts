import { contentLine, textLine } from '../export/content-line.ts';
import type { Reminders, WholeEvent } from './whole-event.ts';

/** Reminders as iCalendar has them; letters go to the calendar's own address. https://www.rfc-editor.org/rfc/rfc5545#section-3.6.6 */
export function alarmComponents(reminders: Reminders, { summary }: WholeEvent, address: string): string[] {
  const title = summary || 'Reminder';
  return reminders.map(({ method, minutes }) =>
    [
      contentLine('BEGIN', 'VALARM'),
      contentLine('ACTION', method === 'email' ? 'EMAIL' : 'DISPLAY'),
      contentLine('TRIGGER', `${minutes < 0 ? '' : '-'}PT${Math.abs(minutes)}M`),
      textLine('DESCRIPTION', title),
      ...(method === 'email' ? [textLine('SUMMARY', title), contentLine('ATTENDEE', address)] : []),
      contentLine('END', 'VALARM'),
    ].join(''),
  );
}
