import type { ExportOutcome, ExportProgress } from '../../contract/export.ts';
import { count } from '../common/count.ts';

/** "1,200 of 5,000 things written" */
export function progressWords(locale: string | undefined, { done, total }: ExportProgress): string {
  if (total === 0) return 'Looking at what there is to export…';
  return `${done.toLocaleString(locale)} of ${count(locale, total, 'thing')} written`;
}

/** How an export ended, in sentences. */
export function outcomeWords(locale: string | undefined, outcome: ExportOutcome): string {
  switch (outcome.kind) {
    case 'done': {
      const { items, files, beside } = outcome;
      const written = `Wrote ${count(locale, items, 'thing')} in ${count(locale, files, 'file')}.`;
      if (beside.length === 0) return written;
      const names = beside.map((name) => `“${name}”`).join(', ');
      return `${written} Something that is not an export of Mooring’s, or was changed since, was left as it is; beside it is ${names}.`;
    }
    case 'cancelled':
      return 'Cancelled. What was exported before is as it was.';
    case 'failed':
      return outcome.problem.sentence;
    default:
      return outcome satisfies never;
  }
}
