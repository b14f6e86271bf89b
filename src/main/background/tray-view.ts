import type { Connection } from '../../contract/connection.ts';
import type { AccountView, AppState } from '../../contract/state.ts';
import type { SyncStatus } from '../../contract/sync.ts';
import type { PauseLength } from '../../contract/window.ts';
import { lastingPause } from './pause.ts';

/** What the tray's picture tells; the names are those of the pictures. */
export type TrayState = 'synced' | 'syncing' | 'paused' | 'offline' | 'attention';

export type TrayCommand =
  | { readonly do: 'open' }
  | { readonly do: 'sync' }
  | { readonly do: 'pause'; readonly length: PauseLength }
  | { readonly do: 'unpause' }
  | { readonly do: 'reconnect'; readonly accountId: string }
  | { readonly do: 'settings' }
  | { readonly do: 'quit' };

export type TrayEntry =
  | { readonly kind: 'separator' }
  /** To be read only. */
  | { readonly kind: 'line'; readonly label: string }
  | { readonly kind: 'command'; readonly id: string; readonly label: string; readonly command: TrayCommand }
  | { readonly kind: 'submenu'; readonly label: string; readonly entries: readonly TrayEntry[] };

export interface TrayView {
  readonly state: TrayState;
  readonly toolTip: string;
  readonly menu: readonly TrayEntry[];
}

/** What the tray shows of the state. `writeTime` writes an instant as a person reads a clock, with the day if it is not today. */
export function trayView(state: AppState, now: number, writeTime: (instant: number) => string): TrayView {
  const pausedUntil = lastingPause(state.settings.pausedUntil, now);
  const overall = overallState(state, pausedUntil !== null);
  const pause = pausedUntil === null ? [] : [`Paused until ${writeTime(pausedUntil)}`];
  const lines = [...pause, ...state.accounts.flatMap((view) => linesOf(view, state.accounts.length > 1, writeTime))];
  return {
    state: overall,
    toolTip: `Mooring: ${pause[0] ?? summary(state, overall)}`,
    menu: [
      ...(lines.length === 0 ? [summary(state, overall)] : lines).map((label): TrayEntry => ({ kind: 'line', label })),
      ...state.accounts.flatMap(reconnectEntry),
      { kind: 'separator' },
      entry('open', 'Open Mooring', { do: 'open' }),
      ...(state.accounts.length === 0 ? [] : [entry('sync', 'Sync now', { do: 'sync' }), pauseEntry(pausedUntil)]),
      entry('settings', 'Settings…', { do: 'settings' }),
      { kind: 'separator' },
      entry('quit', 'Quit Mooring', { do: 'quit' }),
    ],
  };
}

const entry = (id: string, label: string, command: TrayCommand): TrayEntry => ({ kind: 'command', id, label, command });

function pauseEntry(pausedUntil: number | null): TrayEntry {
  if (pausedUntil !== null) return entry('unpause', 'Resume syncing', { do: 'unpause' });
  return {
    kind: 'submenu',
    label: 'Pause syncing',
    entries: [
      entry('pause-hour', 'For 1 hour', { do: 'pause', length: 'hour' }),
      entry('pause-tomorrow', 'Until tomorrow', { do: 'pause', length: 'tomorrow' }),
    ],
  };
}

function reconnectEntry({ account, connection }: AccountView): TrayEntry[] {
  if (connection.action !== 'reconnect') return [];
  return [entry(`reconnect-${account.id}`, `Reconnect ${account.email}`, { do: 'reconnect', accountId: account.id })];
}

/** What needs a person goes before all else; of the rest, what a person chose goes before what merely happens. */
function overallState({ accounts, setup, daemon }: AppState, paused: boolean): TrayState {
  if (setup.kind === 'client-missing' || accounts.some(needsSomebody)) return 'attention';
  if (paused) return 'paused';
  if (accounts.length === 0 || daemon === 'restarting') return 'offline';
  if (accounts.some(({ connection }) => connection.kind === 'offline')) return 'offline';
  return accounts.every(({ sync, connection }) => isUpToDate(connection, sync)) ? 'synced' : 'syncing';
}

const isUpToDate = (connection: Connection, { running, lastSuccessAt }: SyncStatus): boolean =>
  connection.kind === 'connected' && !running && lastSuccessAt !== null;

/** How all accounts together stand, in a few words. */
function summary({ accounts, setup, daemon }: AppState, overall: TrayState): string {
  if (setup.kind === 'client-missing') return 'Not set up yet';
  if (accounts.length === 0) return 'Nobody is signed in';
  switch (overall) {
    case 'attention':
      return 'Needs your attention';
    case 'paused':
      return 'Paused';
    case 'offline':
      return daemon === 'restarting' ? 'Starting again…' : 'Offline';
    case 'syncing':
      return 'Syncing…';
    case 'synced':
      return 'Up to date';
    default:
      return overall satisfies never;
  }
}

const needsSomebody = ({ connection, sync }: AccountView): boolean =>
  ownTrouble(sync) !== null || (connection.kind !== 'offline' && connectionTitle(connection.kind) !== null);

/** What went wrong on this computer; what Google refused is in the connection. */
const ownTrouble = ({ failure }: SyncStatus): string | null =>
  failure?.kind === 'storage' || failure?.kind === 'internal' ? failure.sentence : null;

/** How an account stands, and below it why, where something is the matter. */
function linesOf({ account, connection, sync }: AccountView, named: boolean, writeTime: (at: number) => string) {
  const say = (words: string) => (named ? `${account.email}: ${words}` : words);
  const title = connectionTitle(connection.kind);
  if (title !== null) return [say(title), firstSentence(connection.sentence)];
  const trouble = ownTrouble(sync);
  if (trouble !== null) return [say('The last sync failed'), firstSentence(trouble)];
  if (sync.running || connection.kind === 'refreshing') return [say('Syncing…')];
  return [say(sync.lastSuccessAt === null ? 'Not synced yet' : `Last synced ${writeTime(sync.lastSuccessAt)}`)];
}

/** There is no room for more in a menu; the window shows all of it. */
const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

/** The name of what is the matter with a connection; null while nothing is. */
function connectionTitle(kind: Connection['kind']): string | null {
  switch (kind) {
    case 'connected':
    case 'refreshing':
      return null;
    case 'offline':
      return 'Offline';
    case 'needs-reconnect':
      return 'Reconnect needed';
    case 'needs-permission':
      return 'Permission needed';
    case 'blocked-by-admin':
      return 'Blocked by your organisation';
    case 'app-misconfigured':
      return 'App not set up right';
    case 'keychain-unavailable':
      return 'Keychain unavailable';
    default:
      return kind satisfies never;
  }
}
