/** A token that was good when main handed it out; `serial` tells it from its predecessors. */
export interface AccessToken {
  readonly token: string;
  readonly serial: number;
}

/** The access token of one sync: asked of main when first needed, and again when Google has rejected it. */
export interface Access {
  current(signal: AbortSignal): Promise<AccessToken>;
  /** A token other than the rejected one. */
  replace(rejected: AccessToken, signal: AbortSignal): Promise<AccessToken>;
}

/** Main has no access token to give; it knows, and shows, why. */
export class NoAccessToken extends Error {
  override name = 'NoAccessToken';
}

/**
 * Keeps one token for as long as Google takes it.
 * @throws {NoAccessToken} from its functions when main has none, or does not answer the question.
 */
export function createAccess(ask: (rejected: number | null) => Promise<AccessToken | null>): Access {
  let held: AccessToken | null = null;

  async function obtain(rejected: number | null, signal: AbortSignal): Promise<AccessToken> {
    const answer = await unlessAborted(ask(rejected), signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new NoAccessToken('Main did not answer.', { cause });
    });
    if (answer === null) throw new NoAccessToken('Main has no access token.');
    held = answer;
    return answer;
  }

  return {
    current: async (signal) => held ?? obtain(null, signal),
    replace: (rejected, signal) => obtain(rejected.serial, signal),
  };
}

/** Main may never answer; a stop must not wait for it. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
