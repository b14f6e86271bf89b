import { isLoopback } from '../../http/loopback.ts';
import type { Fetch } from '../../http/outgoing.ts';
import { readBytes } from '../../http/read-answer.ts';
import { EndpointUrl } from '../auth/provider.ts';

const largest = 256_000;
// An SVG in an <img> runs no script and loads nothing.
const types = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml'];

/**
 * Fetches a profile picture once, as a `data:` URL, so that showing it needs no network and tells nobody that the window
 * is open. Null for anything that is not a small image; never rejects.
 */
export async function fetchPicture(fetch: Fetch, url: string | null, issuer: string): Promise<string | null> {
  if (url === null || !EndpointUrl.safeParse(url).success) return null;
  // What listens on this computer is asked for nothing that a far issuer names.
  if (isLoopback(url) && !isLoopback(issuer)) return null;
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (!answer.ok || !types.includes(type)) {
      await answer.body?.cancel();
      return null;
    }
    const bytes = await readBytes(answer.body, largest);
    return `data:${type};base64,${bytes.toString('base64')}`;
  } catch {
    return null;
  }
}
