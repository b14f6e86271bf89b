import type { Connection } from './connection.ts';
import type { Standing } from './standing.ts';

/** The states of a connection by their names, as the window and the tray call them. */
export const connectionTitles = {
  connected: 'Connected',
  refreshing: 'Checking…',
  offline: 'Offline',
  'needs-reconnect': 'Reconnect needed',
  'blocked-by-admin': 'Blocked by your organisation',
  'app-misconfigured': 'App not set up right',
  'keychain-unavailable': 'Keychain unavailable',
} as const satisfies Readonly<Record<Connection['kind'], string>>;

/** The same of a service. */
export const standingTitles = {
  off: 'Off',
  working: 'Up to date',
  waiting: 'Waiting',
  'needs-permission': 'Permission needed',
  'blocked-by-admin': 'Blocked by your organisation',
  'api-disabled': 'Switched off at Google',
  partial: 'Partly up to date',
} as const satisfies Readonly<Record<Standing['kind'], string>>;
