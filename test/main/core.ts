import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import type { Account } from '../../src/contract/account.ts';
import type { Connection } from '../../src/contract/connection.ts';
import { RemoteError } from '../../src/contract/rpc.ts';
import { firstService, services } from '../../src/contract/services.ts';
import type { ServiceView } from '../../src/contract/standing.ts';
import type { AppState } from '../../src/contract/state.ts';
import type { Fetch } from '../../src/http/outgoing.ts';
import type { FindWays } from '../../src/http/way.ts';
import { fetchPicture } from '../../src/main/accounts/picture.ts';
import { rememberProvider } from '../../src/main/auth/provider.ts';
import type { Cause } from '../../src/main/background/attention.ts';
import type { TrayView } from '../../src/main/background/tray-view.ts';
import { openKeychain, type PasswordStore } from '../../src/main/keychain/keychain.ts';
import { type Mooring, type MooringDeps, startMooring } from '../../src/main/mooring.ts';
import { openClientHolder } from '../../src/main/setup/client-holder.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import type { Parts } from '../google/core/part.ts';
import { startDouble } from '../google/core/start.ts';
import { type GoogleDouble, startGoogle } from '../google/index.ts';
import { services as parts } from '../google/services.ts';
import { type Choice, CookieJar, type Visit, visit } from './browser.ts';

/** The state, with the first account's part of it at hand: most tests have one account only. */
export type OneState = AppState & {
  readonly account: Account | null;
  readonly connection: Connection | null;
  /** Of its first service. */
  readonly service: ServiceView | null;
};

export function one(state: AppState): OneState {
  const [first] = state.accounts;
  return {
    ...state,
    account: first?.account ?? null,
    connection: first?.connection ?? null,
    service: first?.services[firstService] ?? null,
  };
}

/** The app's core on the real keychain and against the double, with a person at the browser. */
export interface Core extends AsyncDisposable {
  readonly google: GoogleDouble;
  readonly clock: FakeClock;
  readonly home: string;
  /** The keychain service of this core alone. */
  readonly service: string;
  mooring: Mooring;
  /** The addresses the browser was sent to: each leads on to Google once. */
  readonly opened: string[];
  /** What Google is asked at the page that was opened as this one; goes there as a browser that stops at Google's door. */
  asked(index: number): Promise<URL>;
  /** The person's one browser. */
  readonly jar: CookieJar;
  /** What the person does when a page opens; without one, nothing. */
  person: Choice | null;
  /** What the browser ended on, one a page that was opened. */
  readonly visits: Promise<Visit>[];
  readonly states: AppState[];
  readonly logged: string[];
  /** What the system was asked to show outside the window. */
  readonly desktop: { readonly trays: TrayView[]; readonly notified: Cause[]; readonly withdrawn: string[] };
  /** The system's list of what starts at login. */
  readonly loginItem: { on: boolean };
  /** What the daemon was asked, and whether it answers: it is another process, and is not running here. */
  readonly daemon: { readonly asked: { name: string; params: unknown }[]; answers: boolean; answer: unknown };
  /** Resolves with the first state, from now on, that satisfies the predicate. */
  until(predicate: (state: OneState) => boolean): Promise<OneState>;
  state(): OneState;
  /** Signs in and waits for the end of it. */
  signIn(choice: Choice): Promise<OneState>;
  /** Reconnects the first account. */
  reconnect(choice: Choice): Promise<OneState>;
  /** Starts the core anew on the same folder and keychain, as after a restart; with other surroundings, if some are given. */
  restart(deps?: Partial<MooringDeps>): Promise<void>;
}

const size = { events: 10 };

export async function startCore(
  options: {
    passwords?: (real: PasswordStore) => PasswordStore;
    deps?: Partial<MooringDeps>;
    /** Services of the double beside its own. */
    parts?: Parts;
    /** The way to Google, and by which name it is known there. */
    network?: { origin: string; fetch: Fetch; ways: FindWays };
    /** How the person's browser reaches what it is sent to. */
    browser?: Fetch;
  } = {},
): Promise<Core> {
  const home = mkdtempSync(join(tmpdir(), 'mooring-core-'));
  const service = `Mooring test ${home}`;
  const clock = fakeClock();
  // One clock for both: proofs of possession are refused where the two differ (RFC 9449, section 11.1).
  const google = options.parts
    ? ((await startDouble({ ...parts, ...options.parts }, { ...size, now: clock.now })) as unknown as GoogleDouble)
    : await startGoogle({ ...size, now: clock.now, ...(options.network && { origin: options.network.origin }) });
  const network = options.network ?? { fetch, ways: async () => [] };
  const listeners = new Set<(state: AppState) => void>();
  const keychain = openKeychain({
    load: async () => (options.passwords ? options.passwords(keytar) : keytar),
    service,
    clock,
  });

  const pictures: Promise<string | null>[] = [];
  const start = (deps: Partial<MooringDeps> = {}) =>
    startMooring({
      issuer: google.issuer,
      refused: [],
      services,
      version: '0.0.0',
      clock,
      keychain,
      path: (name) => join(home, name),
      client: openClientHolder({
        fixed: { id: google.clientId, secret: google.clientSecret },
        fixedProblem: null,
        path: join(home, 'client.json'),
        keychain,
      }),
      rehearsal: null,
      fetch: network.fetch,
      ways: network.ways,
      provider: rememberProvider(network.fetch, google.issuer),
      fetchPicture: (url) => {
        const picture = fetchPicture(network.fetch, url, google.issuer);
        pictures.push(picture);
        return picture;
      },
      openUrl: async (url) => {
        core.opened.push(url);
        if (core.person !== null) core.visits.push(visit(url, core.person, core.jar, options.browser));
      },
      copyText: async () => {},
      pickFile: async () => null,
      pickFolder: async () => null,
      bringToFront: () => {},
      desktop: {
        writeTime: (instant) => new Date(instant).toISOString().slice(11, 16),
        showTray: (view) => core.desktop.trays.push(view),
        notify: (cause) => core.desktop.notified.push(cause),
        withdraw: (key) => core.desktop.withdrawn.push(key),
      },
      loginItem: {
        isOn: () => core.loginItem.on,
        set: (on) => {
          core.loginItem.on = on;
        },
      },
      startsAtLogin: false,
      installUpdate: () => {},
      onState: (state) => {
        core.states.push(state);
        for (const listener of [...listeners]) listener(state);
      },
      log: (line) => core.logged.push(line),
      ...options.deps,
      ...deps,
    });

  const request = async (name: string, params: unknown) => {
    core.daemon.asked.push({ name, params });
    if (!core.daemon.answers) throw new RemoteError('The daemon does not answer.');
    return core.daemon.answer as never;
  };

  const until: Core['until'] = (predicate) =>
    new Promise((resolve) => {
      const listener = (state: AppState) => {
        if (!predicate(one(state))) return;
        listeners.delete(listener);
        resolve(one(state));
      };
      listeners.add(listener);
    });

  async function attempt(choice: Choice, begin: () => Promise<unknown>): Promise<OneState> {
    core.person = choice;
    const began = until((state) => state.signIn.kind !== 'idle');
    await begin();
    await began;
    await until((state) => state.signIn.kind === 'idle');
    await Promise.all([...core.visits, ...pictures]);
    return core.state();
  }

  const core: Core = {
    google,
    clock,
    home,
    service,
    mooring: null as never,
    opened: [],
    jar: new CookieJar(),
    async asked(index) {
      const visited = await core.visits[index];
      if (visited) return new URL(visited.addresses[1]!);
      const start = core.opened[index]!;
      const answer = await fetch(start, { redirect: 'manual', headers: { cookie: core.jar.header(start) } });
      core.jar.take(start, answer.headers);
      return new URL(answer.headers.get('location')!);
    },
    person: null,
    visits: [],
    states: [],
    logged: [],
    desktop: { trays: [], notified: [], withdrawn: [] },
    loginItem: { on: false },
    daemon: { asked: [], answers: true, answer: null },
    until,
    state: () => one(core.mooring.state()),
    signIn: (choice) => attempt(choice, () => core.mooring.requests.signIn({ hint: null, services: [firstService] })),
    reconnect: (choice) =>
      attempt(choice, () => core.mooring.requests.reconnect({ accountId: core.state().account?.id ?? '' })),
    async restart(deps) {
      await core.mooring.quit();
      core.mooring = start(deps);
      core.mooring.daemonStarted(request);
    },
    async [Symbol.asyncDispose]() {
      await core.mooring.quit();
      for (const { account } of await keytar.findCredentials(service)) await keytar.deletePassword(service, account);
      await google.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
  core.mooring = start();
  core.mooring.daemonStarted(request);
  return core;
}
