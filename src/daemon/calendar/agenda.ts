import { Temporal } from 'temporal-polyfill';
import type { Agenda, AgendaItem, AgendaRequest } from '../../contract/calendar.ts';
import type { AgendaRow, EventRows } from './events.ts';
import { type Outline, readOutline } from './outline.ts';
import { type Found, occurrences, onceIn, stepsFor } from './series.ts';
import { day, dayToUtc, isZone, lastDay, readWhen, utcToDay, type When } from './when.ts';

const limit = 1_000;

/** Of one series in one agenda: two weeks of 24 times a day, or more than a year of days. */
const limitOfSeries = 400;

/** What all series may cost in one agenda, in steps: a few seconds. */
const mostSteps = 200_000;

/** Zones reach from UTC-12 to UTC+14: by so much an all-day event may lie beside the stretch as UTC counts it. */
const zoneMargin = day;

/** What an agenda is read from. */
type Agendas = { readonly events: EventRows };

/** The asked-for days in both ways of counting: as instants in the zone, and as UTC days for what has no zone. */
interface Stretch {
  readonly timed: { readonly from: number; readonly to: number };
  readonly 'all-day': { readonly from: number; readonly to: number };
}

/** An event or a series, with what it would cost to find out when it is. */
interface Entry {
  readonly accountId: string;
  readonly row: AgendaRow;
  readonly outline: Outline;
  readonly first: When;
  readonly steps: number;
}

/** `rank` counts the occurrences of a series within the stretch. */
type Placed = { item: AgendaItem; sortBy: number; rank: number };

/**
 * What the accounts have on during some days, read from the mirror alone.
 * @throws {RangeError} when a day or the zone does not exist; {@link StorageError}.
 */
export function agenda(mirror: Agendas, accountIds: Iterable<string>, request: AgendaRequest): Agenda {
  const stretch = readStretch(request);
  const { timed } = stretch;
  const entries = [...accountIds].flatMap((accountId) =>
    mirror.events
      .between(accountId, timed.from - zoneMargin, timed.to + zoneMargin)
      .flatMap((row) => readEntry(accountId, row, stretch)),
  );
  // The cheap ones first, so that what strangers make costly is what is left when there have been too many steps.
  entries.sort((a, b) => a.steps - b.steps);
  let spent = 0;
  const placed = entries.flatMap((entry) => {
    spent += entry.steps;
    return place(entry, stretch, request.timeZone, mirror, spent <= mostSteps);
  });
  const shown = fitting(placed).sort(inOrder);
  return { items: shown.map(({ item }) => item), truncated: placed.length > limit || spent > mostSteps };
}

const isTimed = ({ item }: Placed) => item.when.kind === 'timed';

const inOrder = (a: Placed, b: Placed): number =>
  a.sortBy - b.sortBy || Number(isTimed(a)) - Number(isTimed(b)) || (a.item.key < b.item.key ? -1 : 1);

/** As many as one answer carries. What is left out is the incomplete first, then the late occurrences of a series. */
function fitting(placed: Placed[]): Placed[] {
  if (placed.length <= limit) return placed;
  return placed
    .sort((a, b) => Number(a.item.incomplete) - Number(b.item.incomplete) || a.rank - b.rank || inOrder(a, b))
    .slice(0, limit);
}

function readStretch({ from, to, timeZone }: AgendaRequest): Stretch {
  if (!isZone(timeZone)) throw new RangeError(`There is no time zone ${JSON.stringify(timeZone)}.`);
  const first = dayToUtc(from);
  const last = dayToUtc(to);
  if (first === null || last === null) throw new RangeError('There is no such day.');
  return {
    timed: { from: midnight(first, timeZone), to: midnight(last, timeZone) },
    'all-day': { from: first, to: last },
  };
}

/** When a day begins in a zone. */
function midnight(utc: number, timeZone: string): number {
  return Temporal.PlainDate.from(utcToDay(utc)).toZonedDateTime(timeZone).epochMilliseconds;
}

function readEntry(accountId: string, row: AgendaRow, stretch: Stretch): Entry[] {
  const outline = readOutline(row.outline);
  const first = readWhen(outline, row.time_zone);
  if (first === null) return [];
  const { from, to } = reaching(first, stretch);
  const steps = row.series === 1 && outline.recurrence ? stepsFor(first, outline.recurrence, from, to) : 0;
  return [{ accountId, row, outline, first, steps }];
}

/** Where what touches the stretch may start. */
function reaching(first: When, stretch: Stretch): { from: number; to: number } {
  const { from, to } = stretch[first.kind];
  return { from: from - (first.end - first.start), to };
}

function place(entry: Entry, stretch: Stretch, timeZone: string, mirror: Agendas, affordable: boolean): Placed[] {
  const { accountId, row, outline, first } = entry;
  const { from, to } = stretch[first.kind];
  const key = keyOf(accountId, row.calendar_id, row.id);
  const series = row.series === 1;
  const { starts, complete } = series
    ? startsOf(entry, stretch, mirror, affordable)
    : { starts: [first.start], complete: true };

  return starts
    .map((start) => ({ ...first, start, end: start + first.end - first.start }))
    .filter((when) => touches(when, from, to))
    .map((when, rank) => ({
      sortBy: when.kind === 'all-day' ? midnight(when.start, timeZone) : when.start,
      rank,
      item: {
        key: series ? `${key}/${when.start}` : key,
        accountId,
        calendarId: row.calendar_id,
        calendarName: row.calendar_name,
        color: row.color,
        title: outline.title || '(No title)',
        location: outline.location || null,
        tentative: outline.tentative,
        recurring: series || row.recurring_event_id !== null,
        incomplete: !complete,
        when:
          when.kind === 'all-day'
            ? { kind: 'all-day', start: utcToDay(when.start), end: utcToDay(Math.min(when.end, lastDay)) }
            : { kind: 'timed', start: when.start, end: when.end },
      },
    }));
}

/** Where the series itself stands in the stretch: without the occurrences that have a row of their own. */
function startsOf(
  { accountId, row, outline, first }: Entry,
  stretch: Stretch,
  mirror: Agendas,
  affordable: boolean,
): Found {
  const { from, to } = reaching(first, stretch);
  const replaced = new Set(mirror.events.exceptionsOf(accountId, row.calendar_id, row.id));
  const { starts, complete } =
    outline.recurrence !== null && affordable
      ? occurrences(first, outline.recurrence, from, to, limitOfSeries + replaced.size)
      : onceIn(first, from, to);
  const own = starts.filter((start) => !replaced.has(start));
  return { starts: own.slice(0, limitOfSeries), complete: complete && own.length <= limitOfSeries };
}

/** Calendar ids hold whatever their makers liked; encoded, no two events are spelled alike. */
function keyOf(...ids: string[]): string {
  return ids.map(encodeURIComponent).join('/');
}

/** An event without length is where it starts; every other one is everywhere it lasts. */
function touches({ start, end }: When, from: number, to: number): boolean {
  return start < to && (end > from || (start === end && start >= from));
}
