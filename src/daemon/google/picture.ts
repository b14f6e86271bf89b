import type { Clock } from '../../contract/clock.ts';
import type { Fetch } from '../../http/outgoing.ts';
import { AnswerTooLarge, readBytes } from '../../http/read-answer.ts';
import { GoogleError } from './google-error.ts';
import { observeNetworkError } from './observe.ts';

export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;

export interface Picture {
  readonly type: (typeof pictureTypes)[number];
  readonly bytes: Uint8Array;
}

/** Fetches a picture that anybody may have; null for an address that is none of Google's, and for what is no picture. */
export type GetPicture = (url: string, signal: AbortSignal) => Promise<Picture | null>;

const timeout = 20_000;
const largest = 1_000_000;

/**
 * GET without any token: a picture is at a host of its own, which has no business with one.
 * @throws {GoogleError} where nobody answers, or the signal's reason.
 */
export function pictureGetter({ fetch, apiRoot, clock }: { fetch: Fetch; apiRoot: string; clock: Clock }): GetPicture {
  return async (url, signal) => {
    if (!isGoogles(url, apiRoot)) return null;
    const overdue = new AbortController();
    const cancel = clock.after(timeout, () => overdue.abort());
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, overdue.signal]) });
      if (answer.status !== 200) {
        await answer.body?.cancel();
        return null;
      }
      const bytes = await readBytes(answer.body, largest);
      const type = typeOf(bytes);
      return type === null ? null : { type, bytes };
    } catch (error) {
      signal.throwIfAborted();
      // That is this picture's fault, and no other's.
      if (overdue.signal.aborted || error instanceof AnswerTooLarge) return null;
      throw new GoogleError(observeNetworkError(error), error);
    } finally {
      cancel();
    }
  };
}

/** Where a picture is, anybody may have written: it could be any address at all, of this computer's own network too. */
function isGoogles(text: string, apiRoot: string): boolean {
  if (text.length > 2_000 || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.origin === new URL(apiRoot).origin) return true;
  const named = url.username === '' && url.password === '' && url.port === '';
  return named && url.protocol === 'https:' && /(^|\.)(googleusercontent|ggpht)\.com$/.test(url.hostname);
}

/** By its first bytes, whatever it is said to be: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
function typeOf(bytes: Uint8Array): Picture['type'] | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  return /^RIFF....WEBPVP/s.test(head) ? 'image/webp' : null;
}
