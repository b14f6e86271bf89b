import { Temporal } from 'temporal-polyfill';
import { basicDay, basicLocal, basicUtc, isWritable, lastWritable } from '../export/basic-format.ts';
import { contentLine } from '../export/content-line.ts';
import { type Occurrence, occurrencesOf } from './listed-dates.ts';
import { readDateLists } from './recurrence-lines.ts';
import { agreeingUntil } from './until.ts';
import { readMoment, type When } from './when.ts';
import type { WholeEvent } from './whole-event.ts';
import { knownZone } from './zone-names.ts';

const utcNames: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT']);

/** Whether moments in this zone are written without naming it. */
const isUtc = (zone: string): boolean => utcNames.has(zone);

/** The zones whose clocks the moments of an event are written by. */
export function zonesOf(event: WholeEvent, when: When, calendarZone: string | null): string[] {
  const original = event.originalStartTime?.dateTime ? [originalZone(event, calendarZone)] : [];
  const own = when.kind === 'timed' ? [when.zone, endZone(event, calendarZone)] : [];
  return [...own, ...original].filter((zone) => !isUtc(zone));
}

const endZone = ({ start, end }: WholeEvent, calendarZone: string | null) =>
  knownZone(end?.timeZone, start?.timeZone, calendarZone);

const originalZone = ({ start, originalStartTime }: WholeEvent, calendarZone: string | null) =>
  knownZone(originalStartTime?.timeZone, start?.timeZone, calendarZone);

/** When the event is, its series too: DTSTART, DTEND and the recurrence. `cancelled` are starts that do not take place. */
export function whenLines(
  event: WholeEvent,
  when: When,
  calendarZone: string | null,
  cancelled: readonly number[],
): string[] {
  const end = Math.min(when.end, lastWritable);
  if (when.kind === 'all-day') {
    return [dayLine('DTSTART', when.start), dayLine('DTEND', end), ...recurrenceLines(event, when, cancelled)];
  }
  const series = (event.recurrence ?? []).length > 0;
  return [
    // A series goes by the clocks of its zone, so it has to name it.
    series ? zonedLine('DTSTART', when.start, when.zone) : momentLine('DTSTART', when.start, when.zone),
    momentLine('DTEND', end, endZone(event, calendarZone)),
    ...recurrenceLines(event, when, cancelled),
  ];
}

/** Which occurrence of its series an exception stands for; null where Google does not say. */
export function recurrenceId(event: WholeEvent, calendarZone: string | null): string | null {
  const { originalStartTime } = event;
  const at = readMoment(originalStartTime, calendarZone);
  if (at === null || !isWritable(at)) return null;
  return originalStartTime?.date
    ? dayLine('RECURRENCE-ID', at)
    : momentLine('RECURRENCE-ID', at, originalZone(event, calendarZone));
}

/** The rules as Google keeps them; dates one by one, because Google's lists leave out what other programs need. */
function recurrenceLines({ recurrence }: WholeEvent, when: When, cancelled: readonly number[]): string[] {
  const lines = recurrence ?? [];
  if (lines.length === 0) return [];
  const dates = (name: 'RDATE' | 'EXDATE') =>
    readDateLists(name, lines, () => true).flatMap((list) => occurrencesOf(list, when));
  const excluded = new Set([...dates('EXDATE').map(({ start }) => start), ...cancelled]);
  return [
    ...lines.flatMap((line) => ruleLine(line, when)),
    ...dates('RDATE').map((added) => addedLine(added, when)),
    ...[...excluded].filter(isWritable).map((at) => startLine('EXDATE', at, when)),
  ];
}

function ruleLine(line: string, when: When): string[] {
  const [, name, rule] = /^(RRULE|EXRULE):([A-Z0-9=;,+-]+)$/i.exec(line) ?? [];
  if (name === undefined || rule === undefined) return [];
  return [contentLine(name.toUpperCase(), agreeingUntil(rule, when))];
}

/** What lasts another time than its series is a period. */
function addedLine({ start, end }: Occurrence, when: When): string {
  if (when.kind === 'all-day' || end - start === when.end - when.start) return startLine('RDATE', start, when);
  return contentLine('RDATE', `${basicUtc(start)}/${basicUtc(end)}`, { VALUE: 'PERIOD' });
}

const startLine = (name: string, at: number, when: When): string =>
  when.kind === 'all-day' ? dayLine(name, at) : momentLine(name, at, when.zone);

const dayLine = (name: string, at: number): string => contentLine(name, basicDay(at), { VALUE: 'DATE' });

/** In the hour that clocks show twice, programs differ in which one they take it for; UTC leaves no choice. */
function momentLine(name: string, at: number, zone: string): string {
  return isSaidByClock(at, zone) ? zonedLine(name, at, zone) : contentLine(name, basicUtc(at));
}

function isSaidByClock(at: number, zone: string): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return (['earlier', 'later'] as const).every(
    (disambiguation) => local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds === at,
  );
}

function zonedLine(name: string, at: number, zone: string): string {
  return isUtc(zone) ? contentLine(name, basicUtc(at)) : contentLine(name, basicLocal(at, zone), { TZID: zone });
}
