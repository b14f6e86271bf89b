import { day } from './when.ts';

// The calendar as arithmetic: days are counted from 1 January 1970. Expanding a rule asks for nothing more, millions of
// times: https://howardhinnant.github.io/date_algorithms.html

export interface CivilDate {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly date: number;
}

/** The number of a day; a month beyond 1 to 12 is one of another year. */
export function dayNumber(year: number, month: number, date: number): number {
  const months = year * 12 + month - 1;
  // Years begin in March, so that the day that leap years have is their last.
  const march = months - 2;
  const y = Math.floor(march / 12);
  const yearDay = Math.floor((153 * (march - y * 12) + 2) / 5) + date - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + yearDay - 719_468;
}

export function civilDate(number: number): CivilDate {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const yearDay = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * yearDay + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const date = yearDay - Math.floor((153 * march + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

export const daysInMonth = (year: number, month: number): number =>
  dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);

/** 0 is Monday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

/** The first day of the week that a day lies in. */
export const weekOf = (number: number, weekStart: number): number => number - ((weekdayOf(number) - weekStart + 7) % 7);

/** The number of the week of a day, from 1, and from -1 backwards: the first has at least four days of its year. */
export function weekNumber(number: number, weekStart: number): { readonly first: number; readonly last: number } {
  const week = weekOf(number, weekStart);
  const { year } = civilDate(week + 3);
  const at = (start: number) => Math.floor((start + 3 - dayNumber(year, 1, 1)) / 7) + 1;
  const first = at(week);
  return { first, last: first - at(weekOf(dayNumber(year, 12, 28), weekStart)) - 1 };
}

/** The day of a local time, which is written as if its zone were UTC, in milliseconds. */
export const dayOf = (local: number): number => Math.floor(local / day);
