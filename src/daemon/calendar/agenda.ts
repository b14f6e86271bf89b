import type { Agenda, AgendaItem, AgendaRequest } from '../../contract/calendar.ts';
import type { Expansions } from './expansions.ts';
import { lookOf } from './look.ts';
import type { OccurrenceRows, Placed } from './occurrences.ts';
import { readOutline } from './outline.ts';
import { firstBehind, inOrder, readPosition, writePosition } from './position.ts';
import { readStretch } from './stretch.ts';
import { timeOf } from './when.ts';

/** What an agenda is read from. */
export interface Agendas {
  readonly expansions: Expansions;
  readonly occurrences: OccurrenceRows;
}

/**
 * A page of what the accounts have on during some days, read from the mirror alone. Around today it costs by what is
 * shown; further away the series are expanded, and others have their turn at what is yielded.
 * @throws {RangeError} when a day, the zone or the place to read on from does not exist, or the days are too many; {@link StorageError}.
 */
export function* readAgenda(
  { expansions, occurrences }: Agendas,
  accountIds: readonly string[],
  { after: text, limit, ...days }: AgendaRequest,
): Generator<void, Agenda> {
  const stretch = readStretch(days);
  const after = text === null ? null : readPosition(text);
  const { placed, skipped } = yield* expansions.of(accountIds, days);
  const from = after === null ? 0 : firstBehind(placed, after);
  // One more than asked for tells whether there is more.
  const inRows = accountIds.flatMap((accountId) => occurrences.read(accountId, stretch, after, limit + 1));
  const all = [...inRows, ...placed.slice(from, from + limit + 1)].sort(inOrder);
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), next: all.length > limit && last ? writePosition(last) : null, skipped };
}

/** One occurrence, as an agenda shows it. */
export function itemOf({ source, start, end, kind, incomplete }: Omit<Placed, 'at' | 'row'>): AgendaItem {
  const outline = readOutline(source.outline);
  const key = keyOf(source.account_id, source.calendar_id, source.id);
  const series = source.series === 1;
  return {
    key: series ? `${key}/${start}` : key,
    accountId: source.account_id,
    calendarId: source.calendar_id,
    eventId: source.id,
    calendarName: source.calendar_name,
    ...lookOf(outline, source),
    location: outline.location || null,
    recurring: series || source.recurring_event_id !== null,
    incomplete,
    when: timeOf({ kind, start, end }),
  };
}

/** Calendar ids hold whatever their makers liked; encoded, no two events are spelled alike. */
function keyOf(...ids: string[]): string {
  return ids.map(encodeURIComponent).join('/');
}
