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

/**
 * What an answer other than 200 says: `body` is null where it was no JSON. The reason decides, never the status alone; where
 * the body gives none, that of the challenge does.
 */
export function observeAnswer(response: Response, body: unknown): Observation {
  const parsed = ErrorBody.safeParse(body);
  const challenge = bearerError(response.headers);
  if (response.status < 400 || (!parsed.success && challenge === null)) return unreadable(response);
  const { errors, details, status, message } = parsed.data?.error ?? {};
  const told = details?.find(({ reason }) => reason)?.reason;
  const reason = errors?.find(({ reason }) => reason)?.reason;
  return {
    kind: 'answer',
    where,
    status: response.status,
    error: word(reason ?? told ?? status ?? challenge),
    subtype: word(told ?? challenge),
    description: shownText(message ?? '', 300) || null,
    retryAfterSeconds: readRetryAfter(response.headers),
  };
}

/**
 * The `error` of a `Bearer` challenge, which an API may give without any body:
 * https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
function bearerError(headers: Headers): string | null {
  const [, bearer = ''] = `,${headers.get('www-authenticate') ?? ''}`.split(/,\s*Bearer\s+/i);
  return /(?:^|,)\s*error\s*=\s*"?([!#-[\]-~]+?)"?\s*(?:,|$)/.exec(bearer)?.[1] ?? null;
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
