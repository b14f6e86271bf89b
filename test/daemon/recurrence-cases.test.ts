import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newMirror } from './support/mirror.ts';

/** Events as Google sends them, the days that are asked for, what is right, and why. */
const Cases = z.array(
  z.strictObject({
    title: z.string(),
    events: z.array(z.looseObject({ id: z.string() })),
    calendarZone: z.string().optional(),
    from: z.string(),
    to: z.string(),
    zone: z.string(),
    right: z.array(z.string()),
    why: z.string(),
  }),
);
const cases = Cases.parse(JSON.parse(readFileSync(new URL('support/recurrence-cases.json', import.meta.url), 'utf8')));

test.each(cases)('$title', ({ events, calendarZone, from, to, zone, right }) => {
  for (const order of [events, events.toReversed()]) {
    const mirror = newMirror();
    mirror.calendar({ id: 'home', summary: 'Home', selected: true, timeZone: calendarZone ?? 'UTC' });
    for (const event of order) mirror.event(event, 'home');
    expect(mirror.lines(from, to, zone)).toEqual(right);
    // In rows it is the same.
    mirror.spread(Date.parse(`${from}T00:00:00Z`));
    expect(mirror.lines(from, to, zone)).toEqual(right);
  }
});
