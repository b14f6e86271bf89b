import type { DayWords } from '../common/days.ts';
import { addDays } from '../common/days.ts';

/** When a task is due, as seen from today; both are days, because Google keeps no hour. */
export function dueWords(words: Pick<DayWords, 'full'>, today: string, due: string): string {
  if (due === today) return 'Due today';
  if (due === addDays(today, 1)) return 'Due tomorrow';
  return due < today ? `Overdue since ${words.full(due)}` : `Due ${words.full(due)}`;
}
