import type { ExportAttempt, ExportEvery } from '../../contract/export.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** When the next export by itself is due, in epoch milliseconds; null where none is. One that failed is tried again soon. */
export function nextExport(every: ExportEvery, last: ExportAttempt | null, now: number): number | null {
  if (every === 'never') return null;
  if (last === null) return now;
  // A clock that was set back costs one interval at most.
  return Math.min(last.at, now) + (last.outcome.kind === 'failed' ? hour : interval(every));
}

function interval(every: Exclude<ExportEvery, 'never'>): number {
  switch (every) {
    case 'day':
      return day;
    case 'week':
      return 7 * day;
    default:
      return every satisfies never;
  }
}
