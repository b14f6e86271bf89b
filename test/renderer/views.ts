import type { Connection } from '../../src/contract/connection.ts';
import type { Standing } from '../../src/contract/standing.ts';
import type { AccountView } from '../../src/contract/state.ts';
import { idleSync, type SyncFailure } from '../../src/contract/sync.ts';

export const connected: Connection = { kind: 'connected', reason: 'working', sentence: 'Fine.', action: 'none' };
export const offline: Connection = {
  kind: 'offline',
  reason: 'no-network',
  sentence: 'No network.',
  action: 'retry',
  retryAt: null,
};

export const working: Standing = { kind: 'working', reason: 'working', sentence: 'Fine.', action: 'none' };

/** An account as the window hears of it; its address is `<id>@example.com`. */
export const view = (
  id: string,
  connection: Connection = connected,
  failure: SyncFailure | null = null,
): AccountView => ({
  account: {
    id,
    email: `${id}@example.com`,
    name: '',
    picture: null,
    grantedScopes: [],
    consentedAt: 0,
    grantExpiresAt: null,
  },
  connection,
  services: { calendar: { standing: working, sync: { ...idleSync, failure } } },
  warning: null,
});
