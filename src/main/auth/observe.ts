import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import { shownText } from '../../contract/shown-text.ts';
import { networkCode } from '../../http/network-code.ts';
import { readRetryAfter } from '../../http/retry-after.ts';

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
  // What else is said is for people, and may be missing, null or as long as it likes: the error is what counts.
  error_description: z.string().nullish().catch(null),
  error_subtype: z.string().nullish().catch(null),
});

/** The failure that an answer of the token endpoint stands for. */
export function observeTokenAnswer(
  where: Observation['where'],
  answer: { status: number; headers: Headers; data: unknown },
): Observation {
  const body = OAuthError.safeParse(answer.data);
  const retryAfterSeconds = readRetryAfter(answer.headers);
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
export const observeException = (where: Observation['where'], error: unknown): Observation => ({
  kind: 'network',
  where,
  code: networkCode(error) ?? 'UNKNOWN',
});
