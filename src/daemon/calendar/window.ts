import { day } from './when.ts';

const week = 7 * day;

/** A stretch of time in epoch milliseconds; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The stretch around today whose occurrences are kept as rows: four weeks back and fourteen ahead. It moves by whole weeks,
 * so that series are read anew once a week and not once a day.
 */
export function windowAround(now: number): Span {
  const thisWeek = Math.floor(now / week) * week;
  return { from: thisWeek - 4 * week, to: thisWeek + 15 * week };
}
