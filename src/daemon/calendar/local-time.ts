import { Temporal } from 'temporal-polyfill';
import { civilDate, dayOf } from './civil.ts';
import { day } from './when.ts';

// A local time is what clocks and calendars show, written in milliseconds as if the zone were UTC. Rules count in it.

/**
 * The moment of a local time: one that the clocks leave out is as much later, and of two the first, as RFC 5545 has it:
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5
 */
export const momentOf = (local: number, zone: string): number => plainOf(local).toZonedDateTime(zone).epochMilliseconds;

/** The moments at which clocks show a local time; the one of {@link momentOf} where they never do. */
export function momentsOf(local: number, zone: string): number[] {
  const first = momentOf(local, zone);
  const last = plainOf(local).toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
  return first === last ? [first] : [first, last];
}

/** What the clocks of a zone show at a moment. */
export function localOf(moment: number, zone: string): number {
  return moment + Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}

/** The longest time that clocks were ever moved by: https://en.wikipedia.org/wiki/International_Date_Line#Samoan_Islands */
const farthestMove = 25 * 3_600_000;

/**
 * What the clocks of a zone show at a moment, and what they would show if they had not been moved shortly before: times in
 * between may be placed on either side of the moment.
 */
export function clocksNear(moment: number, zone: string): readonly [number, number] {
  const at = Math.max(-greatestMoment, Math.min(greatestMoment, moment));
  return [localOf(at, zone), localOf(at - farthestMove, zone) + farthestMove];
}

/** Temporal knows a little more. */
const greatestMoment = 8_600_000_000_000_000;

function plainOf(local: number): Temporal.PlainDateTime {
  const { year, month, date } = civilDate(dayOf(local));
  const time = local - dayOf(local) * day;
  const parts = [time / 3_600_000, (time / 60_000) % 60, (time / 1_000) % 60, time % 1_000].map(Math.floor);
  return new Temporal.PlainDateTime(year, month, date, ...parts);
}
