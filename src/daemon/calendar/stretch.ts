import { Temporal } from 'temporal-polyfill';
import { day, dayToUtc, lastDay, utcToDay } from './when.ts';
import type { Span } from './window.ts';
import { zoneNamed } from './zone-names.ts';

/** Some days in both ways of counting: as instants in the zone that asks, and as UTC days for what has no zone. */
export interface Stretch {
  readonly timed: Span;
  readonly 'all-day': Span;
  /** All that may be needed to know what lies in it. Zones reach from UTC-12 to UTC+14. */
  readonly around: Span;
  /** When a day, as midnight UTC, begins in the zone that asks. */
  midnight(utc: number): number;
  /** The last day, as midnight UTC, that has begun at a moment in the zone that asks. */
  dayAt(moment: number): number;
}

/** A year, and the days around it that a view of months shows. */
const mostDays = 400;

/** @throws {RangeError} where a day or the zone does not exist, or the days are too many. */
export function readStretch({ from, to, timeZone: zone }: { from: string; to: string; timeZone: string }): Stretch {
  const known = zoneNamed(zone);
  if (known === null) throw new RangeError(`There is no time zone ${JSON.stringify(zone)}.`);
  const first = dayToUtc(from);
  const last = dayToUtc(to);
  if (first === null || last === null) throw new RangeError('There is no such day.');
  if (last - first > mostDays * day) throw new RangeError(`An agenda is of at most ${mostDays} days.`);
  const timeZone = known;
  const midnights = new Map<number, number>();

  function midnight(utc: number): number {
    const known = midnights.get(utc);
    if (known !== undefined) return known;
    const date = Temporal.PlainDate.from(utcToDay(Math.min(utc, lastDay)));
    const at = date.toZonedDateTime(timeZone).epochMilliseconds;
    midnights.set(utc, at);
    return at;
  }

  const timed = { from: midnight(first), to: midnight(last) };
  return {
    timed,
    'all-day': { from: first, to: last },
    around: { from: Math.min(timed.from, first) - day, to: Math.max(timed.to, last) + day },
    midnight,
    dayAt: (moment) =>
      dayToUtc(Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString()) ??
      first,
  };
}
