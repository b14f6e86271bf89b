import type { Clock } from '../../contract/clock.ts';

/** What the operating system's keychain answered. Trouble with the keychain is never read as "signed out". */
export type KeychainProblem =
  /** There, but closed until the person opens it. */
  | 'locked'
  /** The person, or the system, said no. */
  | 'denied'
  /** No keychain service is running or installed. */
  | 'unavailable'
  /** What came back is not what was put in. */
  | 'corrupt'
  /** More than the system takes: 2,560 bytes on Windows. */
  | 'too-large';

export type KeychainRead = { kind: 'ok'; value: string } | { kind: 'absent' } | { kind: KeychainProblem };
export type KeychainWrite = { kind: 'ok' } | { kind: KeychainProblem };

/** The operating system's keychain, one entry a name. The only place outside memory where a secret may be. */
export interface Keychain {
  read(name: string): Promise<KeychainRead>;
  /** Writes, then reads back and compares: `ok` means that the entry is there and whole. */
  write(name: string, value: string): Promise<KeychainWrite>;
  remove(name: string): Promise<KeychainWrite>;
}

/** The three functions of keytar that are used. */
export interface PasswordStore {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const limit = 3_000;

/** CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows, the smallest of the three systems. */
const largest = 2_560;

/**
 * Opens the keychain. `load` brings keytar in when it is first needed: loading it throws where its library is missing,
 * and that is a state to report, not a crash. Each call answers within 3 s, because a locked keyring on Linux waits for
 * a prompt that may never be seen.
 */
export function openKeychain(options: { load: () => Promise<PasswordStore>; service: string; clock: Clock }): Keychain {
  const { load, service, clock } = options;
  let store: Promise<PasswordStore> | null = null;

  async function attempt<T>(
    call: (store: PasswordStore) => Promise<T>,
  ): Promise<{ kind: 'ok'; value: T } | { kind: KeychainProblem }> {
    let cancel = () => {};
    const late = new Promise<{ kind: 'locked' }>((resolve) => {
      cancel = clock.after(limit, () => resolve({ kind: 'locked' }));
    });
    store ??= load();
    try {
      return await Promise.race([store.then(call).then((value) => ({ kind: 'ok', value }) as const), late]);
    } catch (error) {
      return { kind: problemOf(error) };
    } finally {
      cancel();
    }
  }

  async function read(name: string): Promise<KeychainRead> {
    const result = await attempt((store) => store.getPassword(service, name));
    if (result.kind !== 'ok') return result;
    return result.value === null ? { kind: 'absent' } : { kind: 'ok', value: result.value };
  }

  return {
    read,
    async write(name, value) {
      if (Buffer.byteLength(value) > largest) return { kind: 'too-large' };
      const written = await attempt((store) => store.setPassword(service, name, value));
      if (written.kind !== 'ok') return written;
      const back = await read(name);
      if (back.kind === 'absent') return { kind: 'corrupt' };
      if (back.kind !== 'ok') return back;
      return back.value === value ? { kind: 'ok' } : { kind: 'corrupt' };
    },
    async remove(name) {
      const removed = await attempt((store) => store.deletePassword(service, name));
      return removed.kind === 'ok' ? { kind: 'ok' } : removed;
    },
  };
}

/** keytar passes the system's own words through; these are the ones that tell the states apart. */
export function problemOf(error: unknown): KeychainProblem {
  const text = error instanceof Error ? error.message : String(error);
  if (/locked|interaction is not allowed/i.test(text)) return 'locked';
  if (/denied|cancel|dismissed|not permitted|auth.*failed/i.test(text)) return 'denied';
  if (/stub received bad data|too (long|large)/i.test(text)) return 'too-large';
  return 'unavailable';
}
