import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../contract/clock.ts';
import type { Conditions, mainRequests, ServiceStatus } from '../contract/daemon.ts';
import type { ExportProgress } from '../contract/export.ts';
import type { Problem } from '../contract/problem.ts';
import type { Handlers } from '../contract/rpc.ts';
import { type AppState, type DaemonHealth, defaultSettings, type Update } from '../contract/state.ts';
import type { Fetch } from '../http/outgoing.ts';
import type { FindWays } from '../http/way.ts';
import { startMaintenance } from './accounts/maintenance.ts';
import { openRecords } from './accounts/records.ts';
import { openRevocations } from './accounts/revocations.ts';
import type { Session } from './accounts/session.ts';
import { openSessions } from './accounts/sessions.ts';
import { assembleState } from './app-state.ts';
import { rememberNonces } from './auth/dpop.ts';
import { openGrants } from './auth/grants.ts';
import type { Provider } from './auth/provider.ts';
import { revokeGrant } from './auth/revocation-endpoint.ts';
import { openSignInDesk } from './auth/sign-in-desk.ts';
import { openTokenEndpoint, type TokenEndpoint } from './auth/token-endpoint.ts';
import { type DesktopPorts, openDesktop } from './background/desktop.ts';
import { openPreferences } from './background/preferences.ts';
import { type LoginItem, openStartAtLogin } from './background/start-at-login.ts';
import { applyHappening, conditionsIn, firstSurroundings, type Happening } from './background/surroundings.ts';
import { openDaemonLink } from './daemon-link.ts';
import { openExports } from './exports.ts';
import type { Keychain } from './keychain/keychain.ts';
import type { Log } from './log.ts';
import { type AppRequests, openRequests, type RequestDeps } from './requests.ts';
import { saveAgain } from './save-again.ts';
import type { ClientHolder } from './setup/client-holder.ts';
import type { Supervisor } from './supervisor.ts';

/** What the app needs from the world; the shell passes in Electron's, a test its own. */
export interface MooringDeps extends RequestDeps {
  readonly issuer: string;
  /** What was asked of this start and is not done, to be said. */
  readonly refused: readonly Problem[];
  readonly clock: Clock;
  readonly keychain: Keychain;
  /** The path of a file in the data folder. */
  readonly path: (name: string) => string;
  readonly client: ClientHolder;
  /** All that main itself asks of the network goes through it. */
  readonly fetch: Fetch;
  /** By which ways the daemon may leave; it has no settings of its own. */
  readonly ways: FindWays;
  readonly provider: () => Promise<Provider>;
  readonly fetchPicture: (url: string | null) => Promise<string | null>;
  readonly openUrl: (url: string) => Promise<void>;
  readonly bringToFront: () => void;
  readonly loginItem: LoginItem;
  /** Whether to set the login item by itself at the very first sign-in, as an installed app does. */
  readonly startsAtLogin: boolean;
  readonly onState: (state: AppState) => void;
  /** What the system shows of the app outside its window. */
  readonly desktop: DesktopPorts;
  readonly log: Log;
}

/** The app without its windows: the accounts, their credentials, and what the daemon says. */
export interface Mooring {
  state(): AppState;
  readonly requests: AppRequests;
  /** What the daemon may ask. */
  readonly daemonHandlers: Handlers<typeof mainRequests>;
  daemonStarted(request: Supervisor['request']): void;
  daemonHealth(health: DaemonHealth): void;
  syncStatus(event: ServiceStatus): void;
  /** How far an export has come. */
  exporting(progress: ExportProgress): void;
  /** The system, or the window, says that something has changed around the app. */
  happened(happening: Happening): void;
  updateFound(update: Update): void;
  /** Ends a sign-in that is under way, and waits for what a disconnect still has to do here. The daemon is needed. */
  quit(): Promise<void>;
}

/** Starts the app's core from what its files remember. The keychain is asked when something is needed of it. */
export function startMooring(deps: MooringDeps): Mooring {
  const { clock, keychain, client, log } = deps;
  /** Before there is a daemon, no disconnect can be seen through. */
  let hasDaemon = false;
  let health: DaemonHealth = 'starting';
  let surroundings = firstSurroundings;
  let update: Update | null = null;

  const daemon = openDaemonLink(log);
  const records = openRecords(deps.path, defaultSettings);
  const registration = () => ({ issuer: deps.issuer, clientId: client.id() });
  const grants = openGrants(keychain, registration);
  const nonces = rememberNonces();
  const preferences = openPreferences({ file: records.settings, clock, onChange: preferencesChanged });
  const showOnDesktop = openDesktop({ ...deps.desktop, clock, once: records.once });
  const startAtLogin = openStartAtLogin(deps.loginItem, records.once, log);

  const exports = openExports({
    file: records.exports,
    clock,
    daemon,
    held: () => sessions.held(),
    pickFolder: deps.pickFolder,
    onChange: changed,
    log,
  });

  const revocations = openRevocations({
    keychain,
    records,
    issuer: deps.issuer,
    now: clock.now,
    end: async (refreshToken) => revokeGrant(deps.fetch, await deps.provider(), refreshToken),
    onChange: changed,
  });

  const sessions = openSessions({
    records,
    grants,
    revocations,
    registration,
    endpoint: tokenEndpoint,
    clock,
    retentionDays,
    services: deps.services,
    onMirrored: attach,
    detach: (accountId, erase) => daemon.ask('detach', { accountId, erase }),
    onChange: changed,
  });

  const desk = openSignInDesk({
    ...deps,
    grants,
    tokenEndpoint,
    account: (id) => sessions.find(id)?.record().account ?? null,
    giveBack: async (refreshToken) =>
      deps
        .provider()
        .then((provider) => revokeGrant(deps.fetch, provider, refreshToken))
        .catch(() => log('sign-in: a grant could not be given back')),
    onChange: changed,
    bookFor: (asked) => ({
      expect: (account, access) => sessions.expect(account, access, asked),
      giveUp: sessions.giveUp,
      async adopt(account, access, pictureUrl) {
        await revocations.forget(account.id);
        sessions.adopt(account, access, asked);
        if (deps.startsAtLogin) startAtLogin.byDefault();
        mirrorNow(account.id).catch((error: unknown) => log(`daemon: ${String(error)}`));
        void showPicture(account.id, pictureUrl);
      },
    }),
  });

  const maintenance = startMaintenance({
    clock,
    sessions: sessions.staying,
    async takeUp() {
      await sessions.takeUp();
      if (hasDaemon) leaveAgain();
    },
    retentionDays,
    revocations,
    erase: (accountId) => daemon.ask('detach', { accountId, erase: true }),
    onChange: changed,
    log,
  });

  const saving = saveAgain({
    clock,
    waits: () => records.trouble() !== null || sessions.waits(),
    save() {
      records.save();
      sessions.leaveAgain();
      changed();
    },
  });

  function state(): AppState {
    const parts = { ...deps, records, sessions, revocations, desk, preferences, startAtLogin, exports };
    return assembleState(parts, { daemon: health, onBattery: surroundings.onBattery, update });
  }

  function changed(): void {
    const now = state();
    deps.onState(now);
    showOnDesktop(now, conditions().watched);
    saving.look();
  }

  function retentionDays(): number | null {
    return preferences.settings().retentionDays;
  }

  function conditions(): Conditions {
    return conditionsIn(surroundings, preferences.settings().pausedUntil);
  }

  function preferencesChanged(): void {
    daemon.tell('setConditions', conditions());
    changed();
  }

  async function tokenEndpoint(): Promise<TokenEndpoint> {
    const provider = await deps.provider();
    return openTokenEndpoint(deps.fetch, provider, await client.get(), clock.now, nonces);
  }

  async function mirrorNow(accountId: string): Promise<void> {
    await daemon.ask('attach', { accountId, services: sessions.of(accountId).mirrored() });
    // A person who signs in wants to see the account, paused or not; and one that came back was attached before.
    await daemon.ask('syncNow', { accountId });
  }

  /** Fetched at leisure: until then, and where it cannot be had, the one before is shown. */
  async function showPicture(accountId: string, url: string | null): Promise<void> {
    const picture = await deps.fetchPicture(url);
    const session = sessions.find(accountId);
    if (picture !== null) session?.remember({ account: { ...session.record().account, picture } });
  }

  function attach(session: Session): void {
    daemon.tell('attach', { accountId: session.id, services: session.mirrored() });
  }

  /** Goes on with disconnects that were cut off, or whose key was locked away. */
  function leaveAgain(): void {
    for (const { id, record } of sessions.all()) {
      const { leaving } = record();
      if (leaving !== null)
        disconnect(id, leaving.erase).catch((error: unknown) => log(`disconnect: ${String(error)}`));
    }
  }

  async function disconnect(accountId: string, erase: boolean): Promise<void> {
    desk.cancelFor(accountId);
    await sessions.disconnect(accountId, erase);
  }

  const requests = openRequests({
    deps,
    daemon,
    client,
    desk,
    preferences,
    startAtLogin,
    exports,
    state,
    changed,
    sessionOf: sessions.of,
    disconnect,
  });

  changed();
  return {
    state,
    requests,
    daemonHandlers: {
      accessToken: ({ accountId, rejected }) => sessions.accessToken(accountId, rejected),
      waysOut: async ({ origin }) => [...(await deps.ways(origin))],
    },
    daemonStarted(request) {
      daemon.connect(request);
      hasDaemon = true;
      daemon.tell('setConditions', conditions());
      for (const session of sessions.staying()) if (session.record().erasedAt === null) attach(session);
      leaveAgain();
      exports.daemonStarted();
    },
    daemonHealth(now) {
      health = now;
      changed();
    },
    exporting: exports.progress,
    syncStatus: ({ accountId, service, status }) => sessions.find(accountId)?.syncStatus(service, status),
    happened(happening) {
      const before = conditions();
      surroundings = applyHappening(surroundings, happening);
      if (!isDeepStrictEqual(conditions(), before)) daemon.tell('setConditions', conditions());
      if (happening === 'window-shown') startAtLogin.look();
      if (happening === 'resumed') {
        for (const session of sessions.all()) session.tryAgain();
        daemon.tell('resumed', null);
        preferences.resumed();
        maintenance.resumed();
        exports.resumed();
      }
      changed();
    },
    updateFound(found) {
      update = found;
      changed();
    },
    async quit() {
      maintenance.stop();
      preferences.stop();
      exports.stop();
      saving.stop();
      await Promise.all([desk.quit(), sessions.settled()]);
      records.save();
    },
  };
}
