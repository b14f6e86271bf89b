import { z } from 'zod';
import { textLine } from '../export/content-line.ts';
import { calendarBegin, calendarEnd } from '../export/icalendar.ts';
import { jsonLine } from '../export/json-line.ts';
import { StorageError } from '../store/problem.ts';
import type { ExportedFile } from '../sync/service.ts';
import { GoogleCalendar } from './api.ts';
import type { CalendarRows } from './calendars.ts';
import { eventComponent } from './event-component.ts';
import { zonesOf } from './event-moments.ts';
import type { EventRows } from './events.ts';
import { calendarName } from './rows.ts';
import { endless, endOfSeries, mostOfOne } from './series.ts';
import { stepsUpTo } from './steps.ts';
import { readWhen } from './when.ts';
import { Reminders, readWhole } from './whole-event.ts';
import { zoneComponent } from './zone-component.ts';

type Rows = { readonly calendars: CalendarRows; readonly events: EventRows };

const Exported = GoogleCalendar.extend({ description: z.string().nullish().catch(null), defaultReminders: Reminders });
type Exported = z.infer<typeof Exported>;

/** For so long a series without end is told the clocks of its zone, if those are moved by no rule. */
const ages = 20 * 366 * 86_400_000;

/** A file of iCalendar for each calendar, and all of them as Google sent them. */
export function* exportedCalendars(rows: Rows, accountId: string): Generator<ExportedFile> {
  const bodies = rows.calendars.bodies(accountId);
  const calendars = bodies.map(readCalendar);
  for (const calendar of calendars) {
    yield {
      name: `${calendarName(calendar)}.ics`,
      items: rows.events.countDated(accountId, calendar.id),
      content: () => calendarText(rows, accountId, calendar),
    };
  }
  yield {
    name: 'As Google sent it.jsonl',
    items: calendars.reduce((sum, { id }) => sum + 1 + rows.events.count(accountId, id), 0),
    *content() {
      for (const [index, { id }] of calendars.entries()) {
        yield jsonLine(null, bodies[index] ?? '');
        for (const { body } of rows.events.bodies(accountId, id)) yield jsonLine(id, body);
      }
    },
  };
}

function readCalendar(body: string): Exported {
  try {
    return Exported.parse(JSON.parse(body));
  } catch (error) {
    throw new StorageError('damaged', error);
  }
}

function* calendarText({ events }: Rows, accountId: string, calendar: Exported): Generator<string> {
  const timeZone = calendar.timeZone ?? null;
  // Some programs want to know a zone before they meet it, so all is read once for its zones.
  const zones = new Map<string, { from: number; to: number }>();
  for (const { body, cancelled } of events.bodies(accountId, calendar.id)) {
    if (cancelled === 0) noteZones(zones, body, timeZone);
    yield '';
  }
  yield calendarBegin(calendarName(calendar), [
    textLine('X-WR-CALDESC', calendar.description),
    textLine('X-WR-TIMEZONE', timeZone),
    ...[...zones].map(([zone, { from, to }]) => zoneComponent(zone, from, to)),
  ]);
  const around = {
    calendarId: calendar.id,
    timeZone,
    defaultReminders: calendar.defaultReminders,
    cancelledOf: (seriesId: string) => events.cancelledOf(accountId, calendar.id, seriesId),
  };
  for (const { body, cancelled } of events.bodies(accountId, calendar.id)) {
    yield cancelled === 0 ? (eventComponent(readWhole(body), around) ?? '') : '';
  }
  yield calendarEnd;
}

/** Widens what has to be known of the zones of an event by the time in which it is. */
function noteZones(zones: Map<string, { from: number; to: number }>, body: string, timeZone: string | null): void {
  const event = readWhole(body);
  const when = readWhen(event, timeZone);
  if (when === null) return;
  const last = event.recurrence?.length ? endOfSeries(when, event.recurrence, stepsUpTo(mostOfOne)) : when.end;
  const to = last >= endless ? when.start + ages : last;
  for (const zone of zonesOf(event, when, timeZone)) {
    const known = zones.get(zone) ?? { from: when.start, to };
    zones.set(zone, { from: Math.min(known.from, when.start), to: Math.max(known.to, to) });
  }
}
