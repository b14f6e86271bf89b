import { exclusion, type Occurrence, occurrencesOf } from './listed-dates.ts';
import { clocksNear, localOf, momentOf } from './local-time.ts';
import { readDateLists, type Stamp } from './recurrence-lines.ts';
import { type Rule, readRules } from './recurrence-rule.ts';
import { lastByCount, walk } from './recurrence-walk.ts';
import { type Steps, stepsUpTo } from './steps.ts';
import { readUntil } from './until.ts';
import { day, type When } from './when.ts';
import type { Span } from './window.ts';

/** The end of a series that has none; the last moment a Date can hold. */
export const endless = 8_640_000_000_000_000;

/** A year of days that are left out, many times over; who sends more is no person. */
const longestRecurrence = 100_000;

/** What a series may cost that is looked into by itself, in steps: some hundredths of a second. */
export const mostOfOne = 80_000;
/** Of what is put into a mirror, to find out where it ends. */
const mostForEnd = 20_000;

/** Saying when a local time is, in a zone, costs as much as so many steps. */
const placing = 40;
const readingRule = 20;
const readingDate = 3;
/** A day's moments lie within two days of its midnight in UTC, in any zone. */
const nearby = 2 * day;

/** What was found of a series in a stretch of time. */
export interface Found {
  /** By their starts, each of which is there once. */
  readonly occurrences: readonly Occurrence[];
  /** False where there may be more than was found: the series is not understood, or goes beyond what it may cost. */
  readonly complete: boolean;
}

/** Whether a recurrence is no longer than any that a calendar has a use for: whoever can send an invitation can send such. */
export const isReadable = (recurrence: readonly string[]): boolean =>
  recurrence.reduce((length, line) => length + line.length + 1, 0) <= longestRecurrence;

/**
 * The occurrences that touch a span, at most `limit`, without those whose start is among `exceptions`. Those of rules are
 * counted by the calendar and the clocks of the zone, and then placed. A start beside its own rules is an occurrence, which
 * COUNT does not count. What cannot be understood occurs at its own start.
 */
export function occurrences(
  first: When,
  recurrence: readonly string[] | null,
  span: Span,
  { limit, exceptions, steps }: { limit: number; exceptions: ReadonlySet<number>; steps: Steps },
): Found {
  const rules = recurrence && isReadable(recurrence) ? endingRules('RRULE', recurrence, first) : null;
  if (rules === null || recurrence === null) return onceIn(first, span, exceptions);
  const own = first.end - first.start;
  const near = (stamp: Stamp) => {
    const lasts =
      stamp.lasts === null ? own : typeof stamp.lasts === 'number' ? stamp.lasts : stamp.lasts.day - stamp.day;
    return stamp.day + lasts >= span.from - nearby && stamp.day < span.to + nearby;
  };
  const affordable = steps.take(costOfReading(recurrence, rules.length));
  const isExcluded = exclusion(first, readDateLists('EXDATE', recurrence, near));
  const clocked = byTheClocks(first, { from: span.from - own, to: span.to });
  const exclusions = endingRules('EXRULE', recurrence, first);
  const taken = new Set<number>();
  let complete = affordable && exclusions !== null;
  for (const rule of exclusions ?? [])
    complete = startsOf(rule, clocked, steps, (start) => Boolean(taken.add(start))) && complete;

  const found = new Map<number, number>();
  /** Whether more of the same rule are wanted. */
  function meet({ start, end }: Occurrence): boolean {
    const stands = touches({ start, end }, span) && !exceptions.has(start) && !isExcluded(start) && !taken.has(start);
    if (stands) found.set(start, Math.max(end, found.get(start) ?? end));
    return stands;
  }
  for (const list of readDateLists('RDATE', recurrence, near)) occurrencesOf(list, first).forEach(meet);
  if (rules.length === 0 || rules.some(({ until }) => first.start <= until)) meet(first);
  for (const rule of rules) {
    let met = 0;
    const whole = startsOf(rule, clocked, steps, (start) => {
      if (meet({ start, end: start + own })) met += 1;
      return met <= limit;
    });
    complete &&= whole;
  }
  const all = [...found].map(([start, end]) => ({ start, end })).sort((a, b) => a.start - b.start);
  return { occurrences: all.slice(0, limit), complete: complete && all.length <= limit };
}

/** An event without length is where it starts; every other one is everywhere it lasts. */
export function touches({ start, end }: Occurrence, { from, to }: Span): boolean {
  return start < to && (end > from || (start === end && start >= from));
}

/** The series as if it had no rule. */
function onceIn(first: When, span: Span, exceptions: ReadonlySet<number>): Found {
  const stands = touches(first, span) && !exceptions.has(first.start);
  return { occurrences: stands ? [{ start: first.start, end: first.end }] : [], complete: false };
}

interface EndingRule {
  readonly rule: Rule;
  /** The last moment that its UNTIL allows. */
  readonly until: number;
}

/** Null where one of them is not understood. */
function endingRules(name: 'RRULE' | 'EXRULE', recurrence: readonly string[], first: When): EndingRule[] | null {
  const rules = readRules(name, recurrence).map((rule) => {
    const until = rule?.until ? readUntil(rule.until, first) : endless;
    return rule === null || until === null ? null : { rule, until };
  });
  return rules.every((rule) => rule !== null) ? rules : null;
}

const costOfReading = (recurrence: readonly string[], rules: number): number =>
  rules * readingRule + (recurrence.join().length / 16) * readingDate;

/** What has to be known of the clocks to go through the rules of a series within a span. */
interface Clocked {
  readonly first: When;
  readonly span: Span;
  /** The same as the clocks have it. */
  readonly start: number;
  readonly local: Span;
}

function byTheClocks(first: When, span: Span): Clocked {
  if (first.kind === 'all-day') return { first, span, start: first.start, local: span };
  const { zone, start } = first;
  const local = { from: Math.min(...clocksNear(span.from, zone)), to: Math.max(...clocksNear(span.to, zone)) };
  return { first, span, start: localOf(start, zone), local };
}

/** The starts by a rule, for as long as `visit` answers true; whether all of them were seen. */
function startsOf(
  { rule, until }: EndingRule,
  { first, span, start, local }: Clocked,
  steps: Steps,
  visit: (start: number) => boolean,
): boolean {
  let affordable = true;
  const upTo = { from: local.from, to: Math.min(local.to, until + nearby) };
  const whole = walk(rule, start, upTo, steps, (met) => {
    const at = first.kind === 'all-day' ? met : placed(met, start, first);
    affordable = first.kind === 'all-day' || steps.take(placing);
    if (at > until) return false;
    return affordable && (at < span.from || at >= span.to || visit(at));
  });
  return whole && affordable;
}

/** Of two equal hours, the series knows in which one it starts. */
const placed = (local: number, start: number, first: Extract<When, { kind: 'timed' }>): number =>
  local === start ? first.start : momentOf(local, first.zone);

/**
 * A moment after which the series has no occurrence; {@link endless} when there is none, or the steps do not reach so far.
 * Never too early.
 */
export function endOfSeries(first: When, recurrence: readonly string[], purse: Steps): number {
  const rules = isReadable(recurrence) ? endingRules('RRULE', recurrence, first) : null;
  if (rules === null) return first.end;
  const steps = stepsUpTo(mostForEnd, purse);
  if (!steps.take(costOfReading(recurrence, rules.length))) return endless;
  const own = first.end - first.start;
  const added = readDateLists('RDATE', recurrence, () => true).flatMap(({ stamps }) =>
    stamps.map(
      ({ day: at, lasts }) => Math.max(at + own, typeof lasts === 'number' ? at + lasts : (lasts?.day ?? 0)) + nearby,
    ),
  );
  const last = rules.map((rule) => lastStart(rule, first, steps) + own);
  return Math.min(
    [...added, ...last].reduce((latest, each) => Math.max(latest, each), first.end),
    endless,
  );
}

function lastStart({ rule, until }: EndingRule, first: When, steps: Steps): number {
  if (rule.count === null || until !== endless) return until;
  const start = first.kind === 'all-day' ? first.start : localOf(first.start, first.zone);
  const last = lastByCount(rule, start, steps);
  if (last === null) return endless;
  return first.kind === 'all-day' ? last : Math.max(first.start, momentOf(last, first.zone));
}
