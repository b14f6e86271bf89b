import type { Connection } from '../../src/contract/connection.ts';
import type { Problem } from '../../src/contract/problem.ts';
import type { Standing } from '../../src/contract/standing.ts';
import { type AccountView, type AppState, defaultSettings, idleSignIn } from '../../src/contract/state.ts';
import { idleSync, type SyncStatus } from '../../src/contract/sync.ts';

/** Ten o'clock of a day without a change of time, in epoch milliseconds. */
export const now = Date.UTC(2026, 10, 18, 10);

const base = { sentence: 'The first sentence. The second.' } as const;

export const connections: { readonly [K in Connection['kind']]: Extract<Connection, { kind: K }> } = {
  connected: { kind: 'connected', reason: 'working', action: 'none', ...base },
  refreshing: { kind: 'refreshing', reason: 'refreshing', action: 'none', ...base },
  offline: { kind: 'offline', reason: 'no-network', action: 'retry', retryAt: null, ...base },
  'needs-reconnect': { kind: 'needs-reconnect', reason: 'grant-revoked', action: 'reconnect', likely: [], ...base },
  'blocked-by-admin': { kind: 'blocked-by-admin', reason: 'blocked-by-admin', action: 'ask-admin', ...base },
  'app-misconfigured': { kind: 'app-misconfigured', reason: 'client-invalid', action: 'fix-client', ...base },
  'keychain-unavailable': {
    kind: 'keychain-unavailable',
    reason: 'keychain-locked',
    action: 'fix-keychain',
    ...base,
  },
};

const standings: { readonly [K in Standing['kind']]: Extract<Standing, { kind: K }> } = {
  off: { kind: 'off', reason: 'not-chosen', action: 'keep', ...base },
  working: { kind: 'working', reason: 'working', action: 'none', ...base },
  waiting: { kind: 'waiting', reason: 'connection', action: 'none', retryAt: null, ...base },
  'needs-permission': { kind: 'needs-permission', reason: 'scope-missing', action: 'keep', ...base },
  'blocked-by-admin': { kind: 'blocked-by-admin', reason: 'blocked-by-admin', action: 'ask-admin', ...base },
  'api-disabled': { kind: 'api-disabled', reason: 'api-disabled', action: 'fix-client', ...base },
  partial: { kind: 'partial', reason: 'lists-refused', action: 'retry', ...base },
};

/** An account that is connected and synced a minute ago, unless it is said otherwise. */
export function account(
  id: string,
  {
    connection = 'connected',
    sync = {},
    warning = null,
    standing = connection === 'connected' ? 'working' : 'waiting',
  }: {
    connection?: Connection['kind'];
    sync?: Partial<SyncStatus>;
    warning?: Problem | null;
    standing?: Standing['kind'];
  } = {},
): AccountView {
  return {
    account: {
      id,
      email: `${id}@example.org`,
      name: id,
      picture: null,
      grantedScopes: [],
      consentedAt: now - 86_400_000,
      grantExpiresAt: null,
    },
    connection: connections[connection],
    services: {
      calendar: {
        standing: standings[standing],
        sync: { ...idleSync, lastSuccessAt: now - 60_000, ...sync },
      },
    },
    warning,
  };
}

export const stateOf = (accounts: AccountView[], changed: Partial<AppState> = {}): AppState => ({
  setup: { kind: 'ready', googleHost: 'accounts.google.com', real: true, rehearsal: false },
  accounts,
  signIn: idleSignIn,
  addedId: null,
  daemon: 'running',
  settings: defaultSettings,
  exports: { folder: null, every: 'never', accountId: null, leftOut: [], last: null, running: null, nextAt: null },
  launchAtLogin: false,
  onBattery: false,
  update: null,
  notices: [],
  ...changed,
});

export const diskFull: SyncStatus['failure'] = {
  kind: 'storage',
  code: 'disk-full',
  sentence: 'The disk is full. Free some space.',
  rebuild: false,
};
