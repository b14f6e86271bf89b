import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAgenda } from '../../src/daemon/calendar/agenda.ts';
import { GoogleCalendar, GoogleEvent } from '../../src/daemon/calendar/api.ts';
import { calendarRow, eventRow } from '../../src/daemon/calendar/rows.ts';
import { stepsUpTo } from '../../src/daemon/calendar/steps.ts';
import { openMirror } from '../../src/daemon/services.ts';

// How long an agenda holds the daemon with many series, honest and hostile ones, near today and far from it.
// node test/bench/series.ts [series]

const amount = Number(process.argv[2] ?? 3_000);
const now = Date.parse('2026-11-02T09:00:00Z');
const day = 86_400_000;
const rules = [
  'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR',
  'RRULE:FREQ=DAILY',
  'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=60',
  'RRULE:FREQ=YEARLY',
  'RRULE:FREQ=YEARLY;COUNT=1000;INTERVAL=100;BYDAY=1TU',
  'RRULE:FREQ=DAILY;BYMONTH=12;BYMONTHDAY=25;COUNT=30',
];
const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
const store = openMirror(join(folder, 'mirror.sqlite'));
const { calendars, events, spread } = store.mirrors.calendar;
const entry = { id: 'work', summary: 'Work', selected: true, timeZone: 'Europe/London' };
store.write(() => {
  store.accounts.add('ada');
  calendars.put('ada', calendarRow({ item: GoogleCalendar.parse(entry), body: JSON.stringify(entry) }), 1);
  for (let n = 0; n < amount; n += 1) {
    const at = (hours: number) => ({
      dateTime: new Date(now - (n % 700) * day + hours * 3_600_000).toISOString(),
      timeZone: 'Europe/London',
    });
    const event = { id: `s${n}`, summary: 'Series', start: at(0), end: at(1), recurrence: [rules[n % rules.length]] };
    const received = { item: GoogleEvent.parse(event), body: JSON.stringify(event) };
    events.put('ada', 'work', eventRow(received, 'Europe/London', stepsUpTo(1_000_000)), 1);
  }
  return true;
});

const line = (what: string, text: string) => process.stdout.write(`${what.padEnd(52)} ${text.padStart(20)}\n`);
let longest = 0;
let transactions = 0;
for (let more = true; more; transactions += 1) {
  const began = performance.now();
  store.write(() => {
    more = spread.renew('ada', 'work', now);
    return false;
  });
  longest = Math.max(longest, performance.now() - began);
}
line(`spread in ${transactions} transactions, the longest`, `${longest.toFixed(1)} ms`);

for (const [what, offset] of [
  ['a month from today', 0],
  ['a month next year', 300],
] as const)
  for (const time of ['first', 'again']) {
    const days = [offset, offset + 30].map((each) => new Date(now + each * day).toISOString().slice(0, 10));
    const work = readAgenda(store.mirrors.calendar, ['ada'], {
      ...{ from: days[0] ?? '', to: days[1] ?? '', timeZone: 'Europe/London' },
      ...{ after: null, limit: 100 },
    });
    const stretches: number[] = [];
    for (let done: boolean | undefined = false; !done; ) {
      const began = performance.now();
      done = work.next().done;
      stretches.push(performance.now() - began);
    }
    const sum = stretches.reduce((all, each) => all + each, 0);
    line(
      `${what}, ${time}: all, and the longest stretch`,
      `${sum.toFixed(1)}, ${Math.max(...stretches).toFixed(1)} ms`,
    );
  }
store.close();
rmSync(folder, { recursive: true });
