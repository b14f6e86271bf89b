/** How much one answer may hold, after it was decompressed. */
export interface AnswerLimits {
  readonly bytes: number;
  /** How deep its JSON may be nested. */
  readonly depth: number;
  /** How many values its JSON may have: a small text can stand for a great many objects. */
  readonly values: number;
}

/** What the sign-in service sends: documents and keys of some kilobytes. */
export const signInAnswer: AnswerLimits = { bytes: 1_000_000, depth: 32, values: 20_000 };

/** A page of an API: some megabytes where 2,500 items have long descriptions. */
export const apiPage: AnswerLimits = { bytes: 64_000_000, depth: 64, values: 1_000_000 };

/** An answer was longer, deeper or fuller than any that is expected, and the connection was cut. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge';
  /** As the system's own codes are read: see `Observation`. */
  readonly code = 'ANSWER_TOO_LARGE';
  readonly limit: keyof AnswerLimits;
  constructor(limit: keyof AnswerLimits) {
    super(`The answer passed the limit of ${limit}.`);
    this.limit = limit;
  }
}

/**
 * A JSON text ended before it was closed. Of what is compressed `fetch` hands over what there is, and says nothing of the
 * rest: https://github.com/nodejs/undici (lib/web/fetch, `finishFlush`).
 */
export class CutOff extends Error {
  override name = 'CutOff';
  /** As the system's own codes are read: see `Observation`. */
  readonly code = 'ECONNRESET';
}

/** A body as `fetch` gives it: decompressed, in pieces. Leaving the loop over it closes the connection. */
type Body = AsyncIterable<Uint8Array> | null;

/**
 * Reads a body of text, which may be JSON, no further than the limits allow. Structure is counted while it arrives, so
 * that nothing is built of an answer that is refused.
 * @throws {AnswerTooLarge} {@link CutOff} and what the body throws.
 */
export async function readText(body: Body, limits: AnswerLimits): Promise<string> {
  const structure = countStructure(limits);
  // Kept as bytes until all are there: decoded one by one, they would lie in memory twice until they are collected.
  const pieces: Uint8Array[] = [];
  for await (const piece of withinBytes(body, limits.bytes)) {
    structure.count(piece);
    pieces.push(piece);
  }
  const text = new TextDecoder().decode(Buffer.concat(pieces));
  if (structure.isOpen() && /^\s*[[{]/.test(text)) throw new CutOff('The answer ended in the middle.');
  return text;
}

/** Reads a body that is not text. Throws as {@link readText} does. */
export async function readBytes(body: Body, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of withinBytes(body, most)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Parses what was read; null when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function* withinBytes(body: Body, most: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of body ?? []) {
    read += piece.length;
    if (read > most) throw new AnswerTooLarge('bytes');
    yield piece;
  }
}

const [quote, comma, openList, backslash, closeList, openObject, closeObject] = Buffer.from('",[\\]{}');

/** Follows the nesting of a JSON text through its pieces. UTF-8 has these characters as bytes of their own, and only so. */
function countStructure({ depth: deepest, values: most }: AnswerLimits): {
  count(piece: Uint8Array): void;
  /** Whether something was begun and not ended. */
  isOpen(): boolean;
} {
  let inString = false;
  let escaped = false;
  let depth = 0;
  let values = 0;
  const count = (piece: Uint8Array) => {
    for (const byte of piece) {
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      switch (byte) {
        case quote:
          inString = true;
          break;
        case openList:
        case openObject:
          depth += 1;
          values += 1;
          break;
        case closeList:
        case closeObject:
          depth -= 1;
          break;
        case comma:
          values += 1;
          break;
      }
      if (depth > deepest) throw new AnswerTooLarge('depth');
      if (values > most) throw new AnswerTooLarge('values');
    }
  };
  return { count, isOpen: () => inString || depth > 0 };
}
