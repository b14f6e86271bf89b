import type { calendar_v3 } from '@googleapis/calendar';
import { describe, expect, test } from 'vitest';
import { EventDetails } from '../../src/contract/calendar.ts';
import { readDetails } from '../../src/daemon/calendar/details.ts';
import { type Mirror, newMirror } from './support/mirror.ts';
import { newWorld } from './support/world.ts';

type Event = calendar_v3.Schema$Event;

const start = Date.parse('2026-11-05T09:00:00Z');
const base: Event = {
  id: 'review',
  summary: 'Review',
  start: { dateTime: '2026-11-05T09:00:00Z', timeZone: 'Europe/Lisbon' },
  end: { dateTime: '2026-11-05T10:00:00Z', timeZone: 'Europe/Lisbon' },
};

const detailsIn = (mirror: Mirror, eventId = 'review', at: number | string = start, calendarId = 'work') => {
  const request = { accountId: 'ada', calendarId, eventId, start: at };
  return EventDetails.nullable().parse(readDetails(mirror.store.mirrors.calendar, request));
};

function details(event: Event): EventDetails {
  const mirror = newMirror();
  mirror.event({ ...base, ...event });
  return detailsIn(mirror)!;
}

describe('the details of an event', () => {
  test('hold all that Google says of it', () => {
    const told = details({
      location: 'Room 4',
      description: 'See <a href="https://example.com/notes">the notes</a>.',
      organizer: { displayName: 'Grace Hopper', email: 'grace@example.com' },
      attendees: [
        { email: 'ada@example.com', self: true, responseStatus: 'tentative' },
        { email: 'grace@example.com', displayName: 'Grace Hopper', organizer: true, responseStatus: 'accepted' },
        { email: 'room@resource.example', resource: true, responseStatus: 'declined', optional: true },
        { email: 'mary@example.com' },
      ],
      hangoutLink: 'https://meet.google.com/abc-defg-hij',
      conferenceData: {
        entryPoints: [
          {
            entryPointType: 'video',
            uri: 'https://meet.google.com/abc-defg-hij',
            label: 'meet.google.com/abc-defg-hij',
          },
          { entryPointType: 'phone', uri: 'tel:+44-20-7946-0958', label: '+44 20 7946 0958' },
        ],
      },
      attachments: [{ title: 'Agenda', fileUrl: 'https://docs.google.com/document/d/1', fileId: '1' }],
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] },
      visibility: 'private',
      htmlLink: 'https://www.google.com/calendar/event?eid=x',
      colorId: '11',
      eventType: 'focusTime',
    });
    expect(told).toEqual({
      accountId: 'ada',
      calendarId: 'work',
      eventId: 'review',
      calendarName: 'Work',
      color: '#dc2127',
      kind: 'focus-time',
      title: 'Review',
      location: 'Room 4',
      answer: 'tentative',
      busyOnly: false,
      tentative: false,
      when: { kind: 'timed', start, end: start + 3_600_000 },
      recurrence: [],
      organizer: 'Grace Hopper',
      guests: [
        ['ada@example.com', 'ada@example.com', 'tentative', true, false, false, false],
        ['Grace Hopper', 'grace@example.com', 'accepted', false, true, false, false],
        ['room@resource.example', 'room@resource.example', 'declined', false, false, true, true],
        ['mary@example.com', 'mary@example.com', 'unanswered', false, false, false, false],
      ].map(([name, email, answer, self, organizer, optional, resource]) => ({
        name,
        email,
        answer,
        self,
        organizer,
        optional,
        resource,
      })),
      guestCount: 4,
      description: [
        {
          kind: 'paragraph',
          runs: [
            { text: 'See ', href: null },
            { text: 'the notes', href: 'https://example.com/notes' },
            { text: '.', href: null },
          ],
        },
      ],
      descriptionCut: false,
      conference: [
        { label: 'Video call: meet.google.com/abc-defg-hij', href: 'https://meet.google.com/abc-defg-hij' },
        { label: 'Phone: +44 20 7946 0958', href: 'tel:+44-20-7946-0958' },
      ],
      attachments: [{ label: 'Agenda', href: 'https://docs.google.com/document/d/1' }],
      reminders: [{ method: 'popup', minutes: 10 }],
      visibility: 'private',
      link: 'https://www.google.com/calendar/event?eid=x',
    });
  });

  test('of an occurrence are those of its series at that time, and an exception has its own', () => {
    const mirror = newMirror();
    mirror.event({ ...base, recurrence: ['RRULE:FREQ=DAILY'] });
    const later = start + 3 * 86_400_000;
    expect(detailsIn(mirror, 'review', later)).toMatchObject({
      when: { kind: 'timed', start: later, end: later + 3_600_000 },
      recurrence: ['RRULE:FREQ=DAILY'],
    });
    mirror.event({ ...base, id: 'Fair', start: { date: '2026-11-02' }, end: { date: '2026-11-04' } });
    expect(detailsIn(mirror, 'Fair', '2026-11-02')?.when).toEqual({
      kind: 'all-day',
      start: '2026-11-02',
      end: '2026-11-04',
    });
  });

  test('are null where there is none, of another account, or of a calendar that has gone', () => {
    const mirror = newMirror();
    mirror.event(base);
    expect(detailsIn(mirror, 'other')).toBeNull();
    expect(detailsIn(mirror, 'review', start, 'home')).toBeNull();
  });

  test('with fields of strange types are told without them', () => {
    for (const odd of [7, 'x', null, [], [7, null], {}, { x: [1] }, true]) {
      const strange = Object.fromEntries(
        [
          ...['description', 'organizer', 'attendees', 'conferenceData', 'attachments', 'reminders', 'hangoutLink'],
          ...['visibility', 'htmlLink', 'eventType', 'colorId', 'eventLabelId', 'location', 'recurrence'],
        ].map((field) => [field, odd]),
      );
      expect(details(strange as Event)).toMatchObject({ title: 'Review', conference: [], attachments: [], link: null });
    }
  });

  test('show how many guests there are, and five hundred of them', () => {
    const attendees = Array.from({ length: 700 }, (_, at) => ({ email: `guest${at}@example.com` }));
    const { guests, guestCount } = details({ attendees });
    expect([guests.length, guestCount]).toEqual([500, 700]);
  });

  test('of what may only be seen as busy say no more', () => {
    const mirror = newMirror();
    mirror.calendar({ id: 'boss', summary: 'Boss', selected: true, accessRole: 'freeBusyReader' });
    mirror.event({ ...base, summary: 'Secret' }, 'boss');
    const [item] = mirror.agenda('2026-11-05', '2026-11-06').items;
    expect(item).toMatchObject({ title: 'Busy', busyOnly: true });
    expect(detailsIn(mirror, 'review', start, 'boss')).toMatchObject({ title: 'Busy', busyOnly: true });
    const { summary: _summary, ...untitled } = base;
    mirror.event({ ...untitled, visibility: 'private' });
    expect(mirror.agenda('2026-11-05', '2026-11-06').items.map(({ title }) => title)).toEqual(['Busy', 'Busy']);
  });
});

test('an agenda tells kinds, answers and colours apart', () => {
  const mirror = newMirror();
  const kinds = ['default', 'birthday', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation', 'somethingNew'];
  const answers = ['accepted', 'declined', 'tentative', 'needsAction', null, 'declined', 'odd'];
  for (const [at, eventType] of kinds.entries()) {
    mirror.event({
      ...base,
      id: eventType,
      summary: eventType,
      eventType,
      colorId: String(at + 1),
      attendees: [{ email: 'x@example.com' }, { self: true, responseStatus: answers[at] ?? null }],
    });
  }
  const told = mirror.agenda('2026-11-05', '2026-11-06').items.map(({ kind, answer, color }) => [kind, answer, color]);
  expect(told).toEqual([
    ['meeting', 'accepted', '#a4bdfc'],
    ['birthday', 'declined', '#7ae7bf'],
    ['focus-time', 'tentative', '#dbadff'],
    ['from-gmail', 'unanswered', '#ff887c'],
    ['out-of-office', 'unanswered', '#fbd75b'],
    ['working-location', 'declined', '#ffb878'],
    ['meeting', 'unanswered', '#46d6db'],
  ]);
});

test.each(['constructor', 'toString', '__proto__'])(
  'what is called %s, as objects have it, is a name like any other',
  (odd) => {
    const mirror = newMirror();
    mirror.event({ ...base, id: 'plain', colorId: odd, eventLabelId: odd });
    const entryPoints = [{ entryPointType: odd, uri: 'https://meet.example.com/x' }];
    mirror.event({ ...base, conferenceData: { entryPoints }, eventType: odd });
    const { items } = mirror.agenda('2026-11-05', '2026-11-06');
    expect(items.map(({ color }) => color)).toEqual(['#16a765', '#16a765']);
    expect(detailsIn(mirror)?.conference).toEqual([{ label: 'Another way', href: 'https://meet.example.com/x' }]);
  },
);

test('the colours of labels are read once a week, and take the place of the older colours', async () => {
  const world = await newWorld({ events: 0, calendars: 1 });
  const { control, sub, primary } = world;
  control.setLabels(sub, primary, [
    { id: 'deep', backgroundColor: '#123ABC' },
    { id: 'odd', backgroundColor: 'red' },
  ]);
  for (const eventLabelId of ['deep', 'odd'])
    control.insertEvent(sub, primary, {
      ...base,
      id: eventLabelId,
      summary: eventLabelId,
      eventLabelId,
      colorId: '11',
    });
  const pair = await world.synced();
  const colors = async () => (await pair.items()).map(({ title, color }) => [title, color]);
  expect(await colors()).toEqual([
    ['deep', '#123abc'],
    ['odd', '#dc2127'],
  ]);
  await pair.sync();
  expect(control.requests({ endpoint: 'calendar' })).toEqual([]);
  control.setLabels(sub, primary, [{ id: 'deep', backgroundColor: '#abcdef' }]);
  pair.clock.advance(7 * 86_400_000);
  await pair.sync();
  await pair.sync();
  expect(await colors()).toContainEqual(['deep', '#abcdef']);
});
