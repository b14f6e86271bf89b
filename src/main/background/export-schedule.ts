import type { ExportAttempt, ExportEvery } from '../../contract/export.ts';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * How long after the last export, in milliseconds, the next one by itself is due; null where none is. One that failed is
 * tried again soon.
 */
export function exportPause(every: ExportEvery, last: ExportAttempt | null): number | null {
  if (every === 'never') return null;
  if (last === null) return 0;
  return last.outcome.kind === 'failed' ? hour : interval(every);
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
