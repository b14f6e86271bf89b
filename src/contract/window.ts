import { z } from 'zod';
import type { RequestName } from './bridge.ts';
import { CredentialReport } from './credentials.ts';
import { ExportChange } from './export.ts';
import type { Problem } from './problem.ts';
import { RehearsalFailure } from './rehearsal.ts';
import { SearchAnswer, SearchRequest } from './search.ts';
import { Question, ServiceName } from './services.ts';
import { AppState, Settings } from './state.ts';
import { WebAddress } from './web-address.ts';

const AccountId = z.string().min(1).max(255);
const ofAccount = z.strictObject({ accountId: AccountId });
const ofService = z.strictObject({ accountId: AccountId, service: ServiceName });

/** What a person may change by hand; what is left out stays as it is. */
export const SettingsChange = z.strictObject({
  retentionDays: Settings.shape.retentionDays.optional(),
  onClose: z.enum(['hide', 'quit']).optional(),
  notifications: z.boolean().optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

/** For how long a person may pause: an hour, or until tomorrow morning. */
export const PauseLength = z.enum(['hour', 'tomorrow']);
export type PauseLength = z.infer<typeof PauseLength>;

/** A place in the window that main can ask for; without an account, whoever needs something comes first. */
export const Place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account'), accountId: AccountId }),
  z.strictObject({ kind: z.literal('credentials') }),
  z.strictObject({ kind: z.literal('settings') }),
  z.strictObject({ kind: z.literal('search') }),
]);
export type Place = z.infer<typeof Place>;

/** What the window may ask of main: one schema for what it sends and one for what it gets. */
export const windowRequests = {
  getState: { params: z.null(), result: AppState },
  /** What a service answers from the mirror; `result` is of that service's own schema. */
  ask: { params: Question, result: z.unknown() },
  /** Looks for words in everything that is mirrored. */
  search: { params: SearchRequest, result: SearchAnswer },
  /** Nobody waits for that search any more. */
  cancelSearch: { params: z.strictObject({ id: z.string().max(64) }), result: z.null() },
  /** `hint` is the address to offer at Google, or null; permission is asked for these services. */
  signIn: {
    params: z.strictObject({ hint: z.string().max(320).nullable(), services: z.array(ServiceName).max(64) }),
    result: z.null(),
  },
  reconnect: { params: ofAccount, result: z.null() },
  /** Copies the service from now on, once Google has been allowed to give it. */
  keepService: { params: ofService, result: z.null() },
  /** Copies it no longer; with `erase`, what was copied of it goes. */
  dropService: { params: ofService.extend({ erase: z.boolean() }), result: z.null() },
  cancelSignIn: { params: z.null(), result: z.null() },
  openSignInAgain: { params: z.null(), result: z.null() },
  copySignInLink: { params: z.null(), result: z.null() },
  /** Whether the person asked about is the person here. */
  answerStranger: { params: z.strictObject({ isMe: z.boolean() }), result: z.null() },
  /** The account that was just added is right. */
  keepAdded: { params: z.null(), result: z.null() },
  syncNow: { params: ofAccount, result: z.null() },
  disconnect: { params: z.strictObject({ accountId: AccountId, erase: z.boolean() }), result: z.null() },
  /** Opens the system's file dialog; the outcome shows in `setup`. */
  pickClientFile: { params: z.null(), result: z.null() },
  /** Where a dropped file is; empty for a file that is none of this computer's. */
  giveClientFile: { params: z.strictObject({ path: z.string().max(32_767) }), result: z.null() },
  getCredentials: { params: ofAccount, result: CredentialReport },
  /** Audits the account's credentials now, and answers with the report that follows. */
  testCredentials: { params: ofAccount, result: CredentialReport },
  /** Puts the report on the clipboard as text without secrets or personal data, for a bug report. */
  copyReport: { params: ofAccount, result: z.null() },
  /** Puts an address that somebody else wrote on the clipboard; the window itself goes nowhere. */
  copyAddress: { params: z.strictObject({ address: WebAddress }), result: z.null() },
  changeSettings: { params: SettingsChange, result: z.null() },
  /** Has the system start Mooring, without a window, when the person logs in. */
  setLaunchAtLogin: { params: z.strictObject({ on: z.boolean() }), result: z.null() },
  /** Syncs nothing, unless asked to, for so long. */
  pause: { params: z.strictObject({ length: PauseLength }), result: z.null() },
  unpause: { params: z.null(), result: z.null() },
  /** Opens the system's folder dialog: main keeps what is chosen, and takes no path from the window. */
  pickExportFolder: { params: z.null(), result: z.null() },
  changeExports: { params: ExportChange, result: z.null() },
  /** Begins to export what is chosen, and answers at once; asks for a folder first where there is none. */
  exportNow: { params: z.null(), result: z.null() },
  cancelExport: { params: z.null(), result: z.null() },
  /** Ends Mooring, installs the update that is ready, and starts Mooring again. */
  installUpdate: { params: z.null(), result: z.null() },
  /** Sets a damaged database aside and copies everything anew. */
  rebuildCopy: { params: z.null(), result: z.null() },
  /** Only in a rehearsal; refused otherwise. */
  rehearse: { params: z.strictObject({ accountId: AccountId, failure: RehearsalFailure }), result: z.null() },
} as const satisfies Record<RequestName, { params: z.ZodType; result: z.ZodType }>;

export type WindowParams<N extends RequestName> = z.infer<(typeof windowRequests)[N]['params']>;
export type WindowResult<N extends RequestName> = z.infer<(typeof windowRequests)[N]['result']>;

/** How an answer travels: an error is data, because Electron turns thrown errors into bare strings. */
export type Reply<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What the preload puts on `window.mooring`. */
export type MooringBridge = {
  readonly [N in Exclude<RequestName, 'giveClientFile'>]: WindowParams<N> extends null
    ? () => Promise<Reply<WindowResult<N>>>
    : (params: WindowParams<N>) => Promise<Reply<WindowResult<N>>>;
} & {
  /** The file itself, which a page cannot make up: of a file that came from no disk there is no path to send. */
  readonly giveClientFile: (file: File) => Promise<Reply<null>>;
  /** Calls `listener` with every new state; the answer stops it. */
  readonly onState: (listener: (state: unknown) => void) => () => void;
  /** Calls `listener` with every {@link Place} that main asks for; the answer stops it. */
  readonly onShow: (listener: (place: unknown) => void) => () => void;
};
