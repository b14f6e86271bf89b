import { shownText } from '../../contract/shown-text.ts';
import type { Finding, Searchable } from '../search/searchable.ts';
import { readDescription } from './description.ts';
import { readBody } from './read-body.ts';

interface Row {
  readonly calendar_id: string;
  readonly id: string;
  readonly cancelled: number;
  readonly series: number;
  readonly all_day: number;
  readonly recurring_event_id: string | null;
  readonly start_at: number | null;
  readonly end_at: number | null;
  readonly body: string;
}

/** So much of an event is looked through: Google takes 8,192 characters of description. */
const longest = 20_000;

/** What can be found of events: what they are called, where they are, what they are about, and who comes. */
export const searchableEvents: Searchable = {
  table: 'events',
  columns: ['calendar_id', 'id', 'cancelled', 'series', 'all_day', 'recurring_event_id', 'start_at', 'end_at', 'body'],
  find,
};

function find(row: Row): Finding | null {
  const event = row.cancelled === 1 ? null : readBody(row.body);
  if (event === null) return null;
  const series = row.series === 1 ? row.id : row.recurring_event_id;
  return {
    item: JSON.stringify({
      calendarId: row.calendar_id,
      eventId: row.id,
      series: row.series === 1,
      allDay: row.all_day === 1,
    }),
    title: shownText(event.summary ?? ''),
    text: shownText(wordsOf(event).join(' · '), longest),
    starts: row.start_at,
    ends: row.end_at,
    family: series === null ? null : `${row.calendar_id} ${series}`,
  };
}

function wordsOf({ location, description, organizer, attendees }: NonNullable<ReturnType<typeof readBody>>): string[] {
  const people = [organizer, ...(attendees ?? [])].flatMap((person) => [person?.displayName, person?.email]);
  return [
    ...new Set([location, plain(description ?? ''), ...people].filter((each) => typeof each === 'string')),
  ].filter((each) => each !== '');
}

/** Reading HTML costs more than all the rest, and most descriptions have none. */
function plain(description: string): string {
  if (!/[<&]/.test(description)) return description;
  return readDescription(description)
    .blocks.map(({ runs }) => runs.map(({ text }) => text).join(''))
    .join(' ');
}
