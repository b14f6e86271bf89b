/** So deep is looked: what fetch wraps around an error is two or three. */
const deepest = 6;

/** The system's own code of a failure on the wire, dug out from under what was wrapped around it; null where there is none. */
export function networkCode(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth === deepest) return null;
  const own = ownCode(error);
  if (own !== null) return own;
  // Several addresses were tried and each failed in its way: the first is the one the name resolved to first.
  const causes: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  for (const cause of causes) {
    const code = networkCode(cause, depth + 1);
    if (code !== null) return code;
  }
  return null;
}

function ownCode(error: Error & { code?: unknown; type?: unknown }): string | null {
  const { name, code, type, message } = error;
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
  // fetch's own error has no code of the system's: gaxios names it in `code`, a DOMException in `name`.
  if (name === 'TimeoutError' || code === 'TimeoutError') return 'ETIMEDOUT';
  // Nor has a redirect that was not followed: node-fetch has a type for it, undici a message.
  return type === 'no-redirect' || message === 'unexpected redirect' ? 'REDIRECT' : null;
}
