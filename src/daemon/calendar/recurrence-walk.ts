import { dayOf } from './civil.ts';
import { type Periods, periodsOf } from './recurrence-periods.ts';
import type { Rule } from './recurrence-rule.ts';
import type { Steps } from './steps.ts';
import { day } from './when.ts';
import type { Span } from './window.ts';

/** Behind the last day of the year 9999. */
const last = Date.UTC(10_000, 0, 1);

/**
 * Goes through the occurrences of a rule by the calendar alone: all times are local ones. Tells those within the span, in
 * order, for as long as `visit` answers true. Answers whether it has seen all of them; it has not where `steps` were too few.
 */
export function walk(rule: Rule, start: number, span: Span, steps: Steps, visit: (local: number) => boolean): boolean {
  const periods = periodsOf(rule, start);
  const end = Math.min(span.to, last);
  const { count } = rule;
  const { perPeriod } = periods;
  // What is not counted, or is the same number in each period, need not be gone through from its beginning.
  const from = count === null || perPeriod !== null ? Math.max(0, periods.at(span.from)) : 0;
  const missed = count === null || from === 0 ? 0 : missedBefore(rule, periods, start, steps);
  if (missed === null) return false;
  let met = from * (perPeriod ?? 0) - missed;
  for (let period = from; periods.begin(period) < end; period += 1) {
    if (!steps.take(1)) return false;
    const seen = occurrencesIn(rule, periods, period, count === null ? span.from : start, steps, (local) => {
      if (local < start) return true;
      met += 1;
      if (local >= end || (count !== null && met > count)) return false;
      return local < span.from || visit(local);
    });
    if (seen !== 'all') return seen === 'enough';
    if (count !== null && met >= count) return true;
  }
  return true;
}

/** The last occurrence of a rule with COUNT; null where the steps do not reach so far. */
export function lastByCount(rule: Rule, start: number, steps: Steps): number | null {
  const { count } = rule;
  if (count === null) return null;
  const periods = periodsOf(rule, start);
  const missed = missedBefore(rule, periods, start, steps);
  if (missed === null) return null;
  const period = periods.perPeriod === null ? 0 : Math.floor((count - 1 + missed) / periods.perPeriod);
  let found = start;
  const from = Math.max(start, periods.begin(period));
  const whole = walk(rule, start, { from, to: last }, steps, (local) => {
    found = local;
    return true;
  });
  return whole ? found : null;
}

/** How many of the first period come before the start, and are none; null where the steps are too few. */
function missedBefore(rule: Rule, periods: Periods, start: number, steps: Steps): number | null {
  if (periods.perPeriod === null) return 0;
  let missed = 0;
  const whole = occurrencesIn(rule, periods, 0, periods.begin(0), steps, (local) => {
    if (local >= start) return false;
    missed += 1;
    return true;
  });
  return whole === 'too few steps' ? null : missed;
}

/** Those of one period from a time on, or a little before it, before the start of the series too. */
function occurrencesIn(
  { positions }: Rule,
  periods: Periods,
  period: number,
  from: number,
  steps: Steps,
  visit: (local: number) => boolean,
): 'all' | 'enough' | 'too few steps' {
  const { timesADay } = periods;
  const [first, end] = periods.days(period);
  if (positions === null) {
    for (let number = Math.max(first, Math.min(dayOf(from), end)); number < end; number += 1) {
      if (!steps.take(1)) return 'too few steps';
      if (!periods.fits(number)) continue;
      for (let index = 0; index < timesADay; index += 1) {
        const time = periods.time(period, index);
        if (time === null) break;
        if (!steps.take(1)) return 'too few steps';
        if (!visit(number * day + time)) return 'enough';
      }
    }
    return 'all';
  }
  if (!steps.take(end - first)) return 'too few steps';
  const days: number[] = [];
  for (let number = first; number < end; number += 1) if (periods.fits(number)) days.push(number);
  const size = days.length * timesADay;
  const chosen = new Set(positions.map((position) => (position > 0 ? position - 1 : size + position)));
  for (const index of [...chosen].filter((each) => each >= 0 && each < size).sort((a, b) => a - b)) {
    if (!steps.take(1)) return 'too few steps';
    const time = periods.time(period, index % timesADay);
    if (time !== null && !visit((days[Math.floor(index / timesADay)] ?? first) * day + time)) return 'enough';
  }
  return 'all';
}
