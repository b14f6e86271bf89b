import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import { shownText } from '../../contract/shown-text.ts';

/** A call to Google that failed, with what was observed. The message holds no part of the request. */
export class AuthFailure extends Error {
  override name = 'AuthFailure';
  readonly observation: Observation;
  constructor(observation: Observation) {
    super(`${observation.where}: ${observation.kind}`);
    this.observation = observation;
  }
}

/** RFC 6749, section 5.2, and Google's `error_subtype`. */
const OAuthError = z.object({
  error: z.string().max(200),
  error_description: z.string().max(1000).optional(),
  error_subtype: z.string().max(200).optional(),
});

/** The failure that an answer of the token endpoint stands for. */
export function observeTokenAnswer(
  where: Observation['where'],
  answer: { status: number; headers: Headers; data: unknown },
): Observation {
  const body = OAuthError.safeParse(answer.data);
  const served = Date.parse(answer.headers.get('date') ?? '');
  const retryAfterSeconds = readRetryAfter(answer.headers.get('retry-after'), served);
  if (!body.success) {
    const contentType = shownOrNull(answer.headers.get('content-type'), longestWord);
    return { kind: 'unreadable', where, status: answer.status, contentType, retryAfterSeconds };
  }
  return {
    kind: 'answer',
    where,
    status: answer.status,
    error: shownText(body.data.error, longestWord),
    subtype: shownOrNull(body.data.error_subtype, longestWord),
    description: shownOrNull(body.data.error_description, 1_000),
    retryAfterSeconds,
  };
}

/** What a person may read of it, in the credential report and in a bug report. */
const longestWord = 200;

const shownOrNull = (text: string | null | undefined, longest: number): string | null =>
  text ? shownText(text, longest) : null;

/** RFC 9110, section 10.2.3: seconds, or a date; a date is measured against the server's own clock. */
export function readRetryAfter(value: string | null, serverNow: number): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - serverNow) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** The failure that Google's redirect to the app stands for (RFC 6749, section 4.1.2.1). */
export function observeRedirect(error: string): Observation {
  return {
    kind: 'answer',
    where: 'authorization',
    status: 302,
    error,
    subtype: null,
    description: null,
    retryAfterSeconds: null,
  };
}

/** The failure that an exception of `fetch`, however deeply wrapped, stands for. */
export function observeException(where: Observation['where'], error: unknown): Observation {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth += 1) {
    const code = networkCode(cause);
    if (code !== null) return { kind: 'network', where, code };
  }
  return { kind: 'network', where, code: 'UNKNOWN' };
}

function networkCode(error: Error & { code?: unknown; type?: unknown }): string | null {
  const { name, code, type, message } = error;
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
  // fetch's own error has no code of the system's: gaxios names it in `code`, a DOMException in `name`.
  if (name === 'TimeoutError' || code === 'TimeoutError') return 'TIMEOUT';
  // Nor has a redirect that was not followed: node-fetch has a type for it, undici a message.
  return type === 'no-redirect' || message === 'unexpected redirect' ? 'REDIRECT' : null;
}
