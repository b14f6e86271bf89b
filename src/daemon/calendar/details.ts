import type { EventDetails, EventRequest, Guest } from '../../contract/calendar.ts';
import { shownAddress, shownText } from '../../contract/shown-text.ts';
import { answerOf } from './answers.ts';
import type { CalendarRows } from './calendars.ts';
import { readAddress, readDescription } from './description.ts';
import type { EventRows } from './events.ts';
import { lookOf } from './look.ts';
import { outlineFrom } from './outline.ts';
import { mostOfOne, occurrences } from './series.ts';
import { stepsUpTo } from './steps.ts';
import { dayToUtc, readWhen, timeOf } from './when.ts';
import { readWhole, type WholeEvent } from './whole-event.ts';

const most = { guests: 500, conference: 20, attachments: 50, reminders: 20, recurrence: 100 } as const;

/**
 * All that is known of one occurrence of an event, from what Google sent; null where there is none.
 * @throws {StorageError}
 */
export function readDetails(
  { calendars, events }: { calendars: Pick<CalendarRows, 'lookOf'>; events: Pick<EventRows, 'bodyOf'> },
  { accountId, calendarId, eventId, start }: EventRequest,
): EventDetails | null {
  const body = events.bodyOf(accountId, calendarId, eventId);
  const calendar = calendars.lookOf(accountId, calendarId);
  if (body === null || calendar === null) return null;
  const event = readWhole(body);
  const outline = outlineFrom(event);
  const guests = (event.attendees ?? []).flatMap((guest) => (guest ? [guestOf(guest)] : []));
  const description = readDescription(event.description ?? '');
  return {
    accountId,
    calendarId,
    eventId,
    calendarName: calendar.name,
    ...lookOf(outline, calendar),
    location: outline.location || null,
    when: whenOf(event, calendar.time_zone, start),
    recurrence: (event.recurrence ?? []).slice(0, most.recurrence).map((line) => shownText(line)),
    organizer: nameOf(event.organizer?.displayName, event.organizer?.email),
    guests: guests.slice(0, most.guests),
    guestCount: guests.length,
    description: [...description.blocks],
    descriptionCut: description.cut,
    conference: conferenceOf(event).slice(0, most.conference),
    attachments: event.attachments.flatMap(({ title, fileUrl }) => linkOf(title, fileUrl)).slice(0, most.attachments),
    reminders: remindersOf(event),
    visibility: visibilityOf(event.visibility),
    link: readAddress(event.htmlLink),
  };
}

/** The event's own time, or that of the occurrence of the series which starts then. */
function whenOf(event: WholeEvent, zone: string | null, start: EventRequest['start']): EventDetails['when'] {
  const first = readWhen(event, zone);
  if (first === null) return null;
  const asked = typeof start === 'string' ? dayToUtc(start) : start;
  const series = (event.recurrence ?? []).length > 0;
  if (!series || asked === null) return timeOf(first);
  // A period lasts as long as it says.
  const span = { from: asked, to: asked + 1 };
  const some = { limit: most.recurrence, exceptions: new Set<number>(), steps: stepsUpTo(mostOfOne) };
  const found = occurrences(first, event.recurrence ?? [], span, some).occurrences.find(
    ({ start: at }) => at === asked,
  );
  return timeOf({ kind: first.kind, start: asked, end: found?.end ?? asked + first.end - first.start });
}

function nameOf(name: string | null | undefined, email: string | null | undefined): string | null {
  return shownText(name ?? '') || shownAddress(email ?? '') || null;
}

function guestOf(guest: NonNullable<NonNullable<WholeEvent['attendees']>[number]>): Guest {
  const email = shownAddress(guest.email ?? '');
  return {
    name: nameOf(guest.displayName, guest.email) ?? 'Somebody without a name',
    email,
    answer: answerOf(guest.responseStatus),
    self: guest.self === true,
    organizer: guest.organizer === true,
    optional: guest.optional === true,
    resource: guest.resource === true,
  };
}

type Link = EventDetails['attachments'][number];

function linkOf(label: string | null | undefined, address: string | null | undefined): Link[] {
  const href = readAddress(address);
  return href === null ? [] : [{ label: shownText(label ?? '') || shownAddress(href), href }];
}

const entryNames: ReadonlyMap<string, string> = new Map([
  ['video', 'Video call'],
  ['phone', 'Phone'],
  ['more', 'More ways to join'],
]);

/** The ways into a call. A telephone number is text and no address: it is the label of its own entry. */
function conferenceOf({ conferenceData, hangoutLink }: WholeEvent): Link[] {
  const entries = (conferenceData?.entryPoints ?? []).flatMap(({ entryPointType, uri, label }) => {
    const name = entryNames.get(entryPointType ?? '') ?? 'Another way';
    return linkOf(label ? `${name}: ${label}` : name, uri);
  });
  const meet = linkOf('Video call', hangoutLink).filter(({ href }) => !entries.some((entry) => entry.href === href));
  return [...meet, ...entries];
}

/** Null where the calendar's own reminders are meant. */
function remindersOf({ reminders }: WholeEvent): EventDetails['reminders'] {
  if (!reminders || reminders.useDefault === true) return null;
  return reminders.overrides.slice(0, most.reminders).map(({ method, minutes }) => ({ method, minutes }));
}

function visibilityOf(visibility: string | null | undefined): EventDetails['visibility'] {
  return visibility === 'private' || visibility === 'confidential' || visibility === 'public' ? visibility : null;
}
