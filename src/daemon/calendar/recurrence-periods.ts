import { civilDate, dayNumber, dayOf, weekdayOf, weekOf } from './civil.ts';
import { dayFilter } from './recurrence-days.ts';
import type { Rule } from './recurrence-rule.ts';
import { day } from './when.ts';

/** The periods of a rule, numbered from the one in which its series starts. Times are local ones. */
export interface Periods {
  /** The number of the period in which a time lies, or of the last before it. */
  at(local: number): number;
  begin(period: number): number;
  /** The first day of a period and the one behind its last. */
  days(period: number): readonly [number, number];
  /** Whether a day of a period is one of the rule's. */
  fits(number: number): boolean;
  /** How many times of a day there are in a period. */
  readonly timesADay: number;
  /** One of them, in milliseconds from midnight, in ascending order; null where the period has none. */
  time(period: number, index: number): number | null;
  /** How many occurrences every period but the first has, where all have the same number. */
  readonly perPeriod: number | null;
}

const ascending = (a: number, b: number) => a - b;
const hour = 3_600_000;
const minute = 60_000;
const second = 1_000;
const lengths = { DAILY: day, HOURLY: hour, MINUTELY: minute, SECONDLY: second } as const;

export function periodsOf(given: Rule, start: number): Periods {
  const rule = withStart(given, start);
  const perPeriod = regularity(rule);
  const fits = dayFilter(rule);
  const { interval, frequency } = rule;
  const first = dayOf(start);
  const { year, month } = civilDate(first);
  switch (frequency) {
    case 'YEARLY': {
      const yearAt = (period: number) => year + period * interval;
      const begin = (period: number) => dayNumber(yearAt(period), 1, 1) * day;
      return {
        at: (local) => Math.floor((civilDate(dayOf(local)).year - year) / interval),
        begin,
        days: (period) => [dayNumber(yearAt(period), 1, 1), dayNumber(yearAt(period) + 1, 1, 1)],
        fits,
        ...timesOf(rule),
        perPeriod,
      };
    }
    case 'MONTHLY': {
      const monthAt = (period: number) => dayNumber(year, month + period * interval, 1);
      return {
        at(local) {
          const date = civilDate(dayOf(local));
          return Math.floor(((date.year - year) * 12 + date.month - month) / interval);
        },
        begin: (period) => monthAt(period) * day,
        days: (period) => [monthAt(period), dayNumber(year, month + period * interval + 1, 1)],
        fits,
        ...timesOf(rule),
        perPeriod,
      };
    }
    case 'WEEKLY': {
      const week = weekOf(first, rule.weekStart);
      const weekAt = (period: number) => week + period * interval * 7;
      return {
        at: (local) => Math.floor((dayOf(local) - week) / (7 * interval)),
        begin: (period) => weekAt(period) * day,
        days: (period) => [weekAt(period), weekAt(period) + 7],
        fits,
        ...timesOf(rule),
        perPeriod,
      };
    }
    case 'DAILY':
    case 'HOURLY':
    case 'MINUTELY':
    case 'SECONDLY': {
      const length = lengths[frequency];
      const begin = (period: number) => (Math.floor(start / length) + period * interval) * length;
      const within = frequency === 'DAILY' ? timesOf(rule) : timesWithin(rule, begin);
      return {
        at: (local) => Math.floor((Math.floor(local / length) - Math.floor(start / length)) / interval),
        begin,
        days: (period) => [dayOf(begin(period)), dayOf(begin(period)) + 1],
        fits,
        ...within,
        perPeriod,
      };
    }
  }
}

/** What a rule leaves open is as its series starts: https://www.rfc-editor.org/rfc/rfc5545#page-45 */
function withStart(rule: Rule, start: number): Rule {
  const number = dayOf(start);
  const { month, date } = civilDate(number);
  const weekday = [{ day: weekdayOf(number), ordinal: null }];
  const time = start - number * day;
  const timed: Rule = {
    ...rule,
    hours: rule.hours ?? (lengthOf(rule) > hour ? [Math.floor(time / hour)] : null),
    minutes: rule.minutes ?? (lengthOf(rule) > minute ? [Math.floor(time / minute) % 60] : null),
    seconds: rule.seconds ?? (lengthOf(rule) > second ? [Math.floor(time / second) % 60] : null),
  };
  const { frequency, months, weekNumbers, yearDays, monthDays, weekdays } = rule;
  if (yearDays || monthDays || weekdays) return timed;
  if (frequency === 'WEEKLY' || (frequency === 'YEARLY' && weekNumbers)) return { ...timed, weekdays: weekday };
  if (frequency === 'MONTHLY') return { ...timed, monthDays: [date] };
  if (frequency === 'YEARLY') return { ...timed, months: months ?? [month], monthDays: [date] };
  return timed;
}

const lengthOf = ({ frequency }: Rule): number =>
  frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY' ? lengths[frequency] : day;

/** The times of a day, the same in each. There may be tens of thousands, so they are told one by one. */
function timesOf({ hours, minutes, seconds }: Rule): Pick<Periods, 'timesADay' | 'time'> {
  const [h, m, s] = [hours, minutes, seconds].map((values) => [...(values ?? [0])].sort(ascending));
  const [inHour, inMinute] = [(m?.length ?? 1) * (s?.length ?? 1), s?.length ?? 1];
  return {
    timesADay: (h?.length ?? 1) * inHour,
    time: (_period, index) =>
      (h?.[Math.floor(index / inHour)] ?? 0) * hour +
      (m?.[Math.floor((index % inHour) / inMinute)] ?? 0) * minute +
      (s?.[index % inMinute] ?? 0) * second,
  };
}

/** Of periods shorter than a day: what is longer than the period limits it, and what is shorter divides it. */
function timesWithin(rule: Rule, begin: (period: number) => number): Pick<Periods, 'timesADay' | 'time'> {
  const { frequency, hours, minutes, seconds } = rule;
  const divided = timesOf({
    ...rule,
    hours: null,
    minutes: frequency === 'HOURLY' ? minutes : null,
    seconds: frequency === 'SECONDLY' ? null : seconds,
  });
  const has = (values: readonly number[] | null, value: number) => values === null || values.includes(value);
  return {
    timesADay: divided.timesADay,
    time(period, index) {
      const at = begin(period) - dayOf(begin(period)) * day;
      const limited =
        !has(hours, Math.floor(at / hour)) ||
        (frequency !== 'HOURLY' && !has(minutes, Math.floor(at / minute) % 60)) ||
        (frequency === 'SECONDLY' && !has(seconds, Math.floor(at / second) % 60));
      return limited ? null : at + (divided.time(period, index) ?? 0);
    },
  };
}

/** Every month has four of each weekday and 28 days; a year has 52 of each weekday. */
function regularity(rule: Rule): number | null {
  const { frequency, months, weekNumbers, yearDays, monthDays, weekdays, positions } = rule;
  if (positions || weekNumbers || yearDays) return null;
  const times = frequency === 'DAILY' || lengthOf(rule) === day ? timesOf(rule).timesADay : 1;
  const inMonths = frequency === 'YEARLY' ? (months?.length ?? 0) : 1;
  switch (frequency) {
    case 'YEARLY':
    case 'MONTHLY': {
      if (frequency === 'MONTHLY' && months) return null;
      if (monthDays) return !weekdays && isSteady(monthDays, 28) ? inMonths * monthDays.length * times : null;
      const ordinals = (weekdays ?? []).map(({ ordinal }) => ordinal ?? 0);
      if (!isSteady(ordinals, inMonths === 0 ? 52 : 4)) return null;
      return Math.max(1, inMonths) * ordinals.length * times;
    }
    case 'WEEKLY':
      return months || monthDays ? null : new Set(weekdays?.map((weekday) => weekday.day)).size * times;
    case 'DAILY':
      return months || monthDays || weekdays ? null : times;
    case 'HOURLY':
    case 'MINUTELY':
    case 'SECONDLY': {
      const limited = months || monthDays || weekdays || rule.hours;
      const further = frequency === 'HOURLY' ? rule.minutes : frequency === 'MINUTELY' ? rule.seconds : null;
      if (limited || (frequency !== 'HOURLY' && rule.minutes) || (frequency === 'SECONDLY' && rule.seconds))
        return null;
      return (further?.length ?? 1) === 1 ? 1 : null;
    }
  }
}

/** Whether places are in every month or year, and no two can be the same: none of zero, all from one side. */
const isSteady = (places: readonly number[], most: number): boolean =>
  places.length > 0 && (places.every((n) => n > 0 && n <= most) || places.every((n) => n < 0 && n >= -most));
