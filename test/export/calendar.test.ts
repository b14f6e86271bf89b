import type { calendar_v3 } from '@googleapis/calendar';
import ICAL from 'ical.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { occurrences } from '../../src/daemon/calendar/series.ts';
import { stepsUpTo } from '../../src/daemon/calendar/steps.ts';
import { readMoment, readWhen } from '../../src/daemon/calendar/when.ts';
import { openSnapshot } from '../../src/daemon/export/snapshot.ts';
import { services } from '../../src/daemon/services.ts';
import type { ExportedFile } from '../../src/daemon/sync/service.ts';
import { newWorld, type World } from '../daemon/support/world.ts';

// Everything is read back by ical.js, which shares nothing with what wrote it, and compared with what Google has.

type Event = calendar_v3.Schema$Event;

/** The files of a person's calendars, each as a text. */
async function exported(world: World) {
  const pair = await world.synced();
  const snapshot = openSnapshot(pair.path, services);
  onTestFinished(snapshot.close);
  return [...snapshot.exported(world.sub, 'calendar')].map(({ name, items, content }: ExportedFile) => ({
    name,
    items,
    text: [...content()].join(''),
  }));
}

const read = (text: string) => new ICAL.Component(ICAL.parse(text));

/** An instant; of a day, its midnight UTC. */
function instantOf(time: ICAL.Time): number {
  return time.isDate ? Date.UTC(time.year, time.month - 1, time.day) : time.toUnixTime() * 1_000;
}

const timesOf = (component: ICAL.Component, name: string) =>
  component.getAllProperties(name).map((property) => instantOf(property.getFirstValue() as ICAL.Time));

const values = (component: ICAL.Component, name: string) =>
  component.getAllProperties(name).map((property) => property.getFirstValue()?.toString());

/** What the file says of an event, in Google's terms. */
function said(component: ICAL.Component) {
  const one = (name: string) => values(component, name)[0] ?? null;
  return {
    uid: one('uid'),
    original: timesOf(component, 'recurrence-id')[0] ?? null,
    start: timesOf(component, 'dtstart')[0],
    end: timesOf(component, 'dtend')[0],
    allDay: (component.getFirstPropertyValue('dtstart') as ICAL.Time).isDate,
    summary: one('summary'),
    description: one('description'),
    location: one('location'),
    status: one('status'),
    transp: one('transp'),
    class: one('class'),
    url: one('url'),
    created: timesOf(component, 'created')[0],
    updated: timesOf(component, 'last-modified')[0],
    attendees: component.getAllProperties('attendee').map((property) => ({
      address: decodeURIComponent(String(property.getFirstValue())),
      name: property.getFirstParameter('cn') ?? null,
      answer: property.getFirstParameter('partstat'),
    })),
    organizer: one('organizer') && decodeURIComponent(one('organizer') ?? ''),
    attachments: values(component, 'attach'),
    conference: values(component, 'conference'),
    meet: one('x-google-conference'),
    alarms: component
      .getAllSubcomponents('valarm')
      .map((alarm) => [alarm.getFirstPropertyValue('action'), String(alarm.getFirstPropertyValue('trigger'))]),
    rules: values(component, 'rrule').map((rule) => String(rule).split(';').toSorted().join(';')),
  };
}

/** The same from Google's own answer. */
function expected(event: Event, zone: string | null) {
  const when = readWhen(event as never, zone);
  const overrides = event.reminders?.overrides ?? [];
  return {
    uid: event.iCalUID,
    original: readMoment(event.originalStartTime as never, zone),
    start: when?.start,
    end: when?.end,
    allDay: Boolean(event.start?.date),
    summary: event.summary ?? null,
    description: event.description ?? null,
    location: event.location ?? null,
    status: event.status?.toUpperCase(),
    transp: event.transparency === 'transparent' ? 'TRANSPARENT' : 'OPAQUE',
    class: event.visibility === 'private' ? 'PRIVATE' : null,
    url: event.htmlLink,
    created: Date.parse(event.created ?? ''),
    updated: Date.parse(event.updated ?? ''),
    attendees: (event.attendees ?? []).map(({ email, displayName, responseStatus }) => ({
      address: `mailto:${email}`,
      name: displayName ?? null,
      answer: responseStatus === 'needsAction' ? 'NEEDS-ACTION' : responseStatus?.toUpperCase(),
    })),
    organizer: event.attendees ? `mailto:${event.organizer?.email}` : null,
    attachments: (event.attachments ?? []).map(({ fileUrl }) => fileUrl),
    conference: (event.conferenceData?.entryPoints ?? []).map(({ uri }) => uri),
    meet: event.hangoutLink ?? null,
    alarms: overrides.map(({ minutes }) => ['DISPLAY', `-PT${minutes}M`]),
    rules: (event.recurrence ?? [])
      .filter((line) => line.startsWith('RRULE:'))
      .map((line) => line.slice('RRULE:'.length).split(';').toSorted().join(';')),
  };
}

const keyOf = ({ uid, original }: { uid?: unknown; original: number | null }) => `${uid} ${original}`;

test('all that is seeded is read back, item by item and field by field, and is at the same instants', async () => {
  const world = await newWorld({ events: 400, calendars: 4 });
  const files = await exported(world);
  for (const { id, summary } of world.control.calendars(world.sub)) {
    const { timeZone = null } = world.control.calendars(world.sub).find((each) => each.id === id) ?? {};
    const events = world.control.events(world.sub, id ?? '').filter(({ status }) => status !== 'cancelled');
    const file = files.find(({ name }) => name === `${summary}.ics`);
    const found = read(file?.text ?? '')
      .getAllSubcomponents('vevent')
      .map(said);
    const wanted = events.map((event) => expected(event, timeZone));
    expect(file?.items).toBe(events.length);
    expect(found).toHaveLength(events.length);
    const byKey = (a: Parameters<typeof keyOf>[0], b: Parameters<typeof keyOf>[0]) => (keyOf(a) < keyOf(b) ? -1 : 1);
    expect(found.toSorted(byKey)).toEqual(wanted.toSorted(byKey));
  }
});

test('series are on the same days as here, without what was called off', async () => {
  const world = await newWorld({ events: 400 });
  const files = await exported(world);
  const from = Date.parse('2026-06-01T00:00:00Z');
  const to = Date.parse('2027-12-01T00:00:00Z');
  let compared = 0;
  for (const { id, summary, timeZone = null } of world.control.calendars(world.sub)) {
    const all = world.control.events(world.sub, id ?? '');
    const components = read(files.find(({ name }) => name === `${summary}.ics`)?.text ?? '').getAllSubcomponents(
      'vevent',
    );
    for (const master of all.filter(({ recurrence }) => recurrence)) {
      const component = components.find(
        (each) => each.getFirstPropertyValue('uid') === master.iCalUID && !each.hasProperty('recurrence-id'),
      );
      const first = readWhen(master as never, timeZone);
      if (!component || !first) throw new Error(`${master.id} is missing`);
      const cancelled = all
        .filter(({ recurringEventId, status }) => recurringEventId === master.id && status === 'cancelled')
        .map(({ originalStartTime }) => readMoment(originalStartTime as never, timeZone));
      const here = occurrences(
        first,
        master.recurrence ?? [],
        { from, to },
        { limit: 10_000, exceptions: new Set(cancelled.filter((at) => at !== null)), steps: stepsUpTo(1_000_000) },
      )
        .occurrences.map(({ start }) => start)
        .filter((start) => start >= from);
      const there: number[] = [];
      const iterator = new ICAL.Event(component).iterator();
      for (let next = iterator.next(); next && instantOf(next) < to; next = iterator.next())
        if (instantOf(next) >= from) there.push(instantOf(next));
      expect(there, `${master.summary} ${master.recurrence}`).toEqual(here);
      compared += there.length;
    }
  }
  expect(compared).toBeGreaterThan(500);
});

describe('the lines', () => {
  test('end with CR LF, are no longer than 75 octets, and never cut inside a character', async () => {
    const world = await newWorld({ events: 60 });
    world.control.insertEvent(world.sub, world.primary, {
      id: 'long',
      summary: '牛乳🌱é'.repeat(200),
      start: { date: '2026-03-02' },
      end: { date: '2026-03-03' },
    });
    for (const { name, text } of await exported(world)) {
      if (!name.endsWith('.ics')) continue;
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of text.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed() && !line.includes('\ufffd')).toBe(true);
      }
    }
    const [file] = await exported(world);
    const summaries = read(file?.text ?? '')
      .getAllSubcomponents('vevent')
      .flatMap((each) => values(each, 'summary'));
    expect(summaries).toContain('牛乳🌱é'.repeat(200));
  });

  test.each([
    ['a line break', 'Tea\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x', 'Tea\nEND:VEVENT\nBEGIN:VEVENT\nUID:x'],
    ['separators', 'a;b,c\\n:d"e', 'a;b,c\\n:d"e'],
    ['what some take for a line break', 'a\u2028b\u0085c\u2029d\re', 'a\nb\nc\nd\ne'],
    ['control characters', 'a\u0000b\u0007c\u001bd\u007fe\tf', 'abcde\tf'],
    ['half a character', 'a\ud83cb', 'a\ufffdb'],
  ])('take %s in a text for text', async (_what, given, back) => {
    const world = await newWorld({ events: 1 });
    world.control.insertEvent(world.sub, world.primary, {
      id: 'trap',
      iCalUID: given,
      summary: given,
      description: given,
      location: given,
      htmlLink: `https://example.com/${given}`,
      hangoutLink: given,
      start: { dateTime: '2026-03-02T09:00:00Z', timeZone: given },
      end: { dateTime: '2026-03-02T10:00:00Z', timeZone: given },
      recurrence: [`RRULE:FREQ=DAILY;COUNT=2${given}`, `EXDATE;TZID=${given}:20260303T090000${given}`, given],
      attendees: [{ email: given, displayName: given, comment: given }],
      organizer: { email: given, displayName: given },
      attachments: [{ fileUrl: given, title: given, mimeType: given }],
      conferenceData: { entryPoints: [{ uri: given, label: given, entryPointType: given }] },
    });
    const events = read((await exported(world))[0]?.text ?? '').getAllSubcomponents('vevent');
    expect(events).toHaveLength(2);
    const trap = events.find((each) => values(each, 'uid')[0] === back);
    for (const name of ['summary', 'description', 'location']) expect(values(trap!, name)).toEqual([back]);
    // In parameters ical.js takes `\\n` for a line break, which it is in values only.
    const inParameter = back.replace('\\n', '\n');
    expect(trap?.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe(inParameter);
    expect(trap?.getFirstProperty('attach')?.getFirstParameter('filename')).toBe(inParameter);
  });
});

describe('what Google writes in its own way', () => {
  const hour = { start: '2026-03-02T09:00:00+01:00', end: '2026-03-02T10:00:00+01:00' };
  const berlin = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Berlin' });

  /** The only other event of the primary calendar, as it is in the file. */
  async function written(event: Event, more: Event[] = []) {
    const world = await newWorld({ events: 1 });
    for (const each of [event, ...more]) world.control.insertEvent(world.sub, world.primary, each);
    const [file] = await exported(world);
    return read(file?.text ?? '')
      .getAllSubcomponents('vevent')
      .filter((each) => String(each.getFirstPropertyValue('uid')).startsWith('mine'));
  }
  const series = { id: 'mine', iCalUID: 'mine', start: berlin(hour.start), end: berlin(hour.end) };

  test('a bare day that is left out is that day’s occurrence', async () => {
    const [component] = await written({ ...series, recurrence: ['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20260303'] });
    expect(timesOf(component!, 'exdate')).toEqual([Date.parse('2026-03-03T08:00:00Z')]);
  });

  test('a period that is added is its start, and an end by local time is one in UTC', async () => {
    const recurrence = ['RRULE:FREQ=DAILY;UNTIL=20260304T235959', 'RDATE;VALUE=PERIOD:20260401T080000Z/PT1H'];
    const [component] = await written({ ...series, recurrence });
    expect(timesOf(component!, 'rdate')).toEqual([Date.parse('2026-04-01T08:00:00Z')]);
    expect(values(component!, 'rrule')).toEqual(['FREQ=DAILY;UNTIL=20260304T225959Z']);
  });

  test('a period of another length is one, and an end on a day that there is not is the last of its month', async () => {
    const recurrence = ['RRULE:FREQ=DAILY;UNTIL=20270230', 'RDATE;VALUE=PERIOD:20260401T080000Z/PT3H'];
    const [component] = await written({ ...series, recurrence });
    expect(values(component!, 'rdate').map(String)).toEqual(['2026-04-01T08:00:00Z/2026-04-01T11:00:00Z']);
    expect(values(component!, 'rrule')).toEqual(['FREQ=DAILY;UNTIL=20270228T225959Z']);
  });

  test('what is no line of a recurrence is left out, and the event is not', async () => {
    const recurrence = ['RRULE:FREQ=DAILY;COUNT=2', 'X-TRAP:1', 'END:VEVENT', 'RRULE;X=":FREQ=DAILY'];
    const [component] = await written({ ...series, recurrence });
    expect(values(component!, 'rrule')).toEqual(['FREQ=DAILY;COUNT=2']);
    expect(component?.hasProperty('x-trap')).toBe(false);
  });

  test('an exception that does not say what it stands for takes no series’ place', async () => {
    const orphan = { id: 'mine_odd', recurringEventId: 'mine', iCalUID: 'mine', start: series.start, end: series.end };
    const found = await written({ ...series, recurrence: ['RRULE:FREQ=DAILY'] }, [orphan]);
    expect(new Set(found.map((each) => each.getFirstPropertyValue('uid')))).toEqual(
      new Set(['mine', 'mine_odd@google.com']),
    );
  });

  test('the hour that clocks show twice is told by UTC', async () => {
    const twice = { start: berlin('2026-10-25T02:30:00+01:00'), end: berlin('2026-10-25T03:30:00+01:00') };
    const [component] = await written({ ...series, ...twice });
    expect(component?.getFirstPropertyValue('dtstart')?.toString()).toBe('2026-10-25T01:30:00Z');
  });

  test('reminders are the event’s own, or those of its calendar, which are for events with a time', async () => {
    const world = await newWorld({ events: 1 });
    const { control, sub, primary } = world;
    const usual = { reminders: { useDefault: true } };
    control.updateCalendar(sub, primary, { defaultReminders: [{ method: 'popup', minutes: 30 }] });
    control.insertEvent(sub, primary, { ...series, id: 'timed', iCalUID: 'timed', ...usual });
    control.insertEvent(sub, primary, {
      id: 'day',
      iCalUID: 'day',
      start: { date: '2026-03-02' },
      end: { date: '2026-03-03' },
      ...usual,
    });
    const overrides = [
      { method: 'email', minutes: 60 },
      { method: 'sms', minutes: 5 },
    ];
    control.insertEvent(sub, primary, {
      ...series,
      id: 'own',
      iCalUID: 'own',
      reminders: { useDefault: false, overrides },
    });
    const events = read((await exported(world))[0]?.text ?? '').getAllSubcomponents('vevent');
    const alarms = (uid: string) =>
      said(events.find((each) => each.getFirstPropertyValue('uid') === uid) ?? new ICAL.Component('vevent')).alarms;
    expect(alarms('timed')).toEqual([['DISPLAY', '-PT30M']]);
    expect(alarms('day')).toEqual([]);
    expect(alarms('own')).toEqual([['EMAIL', '-PT60M']]);
  });
});

test('everything is there as Google sent it, with the calendar that it is in', async () => {
  const world = await newWorld({ events: 60 });
  const { control, sub } = world;
  const file = (await exported(world)).at(-1);
  const lines = (file?.text ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(file?.items ?? 0);
  for (const entry of control.calendars(sub)) {
    const events = lines.filter(({ list }) => list === entry.id).map(({ body }) => body);
    const byId = (a: Event, b: Event) => (String(a.id) < String(b.id) ? -1 : 1);
    expect(events.toSorted(byId)).toEqual(
      JSON.parse(JSON.stringify(control.events(sub, entry.id ?? '').toSorted(byId))),
    );
    expect(lines.filter(({ list, body }) => list === null && body.id === entry.id)).toHaveLength(1);
  }
});
