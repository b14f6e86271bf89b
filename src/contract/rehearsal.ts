import { z } from 'zod';

/**
 * What can be brought about on purpose in a rehearsal against the double, so that each recovery can be watched. The
 * first group ruins what is on this computer, the second is done at the double.
 */
export const RehearsalFailure = z.enum([
  'keychain-entry-deleted',
  'keychain-entry-garbled',
  'keychain-entry-swapped',
  'key-lost',
  'keychain-locked',
  'database-damaged',
  'grant-revoked',
  'access-token-expired',
  'testing-week-over',
  'idle-six-months',
  'session-ended',
  'time-limit',
  'permission-removed',
  'no-refresh-token',
  'blocked-by-admin',
  'client-deleted',
  'client-secret-wrong',
  'clock-off',
  'google-down',
  'rate-limited',
  'captive-portal',
  'connection-dropped',
  'api-disabled',
  'service-blocked',
  'quota-used-up',
  'unknown-refusal',
  /** Ends whatever was brought about above, as far as it can be undone. */
  'repair-everything',
]);
export type RehearsalFailure = z.infer<typeof RehearsalFailure>;
