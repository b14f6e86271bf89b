import { expect, test } from 'vitest';
import type { AgendaItem } from '../../src/contract/calendar.ts';
import { groupByDay } from '../../src/renderer/calendar/group-by-day.ts';
import { spanWords } from '../../src/renderer/calendar/span-words.ts';

const range = { from: '2025-05-12', to: '2025-05-26', timeZone: 'Europe/Lisbon' };

const item = (title: string, when: AgendaItem['when']): AgendaItem => ({
  key: title,
  accountId: 'ada',
  eventId: 'event',
  kind: 'meeting',
  answer: null,
  busyOnly: false,
  calendarId: 'work',
  calendarName: 'Work',
  color: '#3f51b5',
  title,
  location: null,
  tentative: false,
  recurring: false,
  incomplete: false,
  when,
});
const timed = (title: string, start: string, end: string) =>
  item(title, { kind: 'timed', start: Date.parse(start), end: Date.parse(end) });
const allDay = (title: string, start: string, end: string) => item(title, { kind: 'all-day', start, end });

/** Each day with its titles and, in the span's own words, when. Whether hours are padded differs between ICU versions. */
const read = (items: AgendaItem[], within = range) => {
  const words = spanWords('en-GB', within.timeZone);
  return Object.fromEntries(
    groupByDay(items, within).map(({ day, entries }) => [
      day,
      entries.map((entry) => `${entry.item.title}: ${words(entry.span).replaceAll(/\b\d:/g, '0$&')}`),
    ]),
  );
};

test('days without anything are left out', () => {
  expect(read([])).toEqual({});
  expect(read([timed('Lunch', '2025-05-14T12:00:00+01:00', '2025-05-14T13:00:00+01:00')])).toEqual({
    '2025-05-14': ['Lunch: 12:00 – 13:00'],
  });
});

test('all-day things come first, then what goes on from the day before, then by time', () => {
  const days = read([
    timed('Late', '2025-05-13T18:00:00+01:00', '2025-05-13T19:00:00+01:00'),
    timed('Night', '2025-05-12T23:00:00+01:00', '2025-05-13T06:00:00+01:00'),
    timed('Early', '2025-05-13T00:00:00+01:00', '2025-05-13T00:30:00+01:00'),
    allDay('Holiday', '2025-05-13', '2025-05-14'),
  ]);
  expect(days['2025-05-13']).toEqual([
    'Holiday: All day',
    'Night: until 06:00',
    'Early: 00:00 – 00:30',
    'Late: 18:00 – 19:00',
  ]);
});

test('what lasts for days stands on each of them, and its end is exclusive', () => {
  expect(
    read([
      allDay('Offsite', '2025-05-13', '2025-05-15'),
      timed('Sail', '2025-05-20T08:00:00+01:00', '2025-05-22T17:00:00+01:00'),
    ]),
  ).toEqual({
    '2025-05-13': ['Offsite: All day'],
    '2025-05-14': ['Offsite: All day'],
    '2025-05-20': ['Sail: from 08:00'],
    '2025-05-21': ['Sail: All day'],
    '2025-05-22': ['Sail: until 17:00'],
  });
});

test('what ends at midnight does not reach into the next day', () => {
  expect(read([timed('Party', '2025-05-16T20:00:00+01:00', '2025-05-17T00:00:00+01:00')])).toEqual({
    '2025-05-16': ['Party: 20:00 – 00:00'],
  });
});

test('what began before the range, or ends after it, is cut to it', () => {
  const short = { ...range, from: '2025-05-12', to: '2025-05-14' };
  expect(
    read(
      [
        allDay('Sabbatical', '1900-01-01', '2900-01-01'),
        timed('Watch', '2025-05-11T22:00:00+01:00', '2025-05-12T04:00:00+01:00'),
        timed('Gone', '2025-05-10T22:00:00+01:00', '2025-05-11T04:00:00+01:00'),
      ],
      short,
    ),
  ).toEqual({
    '2025-05-12': ['Sabbatical: All day', 'Watch: until 04:00'],
    '2025-05-13': ['Sabbatical: All day'],
  });
});

test('timed things move with the zone and all-day things do not', () => {
  const items = [
    allDay('Birthday', '2025-05-14', '2025-05-15'),
    timed('Call', '2025-05-14T23:30:00Z', '2025-05-15T00:15:00Z'),
  ];
  expect(read(items)).toEqual({
    '2025-05-14': ['Birthday: All day'],
    '2025-05-15': ['Call: 00:30 – 01:15'],
  });
  expect(read(items, { ...range, timeZone: 'America/New_York' })).toEqual({
    '2025-05-14': ['Birthday: All day', 'Call: 19:30 – 20:15'],
  });
});

test('something without length has its day and one time', () => {
  expect(
    read([
      timed('Reminder', '2025-05-14T09:00:00+01:00', '2025-05-14T09:00:00+01:00'),
      allDay('Mark', '2025-05-15', '2025-05-15'),
    ]),
  ).toEqual({ '2025-05-14': ['Reminder: 09:00'], '2025-05-15': ['Mark: All day'] });
});

test('the day the clock changes is one day', () => {
  const march = { from: '2025-03-29', to: '2025-04-01', timeZone: 'Europe/Lisbon' };
  expect(Object.keys(read([timed('Night', '2025-03-29T22:00:00Z', '2025-03-31T00:30:00+01:00')], march))).toEqual([
    '2025-03-29',
    '2025-03-30',
    '2025-03-31',
  ]);
});
