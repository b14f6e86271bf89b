import type { Account } from '../contract/account.ts';
import type { Connection } from '../contract/connection.ts';
import type { Problem } from '../contract/problem.ts';
import type { AppState, DaemonHealth, SignIn } from '../contract/state.ts';
import type { SyncStatus } from '../contract/sync.ts';
import { diagnose, signedOut } from './auth/diagnosis.ts';
import { realIssuer } from './auth/provider.ts';

/** What main knows; everything shown is derived from it. */
export interface Model {
  readonly issuer: string;
  readonly hasClient: boolean;
  readonly clientProblem: Problem | null;
  readonly account: Account | null;
  /** What the credentials came to when they were last used. */
  readonly credentials: Connection;
  readonly signIn: SignIn;
  readonly daemon: DaemonHealth;
  readonly sync: SyncStatus;
}

/** The state that the window shows. Pure; `now` in epoch milliseconds. */
export function appState(model: Model, now: number): AppState {
  const { issuer, hasClient, clientProblem, account, signIn, daemon, sync } = model;
  return {
    setup: hasClient
      ? { kind: 'ready', googleHost: new URL(issuer).host, real: issuer === realIssuer }
      : { kind: 'client-missing', problem: clientProblem },
    account,
    connection: connectionOf(model, now),
    signIn,
    daemon,
    sync,
  };
}

/** Credentials that do not work explain everything else; with good ones, the last sync has the word. */
function connectionOf({ account, credentials, sync }: Model, now: number): Connection {
  if (account === null) return signedOut;
  if (credentials.kind !== 'connected' || sync.failure === null) return credentials;
  switch (sync.failure.kind) {
    case 'observed':
      return diagnose(sync.failure.observation, now);
    case 'no-access-token':
    case 'storage':
      return credentials;
    default:
      return sync.failure satisfies never;
  }
}
