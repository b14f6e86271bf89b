import type { calendar_v3 } from '@googleapis/calendar';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

type Event = calendar_v3.Schema$Event;
type EventTime = calendar_v3.Schema$EventDateTime;

/** An instant as Google writes it: `2026-03-02T09:00:00+01:00`. */
export function timed(instantMs: number, timeZone: string): EventTime {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
  const local = zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
  return { dateTime: `${local}${zoned.offsetNanoseconds === 0 ? 'Z' : zoned.offset}`, timeZone };
}

/** The epoch milliseconds of an event time; an all-day date counts from midnight UTC. */
export function instantOf(time: EventTime | undefined): number {
  if (time?.date) return Date.parse(`${time.date}T00:00:00Z`);
  if (!time?.dateTime) return Number.NaN;
  const text = time.dateTime;
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  return Temporal.PlainDateTime.from(text).toZonedDateTime(time.timeZone ?? 'UTC').epochMilliseconds;
}

/** The original start of an instance, from what a caller gives: a date, or an instant. */
export function originalStartOf(master: Event, given: string): EventTime {
  if (master.start?.date) return { date: given.slice(0, 10) };
  return timed(Date.parse(given), master.start?.timeZone ?? 'UTC');
}

/** The id of an instance: the id of the master and the original start, `abc_20260302T080000Z` or `abc_20260302`. */
export function instanceId(masterId: string, original: EventTime): string {
  if (original.date) return `${masterId}_${original.date.replaceAll('-', '')}`;
  const utc = new Date(instantOf(original)).toISOString().slice(0, 19);
  return `${masterId}_${utc.replaceAll(/[-:]/g, '')}Z`;
}

/** The master id and the original start that an instance id is made of. */
export function readInstanceId(id: string): { masterId: string; originalStart: string } | undefined {
  const match = /^(.+)_(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/.exec(id);
  if (!match) return undefined;
  const [, masterId = '', year, month, day, hour, minute, second] = match;
  const date = `${year}-${month}-${day}`;
  return { masterId, originalStart: hour ? `${date}T${hour}:${minute}:${second}Z` : date };
}

/**
 * Whether an event lies in a window: it ends after `timeMin` and starts before `timeMax`. A recurring event counts
 * from its first start to the end of its last instance.
 */
export function overlaps(event: Event, timeMin: number, timeMax: number): boolean {
  const start = event.start ?? event.originalStartTime;
  const starts = instantOf(start);
  const length = event.end ? instantOf(event.end) - starts : 0;
  const ends = (event.recurrence ? lastStart(event) : starts) + length;
  return starts < timeMax && ends > timeMin;
}

const lastStarts = new WeakMap<Event, number>();

function lastStart(event: Event): number {
  const known = lastStarts.get(event);
  if (known !== undefined) return known;
  const rule = event.recurrence?.find((line) => line.startsWith('RRULE:'));
  const last = rule && /COUNT=|UNTIL=/.test(rule) ? lastOf(event, rule) : Number.POSITIVE_INFINITY;
  lastStarts.set(event, last);
  return last;
}

function lastOf(event: Event, rule: string): number {
  const dtstart = Temporal.Instant.fromEpochMilliseconds(instantOf(event.start)).toZonedDateTimeISO(
    event.start?.timeZone ?? 'UTC',
  );
  return new RRuleTemporal({ rruleString: rule, dtstart }).all().at(-1)?.toInstant().epochMilliseconds ?? 0;
}
