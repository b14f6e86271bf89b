import type { calendar_v3 } from '@googleapis/calendar';
import { Temporal } from 'temporal-polyfill';
import { between, chance, characters, pick, type Random, seeded, shuffle } from '../core/random.ts';
import { instanceId, instantOf, timed } from './event-time.ts';
import { ALL_DAY, DESCRIPTIONS, GUESTS, LOCATIONS, MEETINGS, RULES, TITLES, WEEKDAYS, ZONES } from './seed-words.ts';

type Event = calendar_v3.Schema$Event & { id: string };
const DAY = 86_400_000;

/**
 * `count` rows for one calendar: timed events in several zones, all-day events, recurring events with exceptions. They
 * lie from about 180 days before `now` to 365 days after it, with a good few today and in the coming week. A pure
 * function of its arguments, of `now` only by the UTC day. Exceptions may come before their recurring event.
 */
export function seedEvents(seed: number, stream: string, count: number, now: number): Event[] {
  const random = seeded(seed, stream);
  const today = Math.floor(now / DAY) * DAY;
  const events: Event[] = [];
  while (events.length < count) {
    const day = today + dayOffset(random, events.length) * DAY;
    const roll = random();
    if (roll < 0.7) events.push(timedEvent(random, day));
    else if (roll < 0.84) events.push(allDayEvent(random, day));
    else events.push(...series(random, day, today));
  }
  // Cutting the end may part exceptions from nothing: a series pushes its master first.
  return shuffle(random, events.slice(0, count));
}

// The first rows lie near today, whatever the number of rows.
function dayOffset(random: Random, index: number): number {
  if (index < 4) return 0;
  if (index < 40 && index % 2 === 0) return between(random, 0, 7);
  return between(random, -180, 365);
}

function timedEvent(random: Random, day: number): Event {
  const zone = chance(random, 0.75) ? ZONES[0] : pick(random, ZONES);
  const start = atLocalTime(day, zone, between(random, 7 * 4, 20 * 4) * 15);
  const length = pick(random, [15, 30, 30, 30, 45, 60, 60, 90, 120]) * 60_000;
  return {
    ...common(random, pick(random, chance(random, 0.6) ? MEETINGS : TITLES)),
    start: timed(start, zone),
    end: timed(start + length, zone),
    ...(chance(random, 0.4) && { location: pick(random, LOCATIONS) }),
    ...(chance(random, 0.35) && invitation(random)),
  };
}

function allDayEvent(random: Random, day: number): Event {
  const length = chance(random, 0.35) ? between(random, 2, 9) : 1;
  return {
    ...common(random, pick(random, ALL_DAY)),
    start: { date: dateOf(day) },
    end: { date: dateOf(day + length * DAY) },
    transparency: 'transparent',
  };
}

function series(random: Random, day: number, today: number): Event[] {
  const first = Math.min(day, today - between(random, 0, 90) * DAY);
  const one = chance(random, 0.85) ? timedEvent(random, first) : allDayEvent(random, first);
  const weekday = WEEKDAYS[new Date(first).getUTCDay()] ?? 'MO';
  const rule = pick(random, RULES)
    .replace('{DAY}', weekday)
    .replace('{NTH}', nthOf(first))
    .replace('{UNTIL}', untilOf(one, first + between(random, 60, 300) * DAY));
  const everyWeek = rule.startsWith('RRULE:FREQ=WEEKLY') && !rule.includes('INTERVAL=2');
  const recurrence = [rule];
  if (everyWeek && chance(random, 0.3)) recurrence.push(exclusionOf(one, 5));
  const master: Event = { ...one, recurrence };
  if (!everyWeek) return [master];
  const exceptions: Event[] = [];
  for (let week = 1; week <= 4; week += 1) {
    if (chance(random, 0.35)) exceptions.push(exception(random, master, week));
  }
  return [master, ...exceptions];
}

function exception(random: Random, master: Event, week: number): Event {
  const originalStartTime = later(master.start, week);
  const origin = { recurringEventId: master.id, originalStartTime };
  const id = instanceId(master.id, originalStartTime);
  if (chance(random, 0.45)) return { id, status: 'cancelled', ...origin };
  const { recurrence: _recurrence, ...rest } = master;
  const moved = master.start?.date ? 0 : pick(random, [0, 30, 60]);
  const title = moved ? master.summary : `${master.summary} (changed)`;
  return {
    ...rest,
    ...origin,
    id,
    summary: title ?? null,
    start: later(master.start, week, moved),
    end: later(master.end, week, moved),
  };
}

function common(random: Random, summary: string): Event {
  return {
    id: characters(random, 26, '0123456789abcdefghijklmnopqrstuv').replace(/^./, 'e'),
    summary,
    ...(chance(random, 0.3) && { description: pick(random, DESCRIPTIONS) }),
    ...(chance(random, 0.08) && { status: 'tentative' }),
    ...(chance(random, 0.08) && { transparency: 'transparent' }),
    ...(chance(random, 0.1) && { colorId: String(between(random, 1, 11)) }),
    ...(chance(random, 0.05) && { visibility: 'private' }),
    ...(chance(random, 0.06) && {
      eventType: pick(random, ['focusTime', 'outOfOffice', 'workingLocation', 'fromGmail']),
    }),
  };
}

/** Who is invited, the person among them, and how to join. */
function invitation(random: Random): Omit<calendar_v3.Schema$Event, 'id'> {
  const answer = pick(random, ['accepted', 'accepted', 'accepted', 'needsAction', 'declined', 'tentative']);
  const [first, ...others] = guests(random);
  const organizer = { ...first, organizer: true, responseStatus: 'accepted' };
  const self = { email: 'me@example.com', self: true, responseStatus: answer };
  return {
    organizer: { email: first?.email ?? '', displayName: first?.displayName ?? '' },
    attendees: [organizer, self, ...others],
    ...(chance(random, 0.4) && {
      hangoutLink: 'https://meet.example.com/abc-defg-hij',
      conferenceData: {
        entryPoints: [
          { entryPointType: 'video', uri: 'https://meet.example.com/abc-defg-hij', label: 'meet.example.com' },
        ],
      },
    }),
    ...(chance(random, 0.2) && {
      attachments: [{ title: 'Minutes', fileUrl: 'https://docs.example.com/d/minutes', mimeType: 'text/html' }],
    }),
    ...(chance(random, 0.2) && { reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] } }),
  };
}

function guests(random: Random): calendar_v3.Schema$EventAttendee[] {
  return shuffle(random, [...GUESTS])
    .slice(0, between(random, 1, 4))
    .map((name) => ({
      email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
      displayName: name,
      responseStatus: pick(random, ['accepted', 'accepted', 'needsAction', 'declined', 'tentative']),
    }));
}

// The same wall-clock time a number of weeks on, and perhaps some minutes later.
function later(time: calendar_v3.Schema$EventDateTime | undefined, weeks: number, minutes = 0) {
  if (time?.date) return { date: dateOf(instantOf(time) + weeks * 7 * DAY) };
  const zone = time?.timeZone ?? 'UTC';
  const moved = Temporal.Instant.fromEpochMilliseconds(instantOf(time))
    .toZonedDateTimeISO(zone)
    .add({ weeks, minutes });
  return timed(moved.epochMilliseconds, zone);
}

function exclusionOf(event: Event, week: number): string {
  const excluded = later(event.start, week);
  if (excluded.date) return `EXDATE;VALUE=DATE:${excluded.date.replaceAll('-', '')}`;
  const local = (excluded.dateTime ?? '').slice(0, 19).replaceAll(/[-:]/g, '');
  return `EXDATE;TZID=${excluded.timeZone}:${local}`;
}

function untilOf(event: Event, day: number): string {
  const date = dateOf(day).replaceAll('-', '');
  return event.start?.date ? date : `${date}T235959Z`;
}

// Which of its weekday in the month a day is; the fifth is written as the last.
function nthOf(day: number): string {
  const nth = Math.ceil(new Date(day).getUTCDate() / 7);
  return nth === 5 ? '-1' : String(nth);
}

function dateOf(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

const offsets = new Map<string, number>();

// The zone database is slow to ask 50,000 times; the offset at noon holds for the hours in which events are seeded.
function atLocalTime(day: number, zone: string, minutes: number): number {
  const key = `${zone} ${day}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const noon = Temporal.PlainDateTime.from(`${dateOf(day)}T12:00`).toZonedDateTime(zone);
    offset = day + DAY / 2 - noon.epochMilliseconds;
    offsets.set(key, offset);
  }
  return day + minutes * 60_000 - offset;
}
