import type { calendar_v3 } from '@googleapis/calendar';
import { describe, expect, test } from 'vitest';
import { newMirror } from './support/mirror.ts';

type Event = calendar_v3.Schema$Event;

const timed = (summary: string, start: string, end: string, zone = 'Europe/Lisbon', more: Event = {}): Event => ({
  id: summary,
  summary,
  status: 'confirmed',
  start: { dateTime: start, timeZone: zone },
  end: { dateTime: end, timeZone: zone },
  ...more,
});
const allDay = (summary: string, start: string, end: string, more: Event = {}): Event => ({
  id: summary,
  summary,
  status: 'confirmed',
  start: { date: start },
  end: { date: end },
  ...more,
});

describe('single events', () => {
  test('are told as the contract has it', () => {
    const mirror = newMirror();
    mirror.event(
      timed('Tea', '2026-11-02T16:00:00Z', '2026-11-02T16:30:00Z', 'Europe/Lisbon', {
        location: 'Kitchen',
        status: 'tentative',
      }),
    );
    const { items } = mirror.agenda('2026-11-02', '2026-11-03');
    expect(items).toEqual([
      {
        key: 'ada/work/Tea',
        accountId: 'ada',
        calendarId: 'work',
        eventId: 'Tea',
        calendarName: 'Work',
        color: '#16a765',
        kind: 'meeting',
        answer: null,
        busyOnly: false,
        title: 'Tea',
        location: 'Kitchen',
        tentative: true,
        recurring: false,
        incomplete: false,
        when: { kind: 'timed', start: Date.parse('2026-11-02T16:00Z'), end: Date.parse('2026-11-02T16:30Z') },
      },
    ]);
  });

  test('come by start, all-day ones first on their day', () => {
    const mirror = newMirror();
    mirror.event(timed('Late', '2026-11-02T22:00:00Z', '2026-11-03T02:00:00Z'));
    mirror.event(timed('Midnight', '2026-11-03T00:00:00Z', '2026-11-03T01:00:00Z'));
    mirror.event(allDay('Holiday', '2026-11-03', '2026-11-04'));
    mirror.event(allDay('Fair', '2026-11-02', '2026-11-05'));
    expect(mirror.lines('2026-11-03', '2026-11-04')).toEqual([
      'Fair: 2026-11-02 to 2026-11-05',
      'Late: 2026-11-02T22:00 for 240',
      'Holiday: 2026-11-03 to 2026-11-04',
      'Midnight: 2026-11-03T00:00 for 60',
    ]);
  });

  test('belong to the days of the zone that asks; all-day events to their own', () => {
    const mirror = newMirror();
    mirror.event(timed('Call', '2026-11-02T23:30:00Z', '2026-11-02T23:45:00Z'));
    mirror.event(allDay('Holiday', '2026-11-03', '2026-11-04'));
    expect(mirror.lines('2026-11-03', '2026-11-04', 'Asia/Tokyo')).toHaveLength(2);
    expect(mirror.lines('2026-11-03', '2026-11-04', 'Pacific/Kiritimati')).toHaveLength(2);
    expect(mirror.lines('2026-11-03', '2026-11-04', 'Europe/Lisbon')).toEqual(['Holiday: 2026-11-03 to 2026-11-04']);
    expect(mirror.lines('2026-11-03', '2026-11-04', 'Etc/GMT+12')).toHaveLength(1);
    expect(mirror.lines('2026-11-02', '2026-11-03', 'Etc/GMT+12')).toEqual(['Call: 2026-11-02T23:30 for 15']);
  });

  test('end before the stretch when they end at its beginning, unless they have no length', () => {
    const mirror = newMirror();
    mirror.event(timed('Before', '2026-11-02T23:00:00Z', '2026-11-03T00:00:00Z'));
    mirror.event(timed('Bell', '2026-11-03T00:00:00Z', '2026-11-03T00:00:00Z'));
    mirror.event(timed('After', '2026-11-04T00:00:00Z', '2026-11-04T01:00:00Z'));
    expect(mirror.lines('2026-11-03', '2026-11-04')).toEqual(['Bell: 2026-11-03T00:00 for 0']);
  });

  test('of hidden and of unticked calendars are kept but not shown', () => {
    const mirror = newMirror();
    mirror.calendar({ id: 'unticked', summary: 'Unticked' });
    mirror.calendar({ id: 'hidden', summary: 'Hidden', selected: true, hidden: true });
    mirror.event(allDay('A', '2026-11-02', '2026-11-03'), 'unticked');
    mirror.event(allDay('B', '2026-11-02', '2026-11-03'), 'hidden');
    expect(mirror.lines('2026-11-02', '2026-11-03')).toEqual([]);
    expect(mirror.store.of('calendar').holdings.read('ada').counts['events']).toBe(2);
  });

  test('with strange contents cost nobody else their place', () => {
    const mirror = newMirror();
    mirror.event({ id: 'no time', summary: 'No time' });
    mirror.event({ id: 'bad time', summary: 'Bad time', start: { dateTime: 'soon' }, end: { dateTime: 'later' } });
    mirror.event({ id: 'no title', start: { date: '2026-11-02' } });
    expect(mirror.lines('2026-11-02', '2026-11-03')).toEqual(['(No title): 2026-11-02 to 2026-11-03']);
  });
});

describe('series', () => {
  const nine = (recurrence: string[], more: Event = {}) =>
    timed('Stand-up', '2026-03-20T09:00:00Z', '2026-03-20T09:15:00Z', 'Europe/Lisbon', { recurrence, ...more });

  test('keep their wall time and their length across daylight saving', () => {
    const mirror = newMirror();
    mirror.event(nine(['RRULE:FREQ=WEEKLY;BYDAY=FR']));
    expect(mirror.lines('2026-03-25', '2026-04-05')).toEqual([
      'Stand-up: 2026-03-27T09:00 for 15',
      'Stand-up: 2026-04-03T08:00 for 15',
    ]);
  });

  test('have occurrences with keys of their own', () => {
    const mirror = newMirror();
    mirror.event(nine(['RRULE:FREQ=DAILY']));
    const { items } = mirror.agenda('2026-04-01', '2026-05-01');
    expect(items).toHaveLength(30);
    expect(new Set(items.map(({ key }) => key)).size).toBe(30);
    expect(items.every(({ recurring }) => recurring)).toBe(true);
  });

  test('begin with their start and end with COUNT', () => {
    const mirror = newMirror();
    mirror.event(nine(['RRULE:FREQ=WEEKLY;COUNT=3']));
    expect(mirror.lines('2026-01-01', '2027-01-01')).toHaveLength(3);
    expect(mirror.lines('2026-04-03', '2026-04-04')).toHaveLength(1);
    expect(mirror.lines('2026-04-04', '2027-01-01')).toHaveLength(0);
  });

  test.each(['UNTIL=20260403T080000Z', 'UNTIL=20260403', 'UNTIL=20260403T090000', 'UNTIL=20260409T235959Z;WKST=SU'])(
    'end with %s, the last one included',
    (until) => {
      const mirror = newMirror();
      mirror.event(nine([`RRULE:FREQ=WEEKLY;${until}`]));
      expect(mirror.lines('2026-01-01', '2027-01-01')).toHaveLength(3);
      expect(mirror.lines('2026-04-03', '2026-04-04')).toHaveLength(1);
    },
  );

  test('leave out EXDATE and add RDATE, in whatever zone or form they are written', () => {
    const mirror = newMirror();
    mirror.event(
      nine([
        'RRULE:FREQ=DAILY;COUNT=6',
        'EXDATE;TZID=Europe/Lisbon:20260321T090000,20260322T090000',
        'EXDATE:20260323T090000Z',
        'EXDATE;VALUE=DATE:20260324',
        'RDATE;TZID=America/New_York:20260401T100000',
      ]),
    );
    expect(mirror.lines('2026-03-01', '2026-05-01')).toEqual([
      'Stand-up: 2026-03-20T09:00 for 15',
      'Stand-up: 2026-03-25T09:00 for 15',
      'Stand-up: 2026-04-01T14:00 for 15',
    ]);
  });

  test('may consist of RDATE alone', () => {
    const mirror = newMirror();
    mirror.event(nine(['RDATE;TZID=Europe/Lisbon:20260401T090000,20260402T090000']));
    expect(mirror.lines('2026-03-01', '2026-05-01')).toHaveLength(3);
  });

  test('of days count in days', () => {
    const mirror = newMirror();
    mirror.event(
      allDay('Market', '2026-03-26', '2026-03-28', {
        recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20260409T235959Z', 'EXDATE;VALUE=DATE:20260402'],
      }),
    );
    expect(mirror.lines('2026-03-27', '2026-05-01')).toEqual([
      'Market: 2026-03-26 to 2026-03-28',
      'Market: 2026-04-09 to 2026-04-11',
    ]);
  });

  test('lasting several days overlap the stretch they began before', () => {
    const mirror = newMirror();
    mirror.event(
      timed('Shift', '2026-11-01T22:00:00Z', '2026-11-04T06:00:00Z', 'Europe/Lisbon', {
        recurrence: ['RRULE:FREQ=WEEKLY'],
      }),
    );
    expect(mirror.lines('2026-11-10', '2026-11-11')).toEqual(['Shift: 2026-11-08T22:00 for 3360']);
  });

  test.each(['RRULE:FREQ=SOMETIMES', 'RRULE:nonsense', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'])(
    'with the rule %s are shown once rather than not at all',
    (rule) => {
      const mirror = newMirror();
      mirror.event(nine([rule]));
      mirror.event(allDay('Other', '2026-03-20', '2026-03-21'));
      expect(mirror.lines('2026-03-01', '2026-04-01')).toEqual([
        'Other: 2026-03-20 to 2026-03-21',
        'Stand-up: 2026-03-20T09:00 for 15',
      ]);
    },
  );
});

describe('exceptions', () => {
  const series = timed('Stand-up', '2026-11-02T09:00:00Z', '2026-11-02T09:15:00Z', 'Europe/Lisbon', {
    recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
  });
  const exception = (id: string, original: string, more: Event): Event => ({
    id,
    recurringEventId: 'Stand-up',
    // The same instant, said in another zone.
    originalStartTime: { dateTime: original, timeZone: 'Europe/Berlin' },
    ...more,
  });

  test('replace, move and cancel their occurrences', () => {
    const mirror = newMirror();
    mirror.event(series);
    mirror.event(exception('a', '2026-11-03T10:00:00+01:00', { status: 'cancelled' }));
    mirror.event({
      ...timed('Moved', '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'),
      ...exception('b', '2026-11-04T10:00:00+01:00', {}),
    });
    expect(mirror.lines('2026-11-01', '2026-11-10')).toEqual([
      'Stand-up: 2026-11-02T09:00 for 15',
      'Stand-up: 2026-11-05T09:00 for 15',
      'Stand-up: 2026-11-06T09:00 for 15',
    ]);
    expect(mirror.lines('2026-11-20', '2026-11-21')).toEqual(['Moved: 2026-11-20T09:00 for 60']);
    expect(mirror.agenda('2026-11-20', '2026-11-21').items[0]?.recurring).toBe(true);
    expect(mirror.store.of('calendar').holdings.read('ada').counts['events']).toBe(2);
  });

  test('of a series of days go by the day', () => {
    const mirror = newMirror();
    mirror.event(allDay('Market', '2026-11-02', '2026-11-03', { recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] }));
    mirror.event({
      id: 'x',
      status: 'cancelled',
      recurringEventId: 'Market',
      originalStartTime: { date: '2026-11-03' },
    });
    expect(mirror.lines('2026-11-01', '2026-11-10')).toEqual([
      'Market: 2026-11-02 to 2026-11-03',
      'Market: 2026-11-04 to 2026-11-05',
    ]);
  });

  test('go with their series', () => {
    const mirror = newMirror();
    mirror.event(series);
    mirror.event(exception('b', '2026-11-04T10:00:00+01:00', { start: { date: '2026-11-20' } }));
    mirror.settle();
    mirror.event({ id: 'Stand-up', status: 'cancelled' });
    expect(mirror.lines('2026-11-01', '2026-12-01')).toEqual([]);
    expect(mirror.store.of('calendar').holdings.read('ada').counts['events']).toBe(0);
  });
});

test('a zone or a day that does not exist is refused with a sentence', () => {
  const mirror = newMirror();
  expect(() => mirror.agenda('2026-11-01', '2026-11-02', 'Moon/Base')).toThrow('There is no time zone "Moon/Base".');
  expect(() => mirror.agenda('2026-13-01', '2026-11-02')).toThrow('There is no such day.');
});

describe('several accounts', () => {
  test('share one agenda, in order, each item with its owner', () => {
    const mirror = newMirror();
    mirror.calendar({ id: 'work', summary: 'Work', selected: true }, 'grace');
    // The same event, as two guests have it: the ids are the same.
    const tea = timed('Tea', '2026-11-02T16:00:00Z', '2026-11-02T16:30:00Z');
    mirror.event(tea);
    mirror.event(tea, 'work', 'grace');
    mirror.event(allDay('Holiday', '2026-11-02', '2026-11-03'), 'work', 'grace');
    const { items } = mirror.agenda('2026-11-02', '2026-11-03');
    expect(items.map(({ title, accountId }) => `${title} of ${accountId}`)).toEqual([
      'Holiday of grace',
      'Tea of ada',
      'Tea of grace',
    ]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(3);
  });

  test('have keys of their own even where ids could be read in two ways', () => {
    const mirror = newMirror();
    mirror.calendar({ id: 'a', selected: true });
    mirror.calendar({ id: 'a/b', selected: true });
    mirror.event({ ...allDay('One', '2026-11-02', '2026-11-03'), id: 'b/c' }, 'a');
    mirror.event({ ...allDay('Two', '2026-11-02', '2026-11-03'), id: 'c' }, 'a/b');
    expect(new Set(mirror.agenda('2026-11-02', '2026-11-03').items.map(({ key }) => key)).size).toBe(2);
  });

  test('share the pages, whatever their size', () => {
    const mirror = newMirror();
    mirror.calendar({ id: 'work', selected: true }, 'grace');
    for (let n = 0; n < 500; n++) {
      mirror.event({ ...allDay(`A ${n}`, '2026-11-02', '2026-11-03') });
      mirror.event({ ...allDay(`B ${n}`, '2026-11-02', '2026-11-03') }, 'work', 'grace');
    }
    mirror.event(allDay('First', '2026-11-01', '2026-11-03'), 'work', 'grace');
    const all = mirror.agenda('2026-11-02', '2026-11-03').items;
    expect([all.length, all[0]?.title]).toEqual([1_001, 'First']);
    expect(new Set(all.map(({ key }) => key)).size).toBe(1_001);
    for (const limit of [1, 7, 100])
      expect(mirror.agenda('2026-11-02', '2026-11-03', undefined, limit).items).toEqual(all);
  });
});
