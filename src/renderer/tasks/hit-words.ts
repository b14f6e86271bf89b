import type { Hit } from '../../contract/search.ts';
import { dayTeller, dayWords } from '../common/days.ts';
import { dueWords } from './due-words.ts';

/** When a task is due that was found; days have no zone, so they are kept as if the world were on UTC. */
export function hitWords({ starts }: Hit, now: number): string | null {
  if (starts === null) return null;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return dueWords(dayWords(undefined), dayTeller(timeZone)(now), new Date(starts).toISOString().slice(0, 10));
}
