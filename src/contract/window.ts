import { z } from 'zod';
import { Agenda, AgendaRequest } from './agenda.ts';
import type { RequestName } from './bridge.ts';
import { Problem } from './problem.ts';
import { AppState } from './state.ts';

/** What the window may ask of main: one schema for what it sends and one for what it gets. */
export const windowRequests = {
  getState: { params: z.undefined(), result: AppState },
  getAgenda: { params: AgendaRequest, result: Agenda },
  signIn: { params: z.undefined(), result: z.null() },
  reconnect: { params: z.undefined(), result: z.null() },
  cancelSignIn: { params: z.undefined(), result: z.null() },
  openSignInAgain: { params: z.undefined(), result: z.null() },
  copySignInLink: { params: z.undefined(), result: z.null() },
  syncNow: { params: z.undefined(), result: z.null() },
  disconnect: { params: z.strictObject({ erase: z.boolean() }), result: z.null() },
  /** Opens the system's file dialog; the outcome shows in `setup`. */
  pickClientFile: { params: z.undefined(), result: z.null() },
  /** The text of a dropped file. */
  giveClientFile: { params: z.strictObject({ text: z.string().max(65_536) }), result: z.null() },
} as const satisfies Record<RequestName, { params: z.ZodType; result: z.ZodType }>;

export type WindowParams<N extends RequestName> = z.infer<(typeof windowRequests)[N]['params']>;
export type WindowResult<N extends RequestName> = z.infer<(typeof windowRequests)[N]['result']>;

/** How an answer travels: an error is data, because Electron turns thrown errors into bare strings. */
export type Reply<T> = { ok: true; value: T } | { ok: false; problem: Problem };
export const Reply = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), problem: Problem }),
  ]);

/** What the preload puts on `window.mooring`. */
export type MooringBridge = {
  readonly [N in RequestName]: WindowParams<N> extends undefined
    ? () => Promise<Reply<WindowResult<N>>>
    : (params: WindowParams<N>) => Promise<Reply<WindowResult<N>>>;
} & {
  /** Calls `listener` with every new state; the answer stops it. */
  readonly onState: (listener: (state: unknown) => void) => () => void;
};
