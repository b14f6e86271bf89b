import type { Clock } from '../../contract/clock.ts';
import { readDate } from '../../http/date.ts';
import type { Fetch } from '../../http/outgoing.ts';
import { apiPage, parseJson, readText } from '../../http/read-answer.ts';
import type { Access, AccessToken } from './access.ts';
import { GoogleError } from './google-error.ts';
import { observeAnswer, observeNetworkError, unreadable } from './observe.ts';
import { type GetPicture, pictureGetter } from './picture.ts';

type Query = Readonly<Record<string, unknown>>;

/** Fetches and parses the JSON at a path below the API root. */
export type GoogleGet = (path: string, query: Query, signal: AbortSignal) => Promise<unknown>;

/** The way to an API for one sync. */
export interface WayToGoogle {
  readonly get: GoogleGet;
  /** When the last answer was given by Google's own clock, in epoch milliseconds; null before the first. */
  readonly answeredAt: () => number | null;
  readonly picture: GetPicture;
}

const timeout = 60_000;

// Google compresses only for clients that say gzip in both, as each API’s page on performance says.
const headers = { Accept: 'application/json', 'Accept-Encoding': 'gzip', 'User-Agent': 'Mooring (gzip)' };

/**
 * GET with an access token. A 401 is answered once with another token.
 * @throws {GoogleError} for every failure on the wire, {@link NoAccessToken}, or the signal's reason.
 */
export function wayToGoogle(options: { fetch: Fetch; apiRoot: string; access: Access; clock: Clock }): WayToGoogle {
  const { fetch, access, clock } = options;
  const root = apiRootUrl(options.apiRoot);
  let answeredAt: number | null = null;

  const get: GoogleGet = async (path, query, signal) => {
    const url = new URL(root.href.replace(/\/$/, '') + path);
    // The token goes with every request, so none may leave for anywhere else.
    if (url.origin !== root.origin) throw new TypeError('The path leads away from the API root.');
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));

    const token = await access.current(signal);
    try {
      return await getOnce(fetch, url, token, clock, onAnswer, signal);
    } catch (error) {
      if (!isRejectedToken(error)) throw error;
      return getOnce(fetch, url, await access.replace(token, signal), clock, onAnswer, signal);
    }
  };

  function onAnswer({ headers }: Response): void {
    answeredAt = readDate(headers.get('date') ?? '') ?? answeredAt;
  }

  return { get, answeredAt: () => answeredAt, picture: pictureGetter({ fetch, apiRoot: root.href, clock }) };
}

function apiRootUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError('The API root has to be an http or https address.');
  return url;
}

function isRejectedToken(error: unknown): boolean {
  return error instanceof GoogleError && error.observation.kind === 'answer' && error.observation.status === 401;
}

async function getOnce(
  fetch: Fetch,
  url: URL,
  { token }: AccessToken,
  clock: Clock,
  onAnswer: (response: Response) => void,
  signal: AbortSignal,
): Promise<unknown> {
  const overdue = new AbortController();
  const cancel = clock.after(timeout, () => overdue.abort());
  try {
    const response = await fetch(url, {
      headers: { ...headers, Authorization: `Bearer ${token}` },
      // Google's API does not redirect; whatever does is not Google.
      redirect: 'manual',
      signal: AbortSignal.any([signal, overdue.signal]),
    });
    onAnswer(response);
    return await readJson(response);
  } catch (error) {
    signal.throwIfAborted();
    if (overdue.signal.aborted)
      throw new GoogleError({ kind: 'network', where: 'resource-api', code: 'ETIMEDOUT' }, error);
    throw error instanceof GoogleError ? error : new GoogleError(observeNetworkError(error), error);
  } finally {
    cancel();
  }
}

async function readJson(response: Response): Promise<unknown> {
  // What breaks off in the middle is a broken connection, and thrown as one: nothing can be said of who answered.
  const text = await readText(response.body, apiPage);
  const body = parseJson(text);
  if (response.status !== 200) throw new GoogleError(observeAnswer(response, body));
  // Mangled, or a page of HTML.
  if (body === null) throw new GoogleError(unreadable(response));
  return body;
}
