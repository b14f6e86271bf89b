import { z } from 'zod';

/** Where a failure was met: the same answer means different things at different places. */
export const MetAt = z.enum(['authorization', 'code-exchange', 'refresh', 'resource-api']);
export type MetAt = z.infer<typeof MetAt>;

/** A word of whoever answered, cut for showing: see shown-text.ts. */
const Word = z.string().max(200);

/**
 * A failure as it was observed on the wire, before anyone has decided what it means. Free of secrets by construction:
 * bodies are reduced to Google's own error codes.
 */
export const Observation = z.discriminatedUnion('kind', [
  /** Google answered with an error of its own. */
  z.strictObject({
    kind: z.literal('answer'),
    where: MetAt,
    status: z.number().int(),
    /** OAuth's `error`, or the API's `errors[0].reason`. */
    error: Word.nullable(),
    /** OAuth's `error_subtype`, or the `reason` among the API's `details`. */
    subtype: Word.nullable(),
    description: z.string().max(1_000).nullable(),
    retryAfterSeconds: z.number().nullable(),
  }),
  /** Something answered, but not in Google's language: a captive portal, a proxy, a cut-off body. */
  z.strictObject({
    kind: z.literal('unreadable'),
    where: MetAt,
    status: z.number().int(),
    contentType: Word.nullable(),
    /** The header is no part of the body: Google's own servers send it with pages of HTML too. */
    retryAfterSeconds: z.number().nullable().optional(),
  }),
  /**
   * Nothing answered that was asked. `code` is the system's own: ENOTFOUND, ECONNRESET, ETIMEDOUT, CERT_HAS_EXPIRED; or
   * REDIRECT, PROXY_… and UNKNOWN where the system gives none.
   */
  z.strictObject({ kind: z.literal('network'), where: MetAt, code: Word }),
]);
export type Observation = z.infer<typeof Observation>;
