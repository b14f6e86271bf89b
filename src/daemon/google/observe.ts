import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import { shownText } from '../../contract/shown-text.ts';

const where = 'resource-api';

/** The older shape names a `reason` for each of `errors`; `details` as in https://google.aip.dev/193 */
const text = z.string().nullish().catch(null);
const reasons = z
  .array(z.looseObject({ reason: text }).catch({ reason: null }))
  .nullish()
  .catch(null);
const ErrorBody = z.object({ error: z.object({ message: text, status: text, errors: reasons, details: reasons }) });

/** What an answer other than 200 says. The reason decides, never the status alone. */
export function observeAnswer(response: Response, body: unknown, retryAfter: number | null): Observation {
  const parsed = ErrorBody.safeParse(body);
  if (!parsed.success || response.status < 400) return unreadable(response);
  const { errors, details, status, message } = parsed.data.error;
  const detail = details?.find(({ reason }) => reason)?.reason ?? null;
  return {
    kind: 'answer',
    where,
    status: response.status,
    error: word(errors?.[0]?.reason ?? detail ?? status),
    subtype: word(detail),
    description: shownText(message ?? '', 300) || null,
    retryAfterSeconds: retryAfter,
  };
}

/** Something answered that is not Google's API, or was cut off. */
export function unreadable({ status, headers }: Response): Observation {
  const contentType = word(headers.get('content-type'));
  // A date is measured against the clock of whoever sent it.
  const retryAfter = retryAfterSeconds(headers.get('retry-after'), Date.parse(headers.get('date') ?? ''));
  return { kind: 'unreadable', where, status, contentType, retryAfterSeconds: retryAfter };
}

/** Nothing answered: the system's own code, dug out from under what fetch wraps around it. */
export function observeNetworkError(error: unknown): Observation {
  return { kind: 'network', where, code: word(systemCode(error)) ?? 'UNKNOWN' };
}

/** What answered may not be Google, and a person reads it. */
const word = (text: string | null | undefined): string | null => (text ? shownText(text, 200) : null);

function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses were tried and each failed in its way: the first is the one the name resolved to first.
  if (error instanceof AggregateError) return error.errors.map(systemCode).find((code) => code !== null) ?? null;
  return systemCode(error.cause);
}

/**
 * `Retry-After` in seconds, rounded up: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * Null when it is absent or makes no sense.
 */
export function retryAfterSeconds(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header);
  const seconds = Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
