import { addDays, dayTeller } from '../common/days.ts';
import type { AgendaWish, ReadAgenda } from './read-agenda.ts';

/**
 * The days that an answer has everything begun on. Where there is more to read it ends with the day of the last item: a
 * later day would look emptier than it is.
 */
export function shownRange({ range }: Pick<AgendaWish, 'range'>, { items, next }: ReadAgenda): AgendaWish['range'] {
  const last = items.at(-1);
  if (next === null || last === undefined) return range;
  const { when } = last;
  const day = when.kind === 'all-day' ? when.start : dayTeller(range.timeZone)(when.start);
  const to = addDays(day > range.from ? day : range.from, 1);
  return { ...range, to: to < range.to ? to : range.to };
}
