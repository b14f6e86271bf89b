import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Dpop } from './dpop.ts';
import type { Faults } from './faults.ts';
import type { Signer } from './id-token.ts';
import type { Listings } from './listing.ts';
import type { Misbehaviour } from './misbehave.ts';
import type { State } from './model.ts';
import type { RequestLog } from './request-log.ts';

/** What Google's documents leave open: the double can be either way, so that the app is tested both ways. */
export interface Unsettled {
  /** Whether revoking a token ends the whole grant of the person and client, or that token alone. */
  revocationEnds: 'grant' | 'token';
  /** Whether the token endpoint names an administrator's block as the error, or as the subtype of another. */
  adminBlockIs: 'error' | 'subtype';
}

/** The running double, as its handlers see it: the plain state and the few things that cannot be saved. */
export interface Double {
  readonly state: State;
  issuer: string;
  now(): number;
  /** Says that a part of the state changed and is to be saved. */
  changed(part: 'accounts' | 'calendars'): void;
  readonly signer: Signer;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly listings: Listings;
  readonly misbehaviour: Misbehaviour;
  readonly unsettled: Unsettled;
  readonly dpop: Dpop;
  readonly closing: AbortSignal;
}

export type Env = { Bindings: HttpBindings };
export type Ctx = Context<Env>;

/** Remembers a secret for the leak test. */
export function issued(double: Double, ...secrets: string[]): void {
  const known = new Set(double.state.accounts.secrets);
  for (const secret of secrets) if (!known.has(secret)) double.state.accounts.secrets.push(secret);
}
