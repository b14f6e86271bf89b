import type { Standing } from '../../contract/standing.ts';
import type { AccountView, AppState } from '../../contract/state.ts';
import { connectionTitles, standingTitles } from '../../contract/titles.ts';
import { wholeSync } from '../../contract/whole-sync.ts';
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
  if (accounts.some(isWaiting)) return 'offline';
  return accounts.every(isUpToDate) ? 'synced' : 'syncing';
}

/** Whether it goes on by itself, and does not just now. */
const isWaiting = ({ connection, services }: AccountView): boolean =>
  connection.kind === 'offline' ||
  standingsOf(services).some(({ kind, reason }) => kind === 'waiting' && reason !== 'connection');

function isUpToDate({ connection, services }: AccountView): boolean {
  const { running, lastSuccessAt } = wholeSync(services);
  return connection.kind === 'connected' && !running && (lastSuccessAt !== null || isIdle(services));
}

/** Whether nothing is copied of the account, because nobody wants it. */
const isIdle = (services: AccountView['services']): boolean =>
  standingsOf(services).every(({ kind }) => kind === 'off');

const standingsOf = (services: AccountView['services']): Standing[] =>
  Object.values(services).map(({ standing }) => standing);

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

const needsSomebody = ({ connection, services }: AccountView): boolean =>
  wholeSync(services).trouble !== null ||
  !['connected', 'refreshing', 'offline'].includes(connection.kind) ||
  standingsOf(services).some(isStopped);

/** Whether a service does not go on without somebody. */
function isStopped({ kind }: Standing): boolean {
  switch (kind) {
    case 'needs-permission':
    case 'blocked-by-admin':
    case 'api-disabled':
      return true;
    case 'off':
    case 'working':
    case 'waiting':
    case 'partial':
      return false;
    default:
      return kind satisfies never;
  }
}

/** How an account stands, and below it why, where something is the matter. */
function linesOf({ account, connection, services }: AccountView, named: boolean, writeTime: (at: number) => string) {
  const say = (words: string) => (named ? `${account.email}: ${words}` : words);
  const { running, lastSuccessAt, trouble } = wholeSync(services);
  if (connection.kind !== 'connected' && connection.kind !== 'refreshing') {
    return [say(connectionTitles[connection.kind]), firstSentence(connection.sentence)];
  }
  if (trouble !== null) return [say('The last sync failed'), firstSentence(trouble.sentence)];
  const stopped = standingsOf(services).find(isStopped);
  if (stopped !== undefined) return [say(standingTitles[stopped.kind]), firstSentence(stopped.sentence)];
  if (running || connection.kind === 'refreshing') return [say('Syncing…')];
  if (isIdle(services)) return [say('Nothing is copied')];
  return [say(lastSuccessAt === null ? 'Not synced yet' : `Last synced ${writeTime(lastSuccessAt)}`)];
}

/** There is no room for more in a menu; the window shows all of it. */
const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
