import { z } from 'zod';
import type { Observation } from '../../contract/observation.ts';
import { readDate } from '../../http/date.ts';

/** An answer of the token endpoint as it came, before it is known for a success or a failure. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

const NonceChallenge = z.object({ error: z.literal('use_dpop_nonce') });

/** RFC 9449, section 8: the request was not acted upon, and is to be sent again with the nonce that comes along. */
export const asksForNonce = ({ status, data }: WireAnswer): boolean =>
  status === 400 && NonceChallenge.safeParse(data).success;

/** The `DPoP-Nonce` header, where it has the form of one (RFC 9449, section 8.1). */
export function nonceOf({ headers }: WireAnswer): string | null {
  const nonce = headers.get('dpop-nonce');
  return nonce !== null && /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/.test(nonce) ? nonce : null;
}

/**
 * Our own subtype of `invalid_dpop_proof`: this computer's clock does not agree with Google's, so the proof's `iat` may
 * be all that was wrong with it (RFC 9449, section 11.1).
 */
export const clockOff = 'clock-off';

/** Milliseconds between the two clocks that need no explanation: an answer may be as slow as our time limit. */
const agreement = 30_000;

/** Adds {@link clockOff} to a refused proof unless the answer's `Date` shows that the clock is right. */
export function withClock(observation: Observation, { headers }: WireAnswer, now: number): Observation {
  if (observation.kind !== 'answer' || observation.error !== 'invalid_dpop_proof') return observation;
  const served = readDate(headers.get('date') ?? '');
  const agrees = served !== null && Math.abs(served - now) <= agreement;
  return agrees ? observation : { ...observation, subtype: clockOff };
}

/**
 * Whether an exchange failed because proofs are not taken here at all, as in an organisation or for a client that Google
 * has not opened to them. A wrong clock is no such case: binding is not given up for what a person can mend.
 */
export function refusesDpop(observation: Observation): boolean {
  if (observation.kind !== 'answer' || observation.where !== 'code-exchange') return false;
  const { error, subtype, description } = observation;
  if (error === 'invalid_dpop_proof') return subtype !== clockOff;
  return error === 'invalid_request' && /dpop/i.test(description ?? '');
}
