import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { basicDay, basicLocal, basicUtc } from '../export/basic-format.ts';
import { endByCount } from './end-by-count.ts';
import { exclusion, startsOf } from './listed-dates.ts';
import { readDateLists, type Stamp } from './recurrence-lines.ts';
import { type Rule, readRules } from './recurrence-rule.ts';
import { day, type When } from './when.ts';

/** The end of a series that has none; the last moment a Date can hold. */
export const endless = 8_640_000_000_000_000;

/** What a rule may cost in one agenda, in steps: some tens of milliseconds. */
const most = 3_000;
/** What may be spent on finding out whether a rule ever brings anything about. */
const mostForTrying = 1_000;
/** The library reads a zone's whole past and future as far as it is asked, which is costly for ages to come. */
const farthest = 50 * 366 * day;
/** What it costs to begin with a rule at all. */
const beginning = 20;
/** A day's moments lie within two days of its midnight in UTC, in any zone. */
const nearby = 2 * day;

/** What was found of a series in a stretch of time. */
export interface Found {
  /** Ascending. */
  readonly starts: readonly number[];
  /** False where there may be more than was found: the series is not understood, or goes beyond what it may cost. */
  readonly complete: boolean;
}

/** The steps that {@link occurrences} takes for the same, or a few more. */
export function stepsFor(first: When, recurrence: readonly string[], from: number, to: number): number {
  const rules = readRules(recurrence);
  if (rules === null) return 0;
  const dates = recurrence.filter((line) => !/^RRULE/i.test(line)).join().length / 8;
  const trying = within(from, to)(first.start) && rules.some(({ limited }) => limited) ? mostForTrying : 0;
  return rules.reduce((steps, rule) => steps + beginning + reachOf(rule, rules, first, from, to).steps, dates + trying);
}

/**
 * The starts of the occurrences in [from, to), at most `limit`, in the terms of {@link When}. Exceptions are not
 * considered. A series whose rule cannot be understood, or costs too much, occurs once, at its own start.
 */
export function occurrences(
  first: When,
  recurrence: readonly string[],
  from: number,
  to: number,
  limit: number,
): Found {
  const rules = readRules(recurrence);
  if (rules === null) return onceIn(first, from, to);
  const near = (stamp: Stamp) => stamp.day >= from - nearby && stamp.day < to + nearby;
  const excluded = exclusion(first, readDateLists('EXDATE', recurrence, near));
  let found: Found;
  try {
    const added = readDateLists('RDATE', recurrence, near).flatMap((list) => startsOf(list, first));
    const byRule = rules.map((rule) => walk(rule, reachOf(rule, rules, first, from, to), first, from, to));
    const own = rules.length === 0 ? [first.start] : [];
    const starts = [...byRule.flatMap((each) => each.starts), ...added, ...own].filter(within(from, to));
    const never =
      starts.length === 0 && within(from, to)(first.start) && rules.every((rule) => isEmpty(rule, rules, first));
    found = never
      ? onceIn(first, from, to)
      : { starts: [...new Set(starts)].sort((a, b) => a - b), complete: byRule.every(({ complete }) => complete) };
  } catch {
    found = onceIn(first, from, to);
  }
  const starts = found.starts.filter((start) => !excluded(start));
  return { starts: starts.slice(0, limit), complete: found.complete && starts.length <= limit };
}

/** The series as if it had no rule. */
export function onceIn(first: When, from: number, to: number): Found {
  return { starts: [first.start].filter(within(from, to)), complete: false };
}

const within = (from: number, to: number) => (start: number) => start >= from && start < to;

/**
 * A moment after which the series has no occurrence; {@link endless} when there is none, or finding it would mean to
 * count. Never too early.
 */
export function endOfSeries(first: When, recurrence: readonly string[]): number {
  const rules = readRules(recurrence);
  if (rules === null) return first.end;
  const added = readDateLists('RDATE', recurrence, () => true).flatMap(({ stamps }) =>
    stamps.map((stamp) => stamp.day + nearby),
  );
  try {
    const last = Math.max(first.start, ...added, ...rules.map((rule) => lastStart(rule, first)));
    return Math.min(last + first.end - first.start, endless);
  } catch {
    return first.end;
  }
}

function lastStart(rule: Rule, first: When): number {
  if (/UNTIL=/i.test(rule.line)) return untilOf(ruleFrom(rule, first)) ?? endless;
  const counted = endByCount(rule, first);
  if (counted !== null) return counted;
  // A month may lack the day. Of four occurrences a year or more, daylight saving can leave out half at most.
  const unsteady =
    rule.limited || rule.period > 93 * day || (rule.frequency === 'MONTHLY' && !/BYDAY/i.test(rule.line));
  return rule.count === null || unsteady ? endless : first.start + 2 * (rule.count + 1) * rule.period;
}

/** How far a rule is looked at, and what that costs. */
interface Reach {
  readonly begin: number;
  readonly end: number;
  readonly steps: number;
  /** Whether what is looked at is all of the stretch that the rule can reach. */
  readonly whole: boolean;
  /** Whether the occurrences have to be counted, which begins with the first. */
  readonly counted: boolean;
}

function reachOf(rule: Rule, rules: readonly Rule[], first: When, from: number, to: number): Reach {
  const last = endByCount(rule, first);
  const counted = rule.count !== null && last === null;
  const begin = counted ? first.start : Math.max(from, first.start);
  const goal = Math.min(to, last ?? to);
  const end = Math.min(goal, begin + periodsFor(rule, most / rules.length) * rule.period);
  // Nothing of what could be found would lie in the stretch.
  if (end <= from || end <= begin) return { begin, end: begin, steps: 0, whole: goal <= begin, counted };
  return { begin, end, steps: Math.ceil((end - begin) / rule.period) * rule.steps, whole: end === goal, counted };
}

const periodsFor = (rule: Rule, steps: number): number => Math.floor(steps / rule.steps);

function walk(rule: Rule, { begin, end, whole, counted }: Reach, first: When, from: number, to: number): Found {
  if (end <= begin) return { starts: [], complete: whole };
  const all = startsBetween(ruleFrom(rule, first), begin, end);
  const most = counted && rule.count !== null ? rule.count : Number.POSITIVE_INFINITY;
  return { starts: all.slice(0, most).filter(within(from, to)), complete: whole || all.length >= most };
}

/** Whether the rule brings about nothing, as far as is looked; one that has ended by then may do that. */
function isEmpty(rule: Rule, rules: readonly Rule[], first: When): boolean {
  if (!rule.limited) return false;
  const read = ruleFrom(rule, first);
  const end = first.start + Math.min(farthest, periodsFor(rule, mostForTrying / rules.length) * rule.period);
  if (rule.count === 0 || (untilOf(read) ?? Infinity) <= end) return false;
  return end <= first.start || startsBetween(read, first.start, end).length === 0;
}

function startsBetween(rule: RRuleTemporal, from: number, to: number): number[] {
  return rule.between(new Date(from), new Date(to), true).map(({ epochMilliseconds }) => epochMilliseconds);
}

const untilOf = (rule: RRuleTemporal): number | null => rule.options().until?.epochMilliseconds ?? null;

/**
 * The rule as the library has it, without COUNT: with it, the library would go through all of the series, and begin
 * with what lies a hundred thousand years ahead.
 */
function ruleFrom({ line }: Rule, first: When): RRuleTemporal {
  const dtstart =
    first.kind === 'all-day'
      ? `DTSTART;VALUE=DATE:${basicDay(first.start)}`
      : `DTSTART;TZID=${first.zone}:${basicLocal(first.start, first.zone)}`;
  const endlessLine = line.replaceAll(/;COUNT=\d+|COUNT=\d+;/gi, '');
  return new RRuleTemporal({ rruleString: `${dtstart}\n${agreeingUntil(endlessLine, first)}` });
}

/** Google writes UNTIL now as a day and now as a moment; the library wants it of the same kind as the start. */
export function agreeingUntil(line: string, first: When): string {
  return line.replace(
    /(UNTIL=)(\d{8})(T\d{6})?(Z?)/i,
    (whole, name: string, date: string, time?: string, utc?: string) => {
      if (first.kind === 'all-day') return name + date;
      if (!time || utc) return whole;
      const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}${time}`;
      const at = Temporal.PlainDateTime.from(iso).toZonedDateTime(first.zone).epochMilliseconds;
      return name + basicUtc(at);
    },
  );
}
