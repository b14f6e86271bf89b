import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Dpop } from './dpop.ts';
import type { Endpoint } from './endpoints.ts';
import type { Faults } from './faults.ts';
import type { Signer } from './id-token.ts';
import type { Listings, Upset } from './listing.ts';
import type { Misbehaviour } from './misbehave.ts';
import type { State } from './model.ts';
import type { Parts } from './part.ts';
import type { RequestLog } from './request-log.ts';

/** What Google's documents leave open: the double can be either way, so that the app is tested both ways. */
export interface Unsettled {
  /** Whether revoking a token ends the whole grant of the person and client, or that token alone. */
  revocationEnds: 'grant' | 'token';
  /** Whether the token endpoint names an administrator's block as the error, or as the subtype of another. */
  adminBlockIs: 'error' | 'subtype';
}

/**
 * The running double, as its handlers see it: the plain state and the few things that cannot be saved. `Name` is one of the
 * endpoints' names.
 */
export interface Double<Name extends string = string> {
  readonly parts: Parts;
  readonly endpoints: readonly Endpoint[];
  readonly state: State;
  issuer: string;
  now(): number;
  /** Says that the accounts, or what the part of this name keeps, changed and are to be saved. */
  changed(what: string): void;
  readonly signer: Signer;
  readonly faults: Faults;
  readonly log: RequestLog<Name>;
  readonly listings: Listings;
  /** How lists are upset, and how many items a page has at most; Google says that any page may be short. */
  readonly upset: { lists: Upset | null; readonly halved: Set<string>; pageSize: number };
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
