import type { calendar_v3 } from '@googleapis/calendar';
import { describe, expect, test } from 'vitest';
import { newMirror } from './support/mirror.ts';

type Event = calendar_v3.Schema$Event;

const series = (recurrence: string[], start: string, zone = 'Europe/Lisbon', minutes = 60): Event => ({
  id: 'S',
  summary: 'S',
  start: { dateTime: start, timeZone: zone },
  end: { dateTime: new Date(Date.parse(start) + minutes * 60_000).toISOString(), timeZone: zone },
  recurrence,
});

function lines(event: Event, from: string, to: string, zone = 'UTC'): string[] {
  const mirror = newMirror();
  mirror.event(event);
  return mirror.lines(from, to, zone).map((line) => line.replace('S: ', ''));
}

const nine = '2026-11-02T09:00:00Z';
const hour = (date: string, at = '09:00') => `2026-${date}T${at} for 60`;

describe('a start beside its own rule', () => {
  test('is an instance, and COUNT counts without it', () => {
    expect(lines(series(['RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2'], nine), '2026-11-01', '2026-12-01')).toEqual(
      ['11-02', '11-05', '11-12'].map((date) => hour(date)),
    );
  });

  test('is none where an EXDATE takes it out', () => {
    const rule = ['RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2', 'EXDATE;TZID=Europe/Lisbon:20261102T090000'];
    expect(lines(series(rule, nine), '2026-11-01', '2026-12-01')).toEqual([hour('11-05'), hour('11-12')]);
  });
});

describe('clocks that are moved', () => {
  test('a start in the second of two equal hours stays there, and the others are in the first', () => {
    const event = series(['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;COUNT=2'], '2026-10-25T01:30:00Z');
    expect(lines(event, '2026-10-01', '2026-12-01')).toEqual([hour('10-25', '01:30')]);
    // 31 October 2027, 01:30 for the first time.
    expect(lines(event, '2027-10-01', '2027-11-02')).toEqual(['2027-10-31T00:30 for 60']);
  });

  test('an EXDATE of the second of two equal hours takes out a start in it', () => {
    const out = ['RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;TZID=Europe/Lisbon:20261025T013000'];
    expect(lines(series(out, '2026-10-25T01:30:00Z'), '2026-10-01', '2026-12-01')).toEqual([hour('10-26', '01:30')]);
  });

  test('an exception to an occurrence that was moved forward takes its place', () => {
    const mirror = newMirror();
    mirror.event(series(['RRULE:FREQ=DAILY;COUNT=3'], '2026-03-28T01:30:00Z'));
    const original = { dateTime: '2026-03-29T02:30:00+01:00', timeZone: 'Europe/Lisbon' };
    mirror.event({ id: 'S_x', status: 'cancelled', recurringEventId: 'S', originalStartTime: original });
    expect(mirror.lines('2026-03-01', '2026-04-10', 'UTC')).toEqual([
      'S: 2026-03-28T01:30 for 60',
      'S: 2026-03-30T00:30 for 60',
    ]);
  });

  test('a day that a zone left out moves to the next', () => {
    const event = series(['RRULE:FREQ=DAILY;COUNT=3'], '2011-12-29T19:00:00Z', 'Pacific/Apia');
    // 29 December, the 30th that there was not, and the 31st: 24 hours are left out.
    expect(lines(event, '2011-12-01', '2012-01-10')).toEqual(['2011-12-29T19:00 for 60', '2011-12-30T19:00 for 60']);
  });

  test('Cairo, which moved its clocks four times in 2014, keeps noon', () => {
    const event = series(['RRULE:FREQ=DAILY'], '2014-05-01T10:00:00Z', 'Africa/Cairo');
    const noon = (date: string) => lines(event, date, `${date.slice(0, 8)}${Number(date.slice(8)) + 1}`);
    expect(noon('2014-06-10')).toEqual(['2014-06-10T09:00 for 60']);
    expect(noon('2014-07-10')).toEqual(['2014-07-10T10:00 for 60']);
    expect(noon('2014-08-10')).toEqual(['2014-08-10T09:00 for 60']);
  });
});

describe('dates that are listed', () => {
  test('RDATE may come before the start', () => {
    const event = series(['RRULE:FREQ=DAILY;COUNT=1', 'RDATE:20261020T090000Z'], nine);
    expect(lines(event, '2026-10-01', '2026-12-01')).toEqual([hour('10-20'), hour('11-02')]);
  });

  test('a period with an end, and one that reaches into the days from before', () => {
    const event = series(['RDATE;VALUE=PERIOD:20261110T220000Z/20261112T030000Z'], nine);
    expect(lines(event, '2026-11-11', '2026-11-12')).toEqual(['2026-11-10T22:00 for 1740']);
  });

  test('the details of a period say how long it lasts', () => {
    const mirror = newMirror();
    mirror.event(series(['RDATE;VALUE=PERIOD:20261110T220000Z/PT3H'], nine));
    const start = Date.parse('2026-11-10T22:00:00Z');
    const { event } = mirror.store.mirrors.calendar.answers as unknown as {
      event: (accounts: string[], params: object) => { when: object };
    };
    const { when } = event(['ada'], { accountId: 'ada', calendarId: 'work', eventId: 'S', start });
    expect(when).toEqual({ kind: 'timed', start, end: start + 3 * 3_600_000 });
  });

  test.each([
    'EXDATE;VALUE=DATE:20261103',
    'EXDATE:20261103T090000Z',
    'EXDATE;TZID="GMT Standard Time":20261103T090000',
  ])('an exclusion by %s', (exclusion) => {
    const event = series(['RRULE:FREQ=DAILY;COUNT=3', exclusion], nine);
    expect(lines(event, '2026-11-01', '2026-12-01')).toEqual([hour('11-02'), hour('11-04')]);
  });

  test('what is on no calendar is left out: 30 February, 25 hours', () => {
    const event = series(['RDATE:20270230T090000Z,20261103T250000Z,20261104T090000Z', 'EXDATE:20270231T090000Z'], nine);
    expect(lines(event, '2026-11-01', '2027-11-01')).toEqual([hour('11-02'), hour('11-04')]);
  });

  test('thousands of them are all obeyed', () => {
    const all = Array.from({ length: 3_000 }, (_, n) => new Date(Date.parse(nine) + n * 86_400_000).toISOString());
    const basic = all.map((each) => each.slice(0, 19).replaceAll(/[-:]/g, '')).map((each) => `${each}Z`);
    const event = series(['RRULE:FREQ=DAILY', `EXDATE:${basic}`], nine, 'UTC');
    expect(lines(event, '2035-01-18', '2035-01-22')).toEqual(
      ['2035-01-19', '2035-01-20', '2035-01-21'].map((d) => `${d}T09:00 for 60`),
    );
  });
});

describe('rules', () => {
  test.each([
    ['UNTIL=20261104', 3],
    ['UNTIL=20261104T090000Z', 3],
    ['UNTIL=20261104T085959Z', 2],
    ['UNTIL=20261104T240000Z', 3],
    ['UNTIL=20261131', 29],
  ])('%s ends a timed series after %i', (until, length) => {
    expect(lines(series([`RRULE:FREQ=DAILY;${until}`], nine), '2026-11-01', '2027-11-01')).toHaveLength(length);
  });

  test('UNTIL as a moment ends a series of days by its day', () => {
    const event: Event = { id: 'S', summary: 'S', start: { date: '2026-11-02' }, end: { date: '2026-11-03' } };
    const recurrence = ['RRULE:FREQ=DAILY;UNTIL=20261104T220000Z'];
    expect(lines({ ...event, recurrence }, '2026-11-01', '2027-11-01')).toHaveLength(3);
  });

  test('several stand together, and the same twice is one', () => {
    const weekly = 'RRULE:FREQ=WEEKLY;COUNT=2';
    const event = series([weekly, weekly, 'RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1'], nine);
    expect(lines(event, '2026-11-01', '2026-12-01')).toEqual(['11-02', '11-04', '11-09'].map((date) => hour(date)));
  });

  test('EXRULE takes out what it brings about, RDATE too', () => {
    const event = series(['RRULE:FREQ=DAILY;COUNT=4', 'RDATE:20261111T090000Z', 'EXRULE:FREQ=WEEKLY;BYDAY=WE'], nine);
    expect(lines(event, '2026-11-01', '2026-12-01')).toEqual(['11-02', '11-03', '11-05'].map((date) => hour(date)));
  });

  test.each([
    ['WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=3', ['11-02', '11-15', '11-16']],
    ['WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO;COUNT=3', ['11-02', '11-08', '11-16']],
    ['MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2', ['11-02', '12-01']],
    ['MONTHLY;BYMONTHDAY=-1;COUNT=2', ['11-02', '11-30', '12-31']],
    ['HOURLY;INTERVAL=24;BYDAY=MO,WE;COUNT=3', ['11-02', '11-04', '11-09']],
  ])('%s', (rule, dates) => {
    expect(lines(series([`RRULE:FREQ=${rule}`], nine), '2026-11-01', '2027-01-01')).toEqual(
      dates.map((date) => hour(date)),
    );
  });
});

describe('zones are known by the names that other programs give them', () => {
  test.each([
    ['Eastern Standard Time', '13:00', '14:00'],
    ['eastern standard time', '13:00', '14:00'],
    ['/mozilla.org/20050126_1/America/New_York', '13:00', '14:00'],
    ['/freeassociation.sourceforge.net/America/Argentina/Salta', '13:00', '13:00'],
    ['GMT-03:00', '13:00', '13:00'],
    ['UTC-3', '13:00', '13:00'],
    ['-0300', '13:00', '13:00'],
    ['Etc/GMT+3', '13:00', '13:00'],
  ])('%s', (zone, before, after) => {
    const event = series(['RRULE:FREQ=WEEKLY;COUNT=2'], '2026-10-29T13:00:00Z', zone);
    expect(lines(event, '2026-10-01', '2026-12-01')).toEqual([hour('10-29', before), hour('11-05', after)]);
  });
});

describe('a cancelled series', () => {
  const daily = series(['RRULE:FREQ=DAILY;COUNT=5'], nine);
  const gone: Event = { id: 'S', status: 'cancelled' };
  const held = (n: number, more: Event = {}): Event => ({
    ...series([], `2026-11-0${n}T15:00:00Z`),
    id: `S_${n}`,
    summary: `Held ${n}`,
    recurringEventId: 'S',
    originalStartTime: { dateTime: `2026-11-0${n}T09:00:00Z`, timeZone: 'Europe/Lisbon' },
    ...more,
  });

  test.each([
    ['first', [gone, held(3)]],
    ['last', [held(3), gone]],
    ['as it was before, too', [held(3, { etag: 'same' }), gone]],
  ])('leaves what the same reading says to take place, told %s', (_name, told) => {
    const mirror = newMirror();
    mirror.event(daily);
    mirror.event(held(3, { etag: 'same' }));
    mirror.event(held(4));
    mirror.settle();
    for (const event of told) mirror.event(event);
    mirror.settle();
    expect(mirror.lines('2026-11-01', '2026-12-01')).toEqual(['Held 3: 2026-11-03T15:00 for 60']);
  });
});

test('an agenda is of 400 days at most', () => {
  const mirror = newMirror();
  expect(mirror.lines('2026-01-01', '2027-02-05')).toEqual([]);
  expect(() => mirror.lines('2026-01-01', '2027-02-06')).toThrow('at most 400 days');
});
