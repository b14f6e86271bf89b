import { shownAddress, shownText } from '../../contract/shown-text.ts';
import type { Received } from '../google/page.ts';
import type { GoogleCalendar, GoogleEvent, GoogleLabels } from './api.ts';
import type { CalendarRow } from './calendars.ts';
import type { EventRow } from './events.ts';
import { outlineOf } from './outline.ts';
import { endOfSeries } from './series.ts';
import type { Steps } from './steps.ts';
import { readMoment, readWhen } from './when.ts';

const neutral = '#7a8699';

/** How the mirror keeps a calendar. */
export function calendarRow({ item, body }: Received<GoogleCalendar>): CalendarRow {
  const primary = item.primary === true;
  return {
    id: item.id,
    name: calendarName(item),
    color: /^#[0-9a-f]{6}$/i.test(item.backgroundColor ?? '') ? String(item.backgroundColor).toLowerCase() : neutral,
    timeZone: item.timeZone ?? null,
    primary,
    busyOnly: item.accessRole === 'freeBusyReader',
    // Google leaves `selected` out where it is false.
    shown: item.selected === true && item.hidden !== true,
    body,
  };
}

/** What a calendar is called here, as it may be shown. */
export function calendarName({ id, summary, summaryOverride }: GoogleCalendar): string {
  return shownText(summaryOverride ?? '') || shownText(summary ?? '') || shownAddress(id);
}

/** The colours of a calendar's labels by their ids, as JSON. */
export function labelColors({ labelProperties }: GoogleLabels): string {
  const colors = (labelProperties?.eventLabels ?? []).flatMap((label) => {
    const color = label?.backgroundColor?.toLowerCase() ?? '';
    return label?.id && /^#[0-9a-f]{6}$/.test(color) ? [[label.id, color] as const] : [];
  });
  return JSON.stringify(Object.fromEntries(colors));
}

/**
 * How the mirror keeps an event. One whose time cannot be read is kept too, but is in no agenda. Where the purse is empty, a
 * series is taken to have no end.
 */
export function eventRow({ item, body }: Received<GoogleEvent>, calendarZone: string | null, purse: Steps): EventRow {
  const when = readWhen(item, calendarZone);
  const recurrence = item.recurrence ?? [];
  const series = recurrence.length > 0;
  return {
    id: item.id,
    etag: item.etag ?? null,
    cancelled: item.status === 'cancelled',
    series,
    recurringEventId: item.recurringEventId ?? null,
    originalAt: readMoment(item.originalStartTime, calendarZone),
    startAt: when?.start ?? null,
    allDay: when?.kind === 'all-day',
    endAt: when && series ? endOfSeries(when, recurrence, purse) : (when?.end ?? null),
    outline: outlineOf(item),
    body,
  };
}

/** Whether the row is of an event that should have a time and has none. */
export const isMalformed = (row: EventRow): boolean => !row.cancelled && row.startAt === null;
