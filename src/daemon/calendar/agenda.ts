import { Temporal } from 'temporal-polyfill';
import type { Agenda, AgendaItem, AgendaRequest } from '../../contract/agenda.ts';
import type { AgendaRow } from '../store/events.ts';
import type { Store } from '../store/open.ts';
import { readOutline } from './outline.ts';
import { occurrences } from './series.ts';
import { day, dayToUtc, isZone, readWhen, utcToDay, type When } from './when.ts';

const limit = 1_000;

/** Zones reach from UTC-12 to UTC+14: by so much an all-day event may lie beside the stretch as UTC counts it. */
const zoneMargin = day;

/** The asked-for days in both ways of counting: as instants in the zone, and as UTC days for what has no zone. */
interface Stretch {
  readonly timed: { readonly from: number; readonly to: number };
  readonly 'all-day': { readonly from: number; readonly to: number };
}

type Placed = { item: AgendaItem; sortBy: number };

/**
 * What the accounts have on during some days, read from the mirror alone.
 * @throws {RangeError} when a day or the zone does not exist; {@link StorageError}.
 */
export function agenda(store: Store, accountIds: Iterable<string>, request: AgendaRequest): Agenda {
  const stretch = readStretch(request);
  const { timed } = stretch;
  const placed = [...accountIds].flatMap((accountId) =>
    store.events
      .between(accountId, timed.from - zoneMargin, timed.to + zoneMargin)
      .flatMap((row) => place(row, stretch, request.timeZone, store, accountId)),
  );
  placed.sort(
    (a, b) => a.sortBy - b.sortBy || Number(isTimed(a)) - Number(isTimed(b)) || (a.item.key < b.item.key ? -1 : 1),
  );
  return { items: placed.slice(0, limit).map(({ item }) => item), truncated: placed.length > limit };
}

const isTimed = ({ item }: Placed) => item.when.kind === 'timed';

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

function place(row: AgendaRow, stretch: Stretch, timeZone: string, store: Store, accountId: string): Placed[] {
  const event = readOutline(row.outline);
  const key = keyOf(accountId, row.calendar_id, row.id);
  const first = readWhen(event, row.time_zone);
  if (first === null) return [];
  const { from, to } = stretch[first.kind];

  const whens: { when: When; key: string }[] = [];
  if (row.series === 1) {
    const length = first.end - first.start;
    const replaced = new Set(store.events.exceptionsOf(accountId, row.calendar_id, row.id));
    const starts = occurrences(first, event.recurrence, from - length, to, limit + 1 + replaced.size);
    for (const start of starts)
      if (!replaced.has(start)) whens.push({ when: { ...first, start, end: start + length }, key: `${key}/${start}` });
  } else whens.push({ when: first, key });

  return whens
    .filter(({ when }) => touches(when, from, to))
    .map(({ when, key }) => ({
      sortBy: when.kind === 'all-day' ? midnight(when.start, timeZone) : when.start,
      item: {
        key,
        accountId,
        calendarId: row.calendar_id,
        calendarName: row.calendar_name,
        color: row.color,
        title: event.title || '(No title)',
        location: event.location || null,
        tentative: event.tentative,
        recurring: row.series === 1 || row.recurring_event_id !== null,
        when:
          when.kind === 'all-day'
            ? { kind: 'all-day', start: utcToDay(when.start), end: utcToDay(when.end) }
            : { kind: 'timed', start: when.start, end: when.end },
      },
    }));
}

/** Calendar ids hold whatever their makers liked; encoded, no two events are spelled alike. */
function keyOf(...ids: string[]): string {
  return ids.map(encodeURIComponent).join('/');
}

/** An event without length is where it starts; every other one is everywhere it lasts. */
function touches({ start, end }: When, from: number, to: number): boolean {
  return start < to && (end > from || (start === end && start >= from));
}
