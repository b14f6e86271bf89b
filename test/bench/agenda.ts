import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAgenda } from '../../src/daemon/calendar/agenda.ts';
import { GoogleCalendar, GoogleEvent } from '../../src/daemon/calendar/api.ts';
import { calendarRow, eventRow } from '../../src/daemon/calendar/rows.ts';
import { stepsUpTo } from '../../src/daemon/calendar/steps.ts';
import { openMirror } from '../../src/daemon/services.ts';
import { atOnce } from '../daemon/support/at-once.ts';
import { seedEvents } from '../google/calendar/seed-events.ts';

// How long a screenful of the agenda takes with a given number of events, near today and far from it.
// node test/bench/agenda.ts [events]

const amount = Number(process.argv[2] ?? 200_000);
const now = Date.parse('2026-11-02T09:00:00Z');
const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
const store = openMirror(join(folder, 'mirror.sqlite'));
const { calendars, events, spread } = store.mirrors.calendar;
const timed = <T>(work: () => T): [milliseconds: number, result: T] => {
  const began = performance.now();
  const result = work();
  return [performance.now() - began, result];
};
const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const line = (what: string, ms: number) =>
  process.stdout.write(`${what.padEnd(52)} ${ms.toFixed(1).padStart(10)} ms\n`);

const entry = { id: 'work', summary: 'Work', selected: true, timeZone: 'Europe/London' };
store.write(() => {
  store.accounts.add('ada');
  calendars.put('ada', calendarRow({ item: GoogleCalendar.parse(entry), body: JSON.stringify(entry) }), 1);
});
const seeded = seedEvents(1, 'bench', amount, now);
const [filled] = timed(() => {
  for (let at = 0; at < seeded.length; at += 2_500) {
    store.write(() => {
      for (const event of seeded.slice(at, at + 2_500)) {
        const received = { item: GoogleEvent.parse(event), body: JSON.stringify(event) };
        events.put('ada', 'work', eventRow(received, 'Europe/London', stepsUpTo(100_000)), 1);
      }
      spread.renew('ada', 'work', now);
    });
  }
});
line(`${amount.toLocaleString('en')} events stored, series spread`, filled);
const [left] = timed(() => {
  while (spread.renew('ada', 'work', now));
});
line('what was left to spread', left);

const dayAt = (offset: number) => new Date(now + offset * day).toISOString().slice(0, 10);
const read = (offset: number, after: string | null = null, limit = 100) =>
  atOnce(
    readAgenda(store.mirrors.calendar, ['ada'], {
      from: dayAt(offset),
      to: dayAt(offset + 14),
      timeZone: 'Europe/London',
      after,
      limit,
    }),
  );
for (const [what, offset] of [
  ['today', 0],
  ['two weeks ahead', 14],
  ['ten weeks ahead', 70],
  ['three weeks back', -21],
] as const) {
  const first = median(Array.from({ length: 9 }, () => timed(() => read(offset))[0]));
  const { next } = read(offset);
  const second = next === null ? 0 : median(Array.from({ length: 9 }, () => timed(() => read(offset, next))[0]));
  line(`a fortnight from ${what}: first 100`, first);
  line(`a fortnight from ${what}: next 100`, second);
}
const [whole, pages] = timed(() => {
  let count = 0;
  let after: string | null = null;
  do {
    const page: ReturnType<typeof read> = read(0, after, 500);
    count += page.items.length;
    after = page.next;
  } while (after !== null);
  return count;
});
line(`the whole fortnight, ${pages.toLocaleString('en')} items by 500`, whole);
line('a fortnight next year, expanded: first 100', timed(() => read(300))[0]);
store.close();
rmSync(folder, { recursive: true });
