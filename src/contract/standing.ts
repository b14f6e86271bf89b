import { z } from 'zod';
import { ReasonCode } from './connection.ts';
import { Instant } from './instant.ts';
import { SyncStatus } from './sync.ts';

/** What a person wants of a service: its copy, or not; `declined` where they left it unticked on Google's page. */
export const Keeping = z.enum(['kept', 'declined', 'off']);
export type Keeping = z.infer<typeof Keeping>;

/** What a person can do about a service; exactly one is offered at a time. */
export const StandingAction = z.enum(['none', 'keep', 'retry', 'ask-admin', 'fix-client']);
export type StandingAction = z.infer<typeof StandingAction>;

/** The cause behind a standing: one of the connection's, or one of these. */
export const StandingReason = z.enum([
  ...ReasonCode.options,
  'not-chosen',
  'declined',
  'switched-off',
  'connection',
  'this-computer',
  'budget-spent',
  'lists-refused',
]);
export type StandingReason = z.infer<typeof StandingReason>;

const base = { reason: StandingReason, sentence: z.string(), action: StandingAction };

/** How one service of an account stands, beside the connection, which all of them share. */
export const Standing = z.discriminatedUnion('kind', [
  /** Nobody wants it. What was copied before may still be there. */
  z.strictObject({ kind: z.literal('off'), ...base }),
  z.strictObject({ kind: z.literal('working'), ...base }),
  /** It goes on by itself. */
  z.strictObject({ kind: z.literal('waiting'), ...base, retryAt: Instant.nullable() }),
  /** It is wanted, and Google is not allowed to give it any more. */
  z.strictObject({ kind: z.literal('needs-permission'), ...base }),
  z.strictObject({ kind: z.literal('blocked-by-admin'), ...base }),
  z.strictObject({ kind: z.literal('api-disabled'), ...base }),
  /** Some lists stand still while the others go on. */
  z.strictObject({ kind: z.literal('partial'), ...base }),
]);
export type Standing = z.infer<typeof Standing>;

/** One service of an account, and everything the window shows of it. */
export const ServiceView = z.strictObject({ standing: Standing, sync: SyncStatus });
export type ServiceView = z.infer<typeof ServiceView>;
