import { civilDate, dayNumber, daysInMonth, weekdayOf, weekNumber } from './civil.ts';
import type { Rule, Weekday } from './recurrence-rule.ts';

/** Whether a rule's parts about days let a day be: https://www.rfc-editor.org/rfc/rfc5545#page-44 */
export function dayFilter(rule: Rule): (number: number) => boolean {
  const { months, monthDays, yearDays, weekNumbers, weekdays, weekStart } = rule;
  const ordinals = ordinalsOf(rule);
  return (number) => {
    const { year, month, date } = civilDate(number);
    if (months && !months.includes(month)) return false;
    if (monthDays && !hasPlace(monthDays, date, daysInMonth(year, month))) return false;
    if (yearDays && !hasPlace(yearDays, number - dayNumber(year, 1, 1) + 1, daysInYear(year))) return false;
    if (weekNumbers) {
      const { first, last } = weekNumber(number, weekStart);
      if (!weekNumbers.includes(first) && !weekNumbers.includes(last)) return false;
    }
    if (!weekdays) return true;
    const weekday = weekdayOf(number);
    const among = (place: number, of: number) =>
      weekdays.some((each) => each.day === weekday && hasOrdinal(each, place, of));
    switch (ordinals) {
      case 'none':
        return weekdays.some((each) => each.day === weekday);
      case 'of the month':
        return among(date, daysInMonth(year, month));
      case 'of the year':
        return among(number - dayNumber(year, 1, 1) + 1, daysInYear(year));
    }
  };
}

/** What the ordinals of weekdays count in. */
function ordinalsOf({ frequency, months, weekNumbers }: Rule): 'of the month' | 'of the year' | 'none' {
  if (frequency === 'MONTHLY') return 'of the month';
  if (frequency !== 'YEARLY' || weekNumbers) return 'none';
  return months ? 'of the month' : 'of the year';
}

const daysInYear = (year: number): number => dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1);

/** Whether a place from 1 is named, from the beginning or, as a negative number, from the end. */
const hasPlace = (named: readonly number[], place: number, of: number): boolean =>
  named.includes(place) || named.includes(place - of - 1);

const hasOrdinal = ({ ordinal }: Weekday, place: number, of: number): boolean =>
  ordinal === null || ordinal === Math.ceil(place / 7) || -ordinal === Math.ceil((of - place + 1) / 7);
