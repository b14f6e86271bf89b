import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { zoneComponent } from '../../src/daemon/calendar/zone-component.ts';

// Zones are read by ical.js, and asked for instants whose local time the runtime knows.

const day = 86_400_000;

/** The instants of a stretch, some days apart and an hour to both sides of each move, which zones show by one clock only. */
function instants(zone: string, from: number, to: number): Temporal.ZonedDateTime[] {
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const found: Temporal.ZonedDateTime[] = [];
  for (let ms = from; ms < to; ms += 11 * day + 5 * 3_600_000) found.push(at(ms));
  let move = at(from).getTimeZoneTransition('next');
  while (move && move.epochMilliseconds < to) {
    for (const hours of [-3, -1, 1, 3]) found.push(move.add({ hours }));
    move = move.getTimeZoneTransition('next');
  }
  return found.filter((each) => {
    const local = each.toPlainDateTime();
    const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
      local.toZonedDateTime(zone, { disambiguation }),
    );
    return earlier?.epochMilliseconds === later?.epochMilliseconds;
  });
}

function readZone(text: string): ICAL.Timezone {
  return new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)));
}

function instantIn(
  zone: ICAL.Timezone,
  { year, month, day: date, hour, minute, second }: Temporal.ZonedDateTime,
): number {
  return new ICAL.Time({ year, month, day: date, hour, minute, second }, zone).toUnixTime() * 1_000;
}

test.each([
  ['Europe/London', 1965, 2040],
  ['Europe/Berlin', 2020, 2030],
  ['Europe/Dublin', 1990, 2030],
  ['America/New_York', 2000, 2040],
  ['America/Sao_Paulo', 2010, 2030],
  ['America/Santiago', 2015, 2035],
  ['America/St_Johns', 2005, 2015],
  ['Asia/Jerusalem', 2010, 2030],
  ['Asia/Kathmandu', 1980, 1990],
  ['Asia/Tokyo', 2020, 2030],
  ['Africa/Casablanca', 2010, 2030],
  ['Australia/Lord_Howe', 2000, 2030],
  ['Europe/Moscow', 2005, 2020],
  ['Pacific/Apia', 2008, 2014],
  ['+05:30', 2020, 2022],
] as const)('%s is right from %d to %d', (zone, first, last) => {
  const from = Date.UTC(first, 0, 1);
  const to = Date.UTC(last, 0, 1);
  const read = readZone(zoneComponent(zone, from, to));
  expect(read.tzid).toBe(zone);
  const wrong = instants(zone, from, to)
    .filter((each) => instantIn(read, each) !== each.epochMilliseconds)
    .map(String);
  expect(wrong).toEqual([]);
});

test('clocks that are moved by a rule go on by it', () => {
  const read = readZone(zoneComponent('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2026, 5, 1)));
  const wrong = instants('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2050, 0, 1)).filter(
    (each) => instantIn(read, each) !== each.epochMilliseconds,
  );
  expect(wrong.map(String)).toEqual([]);
});

test('ages of which nobody knows anything cost no more than a few lines', () => {
  const text = zoneComponent('Europe/Berlin', Date.UTC(1000, 0, 1), Date.UTC(9999, 0, 1));
  expect(text.length).toBeLessThan(20_000);
});
