import type { AgendaItem, OccurrenceRequest } from '../../contract/calendar.ts';
import { itemOf } from './agenda.ts';
import type { EventRows } from './events.ts';
import type { OccurrenceRows } from './occurrences.ts';
import { readOutline } from './outline.ts';
import { type Found, mostOfOne, occurrences } from './series.ts';
import { stepsUpTo } from './steps.ts';
import { day, readWhen } from './when.ts';
import type { Span } from './window.ts';

/** How far ahead, and then back, a series is looked through, further where there is nothing nearer. */
const reaches = [2 * day, 60 * day, 400 * day, 6 * 366 * day] as const;

/**
 * The occurrence of an event that goes on or is next; of what is over, the last one. Null where there is no such event, or
 * nobody can say when it is. A series that asks for too much stands where it begins.
 * @throws {StorageError}
 */
export function nextOccurrence(
  { events, occurrences: rows }: { events: Pick<EventRows, 'exceptionsOf'>; occurrences: OccurrenceRows },
  { accountId, calendarId, eventId, now }: OccurrenceRequest,
): AgendaItem | null {
  const source = rows.source(accountId, calendarId, eventId);
  if (source === null) return null;
  const outline = readOutline(source.outline);
  const first = readWhen(outline, source.time_zone);
  if (first === null) return null;
  const { kind } = first;
  if (source.series === 0) return itemOf({ source, start: first.start, end: first.end, kind, incomplete: false });

  const exceptions = new Set(events.exceptionsOf(accountId, calendarId, eventId));
  const steps = stepsUpTo(mostOfOne);
  const within = (span: Span, limit: number) =>
    occurrences(first, outline.recurrence, span, { limit, exceptions, steps });
  const ahead = reaches.values().map((reach) => within({ from: now, to: now + reach }, 1).occurrences[0]);
  const behind = reaches
    .values()
    .map((reach) => within({ from: now - reach, to: now }, Number.MAX_SAFE_INTEGER))
    .map((found: Found) => found.occurrences.at(-1));
  const { start, end } = firstOf(ahead) ?? firstOf(behind) ?? first;
  return itemOf({ source, start, end, kind, incomplete: !steps.take(1) || outline.recurrence === null });
}

const firstOf = <T>(all: Iterable<T | undefined>): T | undefined =>
  Iterator.from(all).find((each) => each !== undefined);
