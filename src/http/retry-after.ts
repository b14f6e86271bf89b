/**
 * `Retry-After` in seconds, rounded up; null where it is absent or makes no sense. A date is measured against the clock of
 * whoever sent it. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const served = Date.parse(headers.get('date') ?? '');
  const seconds = Math.ceil((Date.parse(value) - served) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
