import { randomUUID } from 'node:crypto';
import type { Clock } from '../../contract/clock.ts';
import { type Moment, thisMoment, timeSince } from '../../contract/moment.ts';
import { openJobQueue } from './job-queue.ts';
import { type KeychainProblem, readProblem } from './problem.ts';

export type KeychainRead = { kind: 'ok'; value: string } | { kind: 'absent' } | { kind: KeychainProblem };
export type KeychainWrite = { kind: 'ok' } | { kind: KeychainProblem };

/**
 * The operating system's keychain, one entry a name. The only place outside memory where a secret may be. Every call
 * answers within 3 s, the first also waits up to 10 s for what it is asked by, and none rejects.
 */
export interface Keychain {
  /** `absent` is said only of a keychain that has just shown itself to be open. */
  read(name: string): Promise<KeychainRead>;
  /** Writes, then reads back and compares: `ok` means that the entry is there and whole. Else it is as it was before. */
  write(name: string, value: string): Promise<KeychainWrite>;
  /** `ok` means that the entry is gone, also when it was not there. */
  remove(name: string): Promise<KeychainWrite>;
}

/** The functions of keytar that an entry needs. */
export interface PasswordStore {
  /** Null where there is no such entry, and an error where it may be locked away. */
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

type Step<T> = { kind: 'ok'; value: T } | { kind: KeychainProblem };

const limit = 3_000;
/** The start of a process on a busy computer is not a keychain that is locked. */
const loadLimit = 10_000;

/** CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows, the smallest of the three systems. */
const largest = 2_560;

/** How long a canary proves the keychain to be open. Short, because a person may lock it at any time. */
const proofHolds = 10_000;

/**
 * Opens the keychain. `load` brings its store in whenever that is needed, because the process it is in may have ended; it
 * rejects where the system's library is missing, and that is a state to report, not a crash.
 *
 * A call to keytar cannot be taken back, and on a locked keychain it ends only with the system's prompt. So there is
 * never more than one: while it lasts, everybody else is told `locked` and no second prompt can come up.
 */
export function openKeychain(options: { load: () => Promise<PasswordStore>; service: string; clock: Clock }): Keychain {
  const { load, service, clock } = options;
  const queue = openJobQueue(clock, limit);
  let loaded = false;
  let everLoaded = false;
  let proved: Moment | null = null;

  const late = () => ({ kind: loaded ? 'locked' : 'unavailable' }) as const;

  async function step<T>(call: (store: PasswordStore) => Promise<T>): Promise<Step<T>> {
    try {
      loaded = false;
      const store = await load();
      loaded = everLoaded = true;
      return { kind: 'ok', value: await call(store) };
    } catch (error) {
      return { kind: readProblem(error) };
    }
  }

  /** Waits for the store where it has never been there: nothing can be waiting behind a prompt yet. */
  async function firstLoad(): Promise<KeychainWrite> {
    const late = Promise.withResolvers<KeychainWrite>();
    const cancel = clock.after(loadLimit, () => late.resolve({ kind: 'unavailable' }));
    const answer = await Promise.race([step(async () => null), late.promise]);
    cancel();
    return answer;
  }

  async function run<T>(job: (givenUp: () => boolean) => Promise<T>): Promise<T | { kind: KeychainProblem }> {
    const loading: KeychainWrite = everLoaded ? { kind: 'ok' } : await firstLoad();
    return loading.kind === 'ok' ? queue.run<T | { kind: KeychainProblem }>(job, late) : loading;
  }

  const get = (name: string) => step((store) => store.getPassword(service, name));
  const put = (name: string, value: string) => step((store) => store.setPassword(service, name, value));
  const drop = (name: string) => step((store) => store.deletePassword(service, name));

  /** Shows with an entry of its own that the keychain takes, gives back, and forgets. */
  async function prove(): Promise<KeychainWrite> {
    // One name for all, so that a program that is killed here leaves one entry behind, and the next takes it away.
    const [name, value] = ['canary', randomUUID()];
    const written = await put(name, value);
    if (written.kind !== 'ok') return written;
    const back = await get(name);
    const dropped = await drop(name);
    if (back.kind !== 'ok') return back;
    if (back.value !== value) return { kind: 'corrupt' };
    // What took it and gave it back is open: what is locked is another that a start before has left a canary in.
    if (dropped.kind !== 'ok' && dropped.kind !== 'locked') return dropped;
    if (dropped.kind === 'ok' && !dropped.value) return { kind: 'corrupt' };
    proved = thisMoment(clock);
    return { kind: 'ok' };
  }

  /**
   * Asks, and believes `nothing` only right after a canary: of a locked keychain whose prompt was dismissed, libsecret
   * says "no such entry", not "locked". The canary goes first where the last is old, because a dismissed prompt fails
   * it, and the person is not asked twice.
   */
  async function ask<T>(call: () => Promise<Step<T>>, nothing: T, givenUp: () => boolean): Promise<Step<T>> {
    if (proved !== null && timeSince(proved, clock) < proofHolds) {
      const answer = await call();
      if (answer.kind !== 'ok' || answer.value !== nothing) return answer;
    }
    const proof = await prove();
    if (proof.kind !== 'ok') return proof;
    return givenUp() ? late() : call();
  }

  return {
    read: (name) =>
      run<KeychainRead>(async (givenUp) => {
        const found = await ask(() => get(name), null, givenUp);
        if (found.kind !== 'ok') return found;
        return found.value === null ? { kind: 'absent' } : { kind: 'ok', value: found.value };
      }),

    async write(name, value) {
      if (Buffer.byteLength(value) > largest) return { kind: 'too-large' };
      return run<KeychainWrite>(async (givenUp) => {
        const before = await ask(() => get(name), null, givenUp);
        if (before.kind !== 'ok') return before;
        if (givenUp()) return late();
        const written = await put(name, value);
        if (written.kind !== 'ok') return written;
        const back = await get(name);
        if (!givenUp() && back.kind === 'ok' && back.value === value) return { kind: 'ok' };
        // Not what was meant, or so late that the caller has been told it failed: no call ends half done.
        await (before.value === null ? drop(name) : put(name, before.value));
        return back.kind === 'ok' ? { kind: 'corrupt' } : back;
      });
    },

    remove: (name) =>
      run<KeychainWrite>(async (givenUp) => {
        const dropped = await ask(() => drop(name), false, givenUp);
        return dropped.kind === 'ok' ? { kind: 'ok' } : dropped;
      }),
  };
}
