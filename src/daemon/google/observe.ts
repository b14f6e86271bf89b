import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import { shownText } from '../../contract/shown-text.ts';
import { networkCode } from '../../http/network-code.ts';
import { readRetryAfter } from '../../http/retry-after.ts';

const where = 'resource-api';

/** The older shape names a `reason` for each of `errors`; `details` as in https://google.aip.dev/193 */
const text = z.string().nullish().catch(null);
const reasons = z
  .array(z.looseObject({ reason: text }).catch({ reason: null }))
  .nullish()
  .catch(null);
const ErrorBody = z.object({ error: z.object({ message: text, status: text, errors: reasons, details: reasons }) });

/** What an answer other than 200 says. The reason decides, never the status alone. */
export function observeAnswer(response: Response, body: unknown): Observation {
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
    retryAfterSeconds: readRetryAfter(response.headers),
  };
}

/** Something answered that is not Google's API, or was cut off. */
export function unreadable({ status, headers }: Response): Observation {
  const contentType = word(headers.get('content-type'));
  return { kind: 'unreadable', where, status, contentType, retryAfterSeconds: readRetryAfter(headers) };
}

/** Nothing answered. */
export function observeNetworkError(error: unknown): Observation {
  return { kind: 'network', where, code: networkCode(error) ?? 'UNKNOWN' };
}

/** What answered may not be Google, and a person reads it. */
const word = (text: string | null | undefined): string | null => (text ? shownText(text, 200) : null);
