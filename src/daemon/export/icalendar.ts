import { contentLine, textLine } from './content-line.ts';

/** How a file of iCalendar begins; `name` is what a person calls what is in it. https://www.rfc-editor.org/rfc/rfc5545#section-3.4 */
export const calendarBegin = (name: string, more: readonly string[] = []): string =>
  [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('VERSION', '2.0'),
    contentLine('PRODID', '-//Mooring//Export//EN'),
    contentLine('CALSCALE', 'GREGORIAN'),
    textLine('NAME', name),
    // What programs read that are older than https://www.rfc-editor.org/rfc/rfc7986#section-5.1
    textLine('X-WR-CALNAME', name),
    ...more,
  ].join('');

export const calendarEnd = contentLine('END', 'VCALENDAR');
