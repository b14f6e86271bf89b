import { z } from 'zod';

/** What a `Date` can hold: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const furthest = 8_640_000_000_000_000;

/** A moment in epoch milliseconds. One that no `Date` can hold would throw wherever it is shown. */
export const Instant = z.number().min(-furthest).max(furthest);
