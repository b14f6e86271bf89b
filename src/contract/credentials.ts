import { z } from 'zod';
import { Audit } from './audit.ts';
import { Connection } from './connection.ts';
import { Instant } from './instant.ts';
import { Observation } from './observation.ts';

/** One thing that is held for an account, masked. */
export const Holding = z.strictObject({
  name: z.string(),
  /** Where it is, in words: the keychain and its entry, or this program's memory. */
  where: z.string(),
  /** A few characters that tell it from another, never enough to use it. */
  shown: z.string(),
  bornAt: Instant.nullable(),
  endsAt: Instant.nullable(),
});
export type Holding = z.infer<typeof Holding>;

/** Everything that can be told of an account's credentials without giving them away. Instants are epoch milliseconds. */
export const CredentialReport = z.strictObject({
  at: Instant,
  accountId: z.string(),
  email: z.string(),
  connection: Connection,
  holdings: z.array(Holding),
  scopes: z.array(z.strictObject({ scope: z.string(), granted: z.boolean() })),
  consentedAt: Instant.nullable(),
  grantExpiresAt: Instant.nullable(),
  lastRefreshAt: Instant.nullable(),
  /** The last failure as it was observed: Google's own words, if they were Google's. */
  lastError: z.strictObject({ at: Instant, observation: Observation }).nullable(),
  /** This computer's clock less Google's, in milliseconds. */
  clockSkew: z.number().nullable(),
  /** Newest first. */
  audits: z.array(Audit),
});
export type CredentialReport = z.infer<typeof CredentialReport>;
