import { readDate } from './date.ts';

/**
 * `Retry-After` in seconds, rounded up; null where it is absent or makes no sense. A date is measured against the clock of
 * whoever sent it. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,9})?$/.test(value)) return Math.ceil(Number(value));
  const until = readDate(value);
  const served = readDate(headers.get('date') ?? '');
  return until === null || served === null ? null : Math.max(0, Math.ceil((until - served) / 1000));
}
