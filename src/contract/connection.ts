import { z } from 'zod';
import { Instant } from './instant.ts';

/** What a person can do about a connection; exactly one is offered at a time. */
export const ConnectionAction = z.enum([
  'none',
  'sign-in',
  'reconnect',
  'retry',
  'ask-admin',
  'fix-client',
  'fix-keychain',
]);
export type ConnectionAction = z.infer<typeof ConnectionAction>;

/** The machine-readable cause behind a connection's state. */
export const ReasonCode = z.enum([
  'working',
  'refreshing',
  'no-network',
  'tls-failure',
  'authority-unknown',
  'proxy-authentication',
  'proxy-refused',
  'proxy-unreachable',
  'proxy-unusable',
  'google-unavailable',
  'rate-limited',
  'quota-exhausted',
  'unexpected-answer',
  'answer-too-large',
  'not-google',
  'clock-wrong',
  'grant-revoked',
  'grant-missing',
  'grant-swapped',
  'key-lost',
  'client-changed',
  'session-expired',
  'access-rejected',
  'code-refused',
  'item-unavailable',
  'scope-missing',
  'consent-refused',
  'blocked-by-admin',
  'client-invalid',
  'client-deleted',
  'client-unsuitable',
  'client-internal',
  'api-disabled',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-corrupt',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

const base = { reason: ReasonCode, sentence: z.string(), action: ConnectionAction };

/** The one honest state of an account's connection; every part of the app that speaks of it reads this value. */
export const Connection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('connected'), ...base }),
  z.strictObject({ kind: z.literal('refreshing'), ...base }),
  z.strictObject({ kind: z.literal('offline'), ...base, retryAt: Instant.nullable() }),
  /** `likely` holds sentences on what may be behind it, most telling first: Google itself does not say. */
  z.strictObject({ kind: z.literal('needs-reconnect'), ...base, likely: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('blocked-by-admin'), ...base }),
  z.strictObject({ kind: z.literal('app-misconfigured'), ...base }),
  z.strictObject({ kind: z.literal('keychain-unavailable'), ...base }),
]);
export type Connection = z.infer<typeof Connection>;
