import { z } from 'zod';
import { command } from './command.ts';
import type { Double, Unsettled } from './double.ts';
import { type DpopMode, type DpopRefusal, newNonces } from './dpop.ts';
import type { Misbehaviour } from './misbehave.ts';

const dpopMode = z.enum(['required-for-bound', 'off', 'reject']);
const dpopRefusal = z.enum(['invalid_dpop_proof', 'invalid_request']);
const unsettled = z.strictObject({
  revocationEnds: z.enum(['grant', 'token']).exactOptional(),
  adminBlockIs: z.enum(['error', 'subtype']).exactOptional(),
});
const knobs = z.strictObject({
  idToken: z
    .enum(['wrong-aud', 'wrong-nonce', 'wrong-iss', 'wrong-sub', 'expired', 'bad-signature', 'missing'])
    .exactOptional(),
  callback: z.enum(['wrong-state', 'missing-state', 'wrong-iss', 'missing-iss']).exactOptional(),
  refresh: z.enum(['new-refresh-token', 'rotated-refresh-token']).exactOptional(),
  exchange: z.literal('withhold-refresh-token').exactOptional(),
  tokenAnswer: z.record(z.string(), z.unknown()).exactOptional(),
  idClaims: z.record(z.string(), z.unknown()).exactOptional(),
  idHeader: z.record(z.string(), z.unknown()).exactOptional(),
  discovery: z.record(z.string(), z.unknown()).exactOptional(),
  tokenType: z.string().exactOptional(),
});

/** In which of the ways that Google may have the double gives tokens, and in which that it never would. */
export function tokenControl(double: Double) {
  return {
    /** The next exchange succeeds without a refresh token. */
    withholdRefreshTokenOnce: command([], (): void => {
      double.misbehaviour.exchange = 'withhold-refresh-token';
    }),
    /** Whether proofs of possession are taken; `refusal` is the error with which `reject` answers an exchange. */
    setDpop: command(
      [dpopMode, dpopRefusal.optional()],
      (mode: DpopMode, refusal: DpopRefusal = 'invalid_dpop_proof'): void => {
        Object.assign(double.dpop, { mode, refusal });
      },
    ),
    requireDpopNonce: command([z.boolean()], (required: boolean): void => {
      double.dpop.nonceRequired = required;
    }),
    /** No nonce given so far is good any longer. */
    rotateDpopNonces: command([], (): void => {
      double.dpop.nonces = newNonces();
    }),
    /** Decides what documents leave open, one way or the other. */
    settle: command([unsettled], (ways: Partial<Unsettled>): void => {
      Object.assign(double.unsettled, ways);
    }),
    /** What the next ID token, callback, refresh or exchange gets wrong. */
    misbehave: command([knobs], (given: Misbehaviour): void => {
      Object.assign(double.misbehaviour, given);
    }),
  };
}
