import { z } from 'zod';
import { Account } from './account.ts';
import { Connection } from './connection.ts';
import { ExportsView } from './export.ts';
import { Instant } from './instant.ts';
import { Problem } from './problem.ts';
import { ServiceName } from './services.ts';
import { ServiceView } from './standing.ts';

/** Whether the app knows which OAuth client it is. */
export const Setup = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    /** The host people sign in at, and whether it is the real Google. */
    googleHost: z.string(),
    real: z.boolean(),
    /** Whether failures can be brought about on purpose: the double's control side is at hand. */
    rehearsal: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('client-missing'), problem: Problem.nullable() }),
]);
export type Setup = z.infer<typeof Setup>;

/** Somebody new, an account that has to come back, or one that is to give permission for one service more. */
export const SignInPurpose = z.enum(['sign-in', 'reconnect', 'permission']);
export type SignInPurpose = z.infer<typeof SignInPurpose>;

/** Whose reconnect it is; null when anybody may sign in. */
const attempt = { purpose: SignInPurpose, accountId: z.string().nullable() };

/** The one attempt to sign in that may be under way. */
export const SignIn = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('idle'),
    /** How the last attempt ended, if not by success. */
    outcome: Problem.nullable(),
    /** The account whose reconnect that was; null for a sign-in. */
    accountId: z.string().nullable(),
    /** Who was chosen in place of the account that was to come back; could be added as one more. */
    chosen: z.string().nullable(),
  }),
  /**
   * The browser has the floor. `silent` after 20 s without a word from it; `note` says why a second page was opened.
   * `stranger` is who has signed in from a browser that the app did not open, while the person is asked about it.
   */
  z.strictObject({
    kind: z.literal('waiting'),
    ...attempt,
    silent: z.boolean(),
    note: z.string().nullable(),
    stranger: z.string().nullable(),
  }),
  /** The browser has answered; the code is being exchanged and the token stored. */
  z.strictObject({ kind: z.literal('finishing'), ...attempt }),
]);
export type SignIn = z.infer<typeof SignIn>;

export const idleSignIn: SignIn = { kind: 'idle', outcome: null, accountId: null, chosen: null };

/** One account, its services, and everything the window shows of it. */
export const AccountView = z.strictObject({
  account: Account,
  connection: Connection,
  /** Every service there is, wanted or not. */
  services: z.record(ServiceName, ServiceView),
  /** Something to act on before it happens: access that ends soon, a copy that will be erased. */
  warning: Problem.nullable(),
});
export type AccountView = z.infer<typeof AccountView>;

/** Whether the program that syncs is running. */
export const DaemonHealth = z.enum(['starting', 'running', 'restarting']);
export type DaemonHealth = z.infer<typeof DaemonHealth>;

/** What closing the window does; `ask` until a person has been told that Mooring goes on, and has chosen. */
export const OnClose = z.enum(['ask', 'hide', 'quit']);
export type OnClose = z.infer<typeof OnClose>;

/** What a person has set. */
export const Settings = z.strictObject({
  /** Days for which the copy of an account outlives its access; null keeps it for good. */
  retentionDays: z.number().int().min(1).max(3650).nullable(),
  onClose: OnClose,
  /** Whether to call for a person by notification when something needs one. */
  notifications: z.boolean(),
  /** Until when nothing is synced unless asked for, in epoch milliseconds; null while syncing is not paused. */
  pausedUntil: Instant.nullable(),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = { retentionDays: 30, onClose: 'ask', notifications: true, pausedUntil: null };

/** A newer version: fetched and installed at the next start, or only announced, where the package manager does that. */
export const Update = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), version: z.string().max(64) }),
  z.strictObject({ kind: z.literal('announced'), version: z.string().max(64) }),
]);
export type Update = z.infer<typeof Update>;

/** Everything the window shows, agenda and credential report aside. Main sends it whole whenever it changes. */
export const AppState = z.strictObject({
  setup: Setup,
  /** In the order in which they were added. */
  accounts: z.array(AccountView),
  signIn: SignIn,
  /** The account that the last sign-in added, until the person has seen to it. */
  addedId: z.string().nullable(),
  daemon: DaemonHealth,
  settings: Settings,
  exports: ExportsView,
  /** Whether the system starts Mooring at login, as the system itself says; null where that cannot be set. */
  launchAtLogin: z.boolean().nullable(),
  /** Whether the computer runs on its battery, which makes syncs in the background rarer. */
  onBattery: z.boolean(),
  update: Update.nullable(),
  /** Something that concerns no account, such as a revocation that waits for the network. */
  notices: z.array(Problem),
});
export type AppState = z.infer<typeof AppState>;
