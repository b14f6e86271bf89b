import { z } from 'zod';
import { Account } from './account.ts';
import { Connection } from './connection.ts';
import { Problem } from './problem.ts';
import { SyncStatus } from './sync.ts';

/** Whether the app knows which OAuth client it is. */
export const Setup = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    /** The host people sign in at, and whether it is the real Google. */
    googleHost: z.string(),
    real: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('client-missing'), problem: Problem.nullable() }),
]);
export type Setup = z.infer<typeof Setup>;

export const SignInPurpose = z.enum(['sign-in', 'reconnect']);
export type SignInPurpose = z.infer<typeof SignInPurpose>;

/** The one attempt to sign in that may be under way. */
export const SignIn = z.discriminatedUnion('kind', [
  /** `outcome` tells how the last attempt ended, if not by success. */
  z.strictObject({ kind: z.literal('idle'), outcome: Problem.nullable() }),
  /** The browser has the floor. `silent` after 20 s without a word from it; `note` says why a second page was opened. */
  z.strictObject({
    kind: z.literal('waiting'),
    purpose: SignInPurpose,
    silent: z.boolean(),
    note: z.string().nullable(),
  }),
  /** The browser has answered; the code is being exchanged and the token stored. */
  z.strictObject({ kind: z.literal('finishing'), purpose: SignInPurpose }),
]);
export type SignIn = z.infer<typeof SignIn>;

/** Whether the program that syncs is running. */
export const DaemonHealth = z.enum(['starting', 'running', 'restarting']);
export type DaemonHealth = z.infer<typeof DaemonHealth>;

/** Everything the window shows, the agenda aside. Main sends it whole whenever it changes. */
export const AppState = z.strictObject({
  setup: Setup,
  account: Account.nullable(),
  connection: Connection,
  signIn: SignIn,
  daemon: DaemonHealth,
  sync: SyncStatus,
});
export type AppState = z.infer<typeof AppState>;
