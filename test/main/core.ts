import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import type { AppState } from '../../src/contract/state.ts';
import { openAccountFile } from '../../src/main/account-file.ts';
import { rememberProvider } from '../../src/main/auth/provider.ts';
import { openClientStore } from '../../src/main/client-store.ts';
import { openKeychain, type PasswordStore } from '../../src/main/keychain/keychain.ts';
import { type Mooring, type MooringDeps, startMooring } from '../../src/main/mooring.ts';
import { fetchPicture } from '../../src/main/picture.ts';
import { type GoogleDouble, startGoogle } from '../google/index.ts';
import { type Choice, type Visit, visit } from './browser.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

/** The app's core on the real keychain and against the double, with a person at the browser. */
export interface Core extends AsyncDisposable {
  readonly google: GoogleDouble;
  readonly clock: FakeClock;
  readonly home: string;
  /** The keychain service of this core alone. */
  readonly service: string;
  mooring: Mooring;
  /** The addresses the browser was sent to. */
  readonly opened: string[];
  /** What the person does when a page opens; without one, nothing. */
  person: Choice | null;
  /** What the browser ended on, one a page that was opened. */
  readonly visits: Promise<Visit>[];
  readonly states: AppState[];
  readonly logged: string[];
  /** Resolves with the first state, from now on, that satisfies the predicate. */
  until(predicate: (state: AppState) => boolean): Promise<AppState>;
  /** Signs in and waits for the end of it. */
  signIn(choice: Choice): Promise<AppState>;
  reconnect(choice: Choice): Promise<AppState>;
  /** Starts the core anew on the same folder and keychain, as after a restart. */
  restart(): Promise<void>;
}

export async function startCore(
  options: { passwords?: (real: PasswordStore) => PasswordStore; deps?: Partial<MooringDeps> } = {},
): Promise<Core> {
  const home = mkdtempSync(join(tmpdir(), 'mooring-core-'));
  const service = `Mooring test ${home}`;
  const clock = fakeClock();
  // One clock for both: proofs of possession are refused where the two differ (RFC 9449, section 11.1).
  const google = await startGoogle({ events: 10, now: clock.now });
  const listeners = new Set<(state: AppState) => void>();
  const keychain = openKeychain({
    load: async () => (options.passwords ? options.passwords(keytar) : keytar),
    service,
    clock,
  });

  const start = () =>
    startMooring({
      issuer: google.issuer,
      client: { id: google.clientId, secret: google.clientSecret },
      clientProblem: null,
      clock,
      keychain,
      accounts: openAccountFile(join(home, 'account.json')),
      clients: openClientStore(join(home, 'client.json'), keychain),
      provider: rememberProvider(google.issuer),
      fetchPicture,
      openUrl: async (url) => {
        core.opened.push(url);
        if (core.person !== null) core.visits.push(visit(url, core.person));
      },
      copyText: () => {},
      pickFile: async () => null,
      bringToFront: () => {},
      onState: (state) => {
        core.states.push(state);
        for (const listener of [...listeners]) listener(state);
      },
      log: (line) => core.logged.push(line),
      ...options.deps,
    });

  const until: Core['until'] = (predicate) =>
    new Promise((resolve) => {
      const listener = (state: AppState) => {
        if (!predicate(state)) return;
        listeners.delete(listener);
        resolve(state);
      };
      listeners.add(listener);
    });

  async function attempt(name: 'signIn' | 'reconnect', choice: Choice): Promise<AppState> {
    core.person = choice;
    const began = until((state) => state.signIn.kind !== 'idle');
    await core.mooring.requests[name](undefined);
    await began;
    const ended = await until((state) => state.signIn.kind === 'idle');
    await Promise.all(core.visits);
    return ended;
  }

  const core: Core = {
    google,
    clock,
    home,
    service,
    mooring: null as never,
    opened: [],
    person: null,
    visits: [],
    states: [],
    logged: [],
    until,
    signIn: (choice) => attempt('signIn', choice),
    reconnect: (choice) => attempt('reconnect', choice),
    async restart() {
      await core.mooring.quit();
      core.mooring = await start();
    },
    async [Symbol.asyncDispose]() {
      await core.mooring.quit();
      for (const { account } of await keytar.findCredentials(service)) await keytar.deletePassword(service, account);
      await google.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
  core.mooring = await start();
  return core;
}
