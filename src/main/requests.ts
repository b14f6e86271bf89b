import type { RequestName } from '../contract/bridge.ts';
import type { Services } from '../contract/service.ts';
import { type Question, queryOf } from '../contract/services.ts';
import type { AppState } from '../contract/state.ts';
import type { WindowParams, WindowResult } from '../contract/window.ts';
import { redactedReport } from './accounts/credential-report.ts';
import type { Session } from './accounts/session.ts';
import type { SignInDesk } from './auth/sign-in-desk.ts';
import type { Preferences } from './background/preferences.ts';
import type { StartAtLogin } from './background/start-at-login.ts';
import type { DaemonLink } from './daemon-link.ts';
import type { Exports } from './exports.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { ClientHolder } from './setup/client-holder.ts';

/** One function for each request that the window, the tray or a menu may make. */
export type AppRequests = {
  readonly [N in RequestName]: (params: WindowParams<N>) => Promise<WindowResult<N>>;
};

/** What the requests need from the world. */
export interface RequestDeps {
  /** Every service there is. */
  readonly services: Services;
  readonly version: string;
  readonly copyText: (text: string) => Promise<void>;
  /** The system's file dialog; the path of the chosen file, or null. */
  readonly pickFile: () => Promise<string | null>;
  /** The system's folder dialog; the path of the chosen folder, or null. */
  readonly pickFolder: () => Promise<string | null>;
  /** Ends the app, installs the update that is ready, and starts it again. */
  readonly installUpdate: () => void;
  /** Brings failures about on purpose; null against anything but the double. */
  readonly rehearsal: Rehearsal | null;
}

/** What of the core the requests are made of. */
export interface RequestsOf {
  readonly deps: RequestDeps;
  readonly daemon: DaemonLink;
  readonly client: ClientHolder;
  readonly desk: SignInDesk;
  readonly preferences: Preferences;
  readonly startAtLogin: StartAtLogin;
  readonly exports: Exports;
  readonly state: () => AppState;
  readonly changed: () => void;
  /** Throws a sentence for an account that is not signed in. */
  readonly sessionOf: (accountId: string) => Session;
  readonly disconnect: (accountId: string, erase: boolean) => Promise<void>;
}

const noSuchService = 'Mooring knows no such service. Nothing was changed. Quit Mooring and open it again.';

/** Carries out what people ask for. A request rejects with a sentence for the person, and never throws. */
export function openRequests(core: RequestsOf): AppRequests {
  const { deps, daemon, client, desk, preferences, startAtLogin, exports, state, changed, sessionOf, disconnect } =
    core;

  const nothing = async (done: unknown) => {
    await done;
    return null;
  };

  /** The daemon is another program: what it answers is judged as what the window asks is. */
  async function askService(question: Question): Promise<unknown> {
    const query = queryOf(deps.services, question);
    const params = query?.params.safeParse(question.params);
    if (query === null || !params?.success) {
      throw new Error('That is nothing Mooring can be asked. Nothing was changed.');
    }
    const result = query.result.safeParse(await daemon.ask('ask', { ...question, params: params.data }));
    if (!result.success) {
      throw new Error(
        'The part of Mooring that syncs gave an answer that this one does not know. Your copy is untouched. Quit Mooring and open it again.',
      );
    }
    return result.data;
  }

  /** A window of another version may name what this one does not know. */
  function known(names: readonly string[]): string[] {
    if (names.some((name) => !Object.hasOwn(deps.services, name))) throw new Error(noSuchService);
    return [...names];
  }

  /** Copies a service from now on; where Google has not been allowed to give it, the person is asked in the browser. */
  function keepService(accountId: string, service: string): void {
    const session = sessionOf(accountId);
    known([service]);
    if (!session.needsConsent(service)) {
      session.keep(service, 'kept');
      return;
    }
    const wanted = [...new Set([...session.wanted(), service])];
    desk.begin({ purpose: 'permission', accountId, hint: null, wanted });
  }

  /** Copies a service no longer; with `erase`, what was copied of it goes. The permission at Google stays as it is. */
  async function dropService(accountId: string, service: string, erase: boolean): Promise<void> {
    const session = sessionOf(accountId);
    known([service]);
    session.keep(service, 'off');
    if (erase) await daemon.ask('erase', { accountId, service });
  }

  async function adoptClientFile(path: string): Promise<null> {
    const before = client.id();
    await client.adopt(path);
    // What is under way was begun by the former client, and would be kept as given to this one.
    if (client.id() !== before) desk.cancel();
    changed();
    return null;
  }

  /** One dialog at a time, however often it is asked for. */
  let picking: Promise<null> | null = null;
  async function pickClientFile(): Promise<null> {
    const path = await deps.pickFile();
    return path === null ? null : adoptClientFile(path);
  }

  return {
    getState: async () => state(),
    ask: askService,
    search: async (request) => daemon.ask('search', request),
    cancelSearch: async ({ id }) => daemon.ask('cancelSearch', { id }),
    signIn: async ({ hint, services }) =>
      nothing(desk.begin({ purpose: 'sign-in', accountId: null, hint, wanted: known(services) })),
    reconnect: async ({ accountId }) =>
      nothing(desk.begin({ purpose: 'reconnect', accountId, hint: null, wanted: sessionOf(accountId).wanted() })),
    keepService: async ({ accountId, service }) => nothing(keepService(accountId, service)),
    dropService: async ({ accountId, service, erase }) => nothing(dropService(accountId, service, erase)),
    cancelSignIn: async () => nothing(desk.cancel()),
    openSignInAgain: async () => nothing(desk.openAgain()),
    copySignInLink: async () => {
      const link = desk.newLink();
      if (link !== null) await deps.copyText(link);
      return null;
    },
    answerStranger: async ({ isMe }) => nothing(desk.answerStranger(isMe)),
    keepAdded: async () => nothing(desk.keepAdded()),
    syncNow: async ({ accountId }) => {
      sessionOf(accountId).tryAgain();
      daemon.tell('syncNow', { accountId });
      return null;
    },
    disconnect: async ({ accountId, erase }) => nothing(disconnect(accountId, erase)),
    pickClientFile: () => {
      picking ??= pickClientFile().finally(() => {
        picking = null;
      });
      return picking;
    },
    giveClientFile: async ({ path }) => adoptClientFile(path),
    getCredentials: async ({ accountId }) => sessionOf(accountId).report(),
    testCredentials: async ({ accountId }) => {
      const session = sessionOf(accountId);
      await session.audit('request');
      return session.report();
    },
    copyReport: async ({ accountId }) => {
      await deps.copyText(redactedReport(await sessionOf(accountId).report(), deps.version));
      return null;
    },
    copyAddress: async ({ address }) => {
      await deps.copyText(address);
      return null;
    },
    changeSettings: async (change) => nothing(preferences.change(change)),
    setLaunchAtLogin: async ({ on }) => {
      startAtLogin.choose(on);
      changed();
      return null;
    },
    pause: async ({ length }) => nothing(preferences.pause(length)),
    unpause: async () => nothing(preferences.unpause()),
    pickExportFolder: async () => nothing(exports.pickFolder()),
    changeExports: async (change) => nothing(exports.change(change)),
    exportNow: async () => nothing(exports.begin()),
    cancelExport: async () => nothing(exports.cancel()),
    installUpdate: async () => {
      if (state().update?.kind !== 'ready') throw new Error('There is no update to install. Nothing was changed.');
      deps.installUpdate();
      return null;
    },
    rebuildCopy: async () => daemon.ask('rebuild', null),
    rehearse: async ({ accountId, failure }) => {
      if (deps.rehearsal === null) throw new Error('Failures can be rehearsed against the double only.');
      await deps.rehearsal(sessionOf(accountId).id, failure);
      return null;
    },
  };
}
