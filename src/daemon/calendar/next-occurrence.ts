import type { AgendaItem, OccurrenceRequest } from '../../contract/calendar.ts';
import { itemOf } from './agenda.ts';
import type { EventRows } from './events.ts';
import type { OccurrenceRows } from './occurrences.ts';
import { readOutline } from './outline.ts';
import { occurrences, stepsFor } from './series.ts';
import { readWhen, type When } from './when.ts';

const day = 86_400_000;

/** How far ahead, and then back, a series is looked through, further where there is nothing nearer. */
const reaches = [60 * day, 400 * day, 6 * 366 * day] as const;

/** A series that asks for more stands where it begins. */
const mostSteps = 20_000;

/**
 * The occurrence of an event that goes on or is next; of what is over, the last one. Null where there is no such event, or
 * nobody can say when it is.
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
  const length = first.end - first.start;
  const exceptions = new Set(source.series === 1 ? events.exceptionsOf(accountId, calendarId, eventId) : []);
  const starts = (from: number, to: number) => startsWithin(first, outline.recurrence ?? [], from, to, exceptions);
  const ahead = reaches.values().map((reach) => starts(now - length, now + reach)[0]);
  const behind = reaches.values().map((reach) => starts(now - reach, now).at(-1));
  const start = source.series === 0 ? first.start : (firstOf(ahead) ?? firstOf(behind) ?? first.start);
  return itemOf({ source, start, end: start + length, kind, incomplete: false });
}

const firstOf = (all: Iterator<number | undefined> & Iterable<number | undefined>): number | undefined =>
  Iterator.from(all).find((each) => each !== undefined);

function startsWithin(
  first: When,
  recurrence: readonly string[],
  from: number,
  to: number,
  exceptions: ReadonlySet<number>,
): number[] {
  if (stepsFor(first, recurrence, from, to) > mostSteps) return [];
  const all = occurrences(first, recurrence, from, to, Number.MAX_SAFE_INTEGER);
  return all.starts.filter((start) => !exceptions.has(start));
}
