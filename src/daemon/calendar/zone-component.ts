import { Temporal } from 'temporal-polyfill';
import { basicUtc } from '../export/basic-format.ts';
import { contentLine } from '../export/content-line.ts';

/** A moment at which a zone's clocks are moved; offsets in seconds. */
interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Moves that follow one another year by year, with the rules that all of them keep. */
interface Run {
  readonly moves: readonly [Transition, ...Transition[]];
  readonly rules: readonly string[];
}

/** Zones were hardly told apart before, and nobody knows their rules after. */
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2100, 0, 1);
const year = 366 * 86_400_000;
/** So many years in a row are taken for a rule that goes on. */
const habit = 4;
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/**
 * A time zone as iCalendar has it, right for all moments from `from` to `to`, and after that for as long as its clocks are
 * moved as they were last. https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5
 */
export function zoneComponent(zone: string, from: number, to: number): string {
  const begin = clamp(from) - year;
  const end = Math.max(begin, clamp(to)) + year;
  const lastYear = new Date(end).getUTCFullYear() + habit;
  const moves = transitions(zone, begin, Date.UTC(lastYear + 1, 0, 1));
  const runs = runsOf(moves).filter(({ moves: [first] }) => first.at <= end);
  return [
    contentLine('BEGIN', 'VTIMEZONE'),
    contentLine('TZID', zone),
    beginning(zone, begin, moves[0]),
    ...runs.map((run) => observance(run, lastYear)),
    contentLine('END', 'VTIMEZONE'),
  ].join('');
}

const clamp = (at: number) => Math.min(Math.max(at, earliest), latest);

function transitions(zone: string, from: number, to: number): Transition[] {
  const found: Transition[] = [];
  let at = zoned(from, zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to) return found;
    found.push({
      at: next.epochMilliseconds,
      before: offsetOf(next.subtract({ nanoseconds: 1 })),
      after: offsetOf(next),
    });
    at = next;
  }
}

const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
const offsetOf = (at: Temporal.ZonedDateTime): number => at.offsetNanoseconds / 1e9;

/** What the clocks show at the moment, before they are moved. */
const onset = ({ at, before }: Transition) => zoned(at + before * 1_000, 'UTC').toPlainDateTime();
const yearOf = (move: Transition | undefined): number | null => (move === undefined ? null : onset(move).year);

function runsOf(moves: readonly Transition[]): Run[] {
  const runs: Run[] = [];
  for (const move of moves) {
    const rules = rulesOf(move);
    const at = runs.findLastIndex(({ moves: [first] }) => first.before === move.before && first.after === move.after);
    const run = runs[at];
    const kept = run?.rules.filter((rule) => rules.includes(rule)) ?? [];
    const follows = run !== undefined && kept.length > 0 && yearOf(run.moves.at(-1)) === onset(move).year - 1;
    if (follows) runs[at] = { moves: [...run.moves, move], rules: kept };
    else runs.push({ moves: [move], rules });
  }
  return runs;
}

/** The yearly rules that a move may follow, each with the time of day, which has to be the same. */
function rulesOf(move: Transition): string[] {
  const local = onset(move);
  const { month, day, dayOfWeek, daysInMonth } = local;
  const weekday = weekdays[dayOfWeek - 1] ?? 'MO';
  const ordinals = [Math.ceil(day / 7), ...(day > daysInMonth - 7 ? [-1] : [])];
  // The last comes first: where all of a run are the last of their month, that is what is meant.
  return ordinals
    .reverse()
    .map((ordinal) => `FREQ=YEARLY;BYMONTH=${month};BYDAY=${ordinal}${weekday} ${local.toPlainTime()}`);
}

function observance({ moves, rules }: Run, lastYear: number): string {
  const [first] = moves;
  const last = moves[moves.length - 1] ?? first;
  const goesOn = moves.length >= habit && yearOf(last) === lastYear;
  const rule = rules[0]?.split(' ')[0] ?? '';
  const until = goesOn ? '' : `;UNTIL=${basicUtc(last.at)}`;
  return component(first.after > first.before ? 'DAYLIGHT' : 'STANDARD', [
    contentLine('DTSTART', localText(first.at, first.before)),
    contentLine('TZOFFSETFROM', offsetText(first.before)),
    contentLine('TZOFFSETTO', offsetText(first.after)),
    ...(moves.length > 1 ? [contentLine('RRULE', `${rule}${until}`)] : []),
  ]);
}

/** What held until the first move. */
function beginning(zone: string, begin: number, first: Transition | undefined): string {
  const offset = first?.before ?? offsetOf(zoned(begin, zone));
  return component(first !== undefined && first.after < first.before ? 'DAYLIGHT' : 'STANDARD', [
    contentLine('DTSTART', localText(begin, offset)),
    contentLine('TZOFFSETFROM', offsetText(offset)),
    contentLine('TZOFFSETTO', offsetText(offset)),
  ]);
}

function component(name: 'DAYLIGHT' | 'STANDARD', lines: readonly string[]): string {
  return [contentLine('BEGIN', name), ...lines, contentLine('END', name)].join('');
}

const localText = (at: number, offset: number): string => basicUtc(at + offset * 1_000).slice(0, -1);

/** `+0530`, and seconds where there are any, as before zones were agreed on. */
function offsetText(offset: number): string {
  const seconds = Math.abs(offset);
  const parts = [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${offset < 0 ? '-' : '+'}${parts.slice(0, seconds % 60 === 0 ? 2 : 3).join('')}`;
}
