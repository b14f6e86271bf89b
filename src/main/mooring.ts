import type { Account } from '../contract/account.ts';
import type { RequestName } from '../contract/bridge.ts';
import type { Clock } from '../contract/clock.ts';
import type { mainRequests } from '../contract/daemon.ts';
import type { Problem } from '../contract/problem.ts';
import type { Handlers } from '../contract/rpc.ts';
import type { AppState, DaemonHealth, SignInPurpose } from '../contract/state.ts';
import { idleSync, type SyncStatus } from '../contract/sync.ts';
import type { WindowParams, WindowResult } from '../contract/window.ts';
import type { AccountStore } from './account-file.ts';
import { appState, type Model } from './app-state.ts';
import { type AccessTokens, openAccessTokens } from './auth/access-tokens.ts';
import { type OAuthClient, readClientFile } from './auth/client.ts';
import { refreshing, signedOut } from './auth/diagnosis.ts';
import { rememberNonces } from './auth/dpop.ts';
import { openGrants } from './auth/grants.ts';
import { idTokenVerifier } from './auth/id-token.ts';
import type { Provider } from './auth/provider.ts';
import { type RunningSignIn, startSignIn } from './auth/sign-in.ts';
import { problems } from './auth/sign-in-problems.ts';
import { openTokenEndpoint, type TokenEndpoint } from './auth/token-endpoint.ts';
import type { ClientStore } from './client-store.ts';
import type { Keychain } from './keychain/keychain.ts';
import { keychainState } from './keychain/keychain-state.ts';
import type { Log } from './log.ts';
import type { Supervisor } from './supervisor.ts';

/** What the app needs from the world; the shell passes in Electron's, a test its own. */
export interface MooringDeps {
  readonly issuer: string;
  /** A client from the environment, which goes before the stored one. */
  readonly client: OAuthClient | null;
  readonly clientProblem: Problem | null;
  readonly clock: Clock;
  readonly keychain: Keychain;
  readonly accounts: AccountStore;
  readonly clients: ClientStore;
  readonly provider: () => Promise<Provider>;
  readonly fetchPicture: (url: string | null) => Promise<string | null>;
  readonly openUrl: (url: string) => Promise<void>;
  readonly copyText: (text: string) => void;
  /** The system's file dialog; the text of the chosen file, or null. */
  readonly pickFile: () => Promise<string | null>;
  readonly bringToFront: () => void;
  readonly onState: (state: AppState) => void;
  readonly log: Log;
}

/** The app without its windows: one account, its credentials, and what the daemon says. */
export interface Mooring {
  state(): AppState;
  readonly requests: {
    readonly [N in RequestName]: (params: WindowParams<N>) => Promise<WindowResult<N>>;
  };
  /** What the daemon may ask. */
  readonly daemonHandlers: Handlers<typeof mainRequests>;
  daemonStarted(request: Supervisor['request']): void;
  daemonHealth(health: DaemonHealth): void;
  syncStatus(status: SyncStatus): void;
  visibilityChanged(visible: boolean): void;
  resumed(): void;
  /** Ends a sign-in that is under way. */
  quit(): Promise<void>;
}

/** Starts the app's core: reads who is signed in and which client it is. */
export async function startMooring(deps: MooringDeps): Promise<Mooring> {
  const { clock, keychain, accounts, clients, log } = deps;
  const storedClient = deps.client === null ? await clients.read() : null;
  let client = deps.client ?? (storedClient?.kind === 'ok' ? storedClient.client : null);
  const grants = openGrants(keychain, () => client?.id ?? '');
  const nonces = rememberNonces();
  const account = accounts.read();
  let model: Model = {
    issuer: deps.issuer,
    hasClient: client !== null,
    clientProblem: deps.clientProblem ?? (storedClient?.kind === 'problem' ? storedClient.problem : null),
    account,
    credentials: account === null ? signedOut : refreshing,
    signIn: { kind: 'idle', outcome: null },
    daemon: 'starting',
    sync: idleSync,
  };
  let tokens: AccessTokens | null = account === null ? null : tokensOf(account.id);
  let daemon: Supervisor['request'] | null = null;
  let visible = true;
  let signIn: RunningSignIn | null = null;
  /** Names the newest attempt: what an older one still has to say is not shown. */
  let attempt = 0;

  const state = () => appState(model, clock.now());

  function update(change: Partial<Model>): void {
    model = { ...model, ...change };
    deps.onState(state());
  }

  async function tokenEndpoint(): Promise<TokenEndpoint> {
    const provider = await deps.provider();
    if (client === null) throw new Error('There is no OAuth client.');
    return openTokenEndpoint(provider, client, clock.now, nonces);
  }

  function tokensOf(accountId: string): AccessTokens {
    return openAccessTokens({
      accountId,
      grants,
      endpoint: tokenEndpoint,
      clock,
      onConnection: (credentials) => {
        if (model.account?.id === accountId) update({ credentials });
      },
    });
  }

  /** Tells the daemon; one that is just restarting is told anew when it is back. */
  function tell(what: (request: Supervisor['request']) => Promise<unknown>): void {
    if (daemon !== null) what(daemon).catch((error: unknown) => log(`daemon: ${String(error)}`));
  }

  async function runSignIn(purpose: SignInPurpose): Promise<void> {
    if (client === null) throw new Error('There is no OAuth client.');
    const expected = purpose === 'reconnect' ? model.account : null;
    signIn?.cancel(problems.replaced);
    attempt += 1;
    const number = attempt;
    const mine = startSignIn(
      {
        clock,
        clientId: client.id,
        provider: deps.provider,
        tokenEndpoint,
        verifyIdToken: async () => idTokenVerifier(await deps.provider(), client?.id ?? '', clock.now),
        grants,
        openUrl: deps.openUrl,
        fetchPicture: deps.fetchPicture,
        onProgress: (progress) => {
          if (number === attempt) update({ signIn: progress });
        },
      },
      { purpose, expected },
    );
    signIn = mine;
    const result = await mine.result;
    log(`sign-in: ${purpose} ended: ${result.kind === 'failed' ? result.problem.code : result.kind}`);
    if (result.kind === 'connected') become(result.account, result.tokens);
    if (number !== attempt) return;
    signIn = null;
    update({ signIn: { kind: 'idle', outcome: result.kind === 'failed' ? result.problem : null } });
    deps.bringToFront();
  }

  function become(next: Account, fresh: Parameters<AccessTokens['adopt']>[0]): void {
    const same = model.account?.id === next.id;
    accounts.write(next);
    tokens = same && tokens !== null ? tokens : tokensOf(next.id);
    update({ account: next, sync: same ? model.sync : { ...idleSync, revision: model.sync.revision } });
    tokens.adopt(fresh);
    tell((request) => (same ? request('syncNow', null) : request('attach', { accountId: next.id })));
  }

  async function disconnect(erase: boolean): Promise<void> {
    const leaving = model.account;
    if (leaving === null) return;
    signIn?.cancel(problems.cancelled);
    const grant = await grants.read(leaving.id);
    let outcome: Problem | null = null;
    // Google revokes by the token alone, so a lost key does not keep the access alive there.
    if (grant.kind === 'ok' || grant.kind === 'key-lost') {
      try {
        await (await tokenEndpoint()).revoke(grant.refreshToken);
      } catch {
        outcome = notRevoked;
      }
    }
    const removed = await grants.remove(leaving.id);
    if (removed.kind !== 'ok') {
      outcome = { code: 'keychain', sentence: `The key could not be removed. ${keychainState(removed.kind).sentence}` };
    }
    accounts.remove();
    tokens = null;
    const erased = await daemon?.('detach', { accountId: leaving.id, erase }).catch(() => 'failed' as const);
    if (erase && erased === 'failed') outcome = notErased;
    update({
      account: null,
      credentials: signedOut,
      sync: { ...idleSync, revision: model.sync.revision + 1 },
      signIn: { kind: 'idle', outcome },
    });
  }

  async function adoptClientFile(text: string): Promise<null> {
    const read = readClientFile(text);
    const problem = read.ok ? await clients.write(read.client) : read.problem;
    if (problem === null && read.ok) client = read.client;
    update({ hasClient: client !== null, clientProblem: problem });
    return null;
  }

  const nothing = async (done: unknown) => {
    await done;
    return null;
  };

  return {
    state,
    requests: {
      getState: async () => state(),
      getAgenda: async (params) => {
        if (daemon === null) throw new Error('The part of Mooring that syncs is not running yet.');
        return daemon('agenda', params);
      },
      // The window watches the attempt in the state; the call itself answers at once.
      signIn: async () => {
        void runSignIn('sign-in').catch((error: unknown) => log(`sign-in: ${String(error)}`));
        return null;
      },
      reconnect: async () => {
        void runSignIn('reconnect').catch((error: unknown) => log(`sign-in: ${String(error)}`));
        return null;
      },
      cancelSignIn: () => nothing(signIn?.cancel(problems.cancelled)),
      openSignInAgain: () => nothing(signIn?.openAgain()),
      copySignInLink: async () => {
        const link = signIn?.link() ?? null;
        if (link !== null) deps.copyText(link);
        return null;
      },
      syncNow: async () => {
        tell((request) => request('syncNow', null));
        return null;
      },
      disconnect: ({ erase }) => nothing(disconnect(erase)),
      pickClientFile: async () => {
        const text = await deps.pickFile();
        return text === null ? null : adoptClientFile(text);
      },
      giveClientFile: ({ text }) => adoptClientFile(text),
    },
    daemonHandlers: {
      accessToken: async ({ accountId, rejected }) => {
        if (model.account?.id !== accountId || tokens === null) return null;
        const token = await tokens.get(rejected);
        return token && { token: token.token, serial: token.serial, grantedScopes: model.account.grantedScopes };
      },
    },
    daemonStarted(request) {
      daemon = request;
      const { account } = model;
      tell(() => request('setVisible', { visible }));
      if (account !== null) tell(() => request('attach', { accountId: account.id }));
    },
    daemonHealth: (health) => update({ daemon: health }),
    syncStatus: (sync) => update({ sync }),
    visibilityChanged(now) {
      visible = now;
      tell((request) => request('setVisible', { visible }));
    },
    resumed: () => tell((request) => request('resumed', null)),
    async quit() {
      signIn?.cancel(problems.quitting);
      await signIn?.result;
    },
  };
}

const notRevoked: Problem = {
  code: 'not-revoked',
  sentence:
    'Mooring is signed out on this computer, but Google could not be told. To end its access there as well, remove Mooring at myaccount.google.com/connections.',
};

const notErased: Problem = {
  code: 'not-erased',
  sentence:
    'Mooring is signed out, but the copy on this computer could not be erased just now. Sign in and disconnect again to erase it.',
};
