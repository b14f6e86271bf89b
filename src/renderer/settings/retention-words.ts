import { Settings } from '../../contract/state.ts';

type Days =
  | { readonly ok: true; readonly days: number }
  /** What is wrong with it. */
  | { readonly ok: false; readonly sentence: string };

/** Reads a number of days as it was typed. */
export function readDays(typed: string): Days {
  const days = typed.trim() === '' ? null : Number(typed);
  const parsed = Settings.shape.retentionDays.safeParse(days);
  return parsed.success && parsed.data !== null
    ? { ok: true, days: parsed.data }
    : { ok: false, sentence: 'Type a whole number of days from 1 to 3650.' };
}
