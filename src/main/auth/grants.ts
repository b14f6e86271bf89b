import { z } from 'zod';
import type { Keychain, KeychainWrite } from '../keychain/keychain.ts';
import type { KeychainProblem } from '../keychain/problem.ts';
import { type DpopKey, readDpopKey } from './dpop.ts';
import type { Registration } from './registration.ts';

const always = { accountId: z.string(), clientId: z.string(), refreshToken: z.string().min(1) };
const binding = {
  /** Said beside the key, so that a key that is gone is told from one that never was. */
  bound: z.boolean(),
  dpopKey: z.unknown().optional(),
};

/** What an account's keychain entry holds: little, because Windows takes 2,560 bytes. */
const Entry = z.discriminatedUnion('version', [
  /** From before refresh tokens were bound to keys. It stays usable until the next consent brings a bound one. */
  z.strictObject({ version: z.literal(1), ...always }),
  /** From before an entry named its issuer: that of the data folder it belongs to. */
  z.strictObject({ version: z.literal(2), ...always, ...binding }),
  z.strictObject({ version: z.literal(3), issuer: z.string(), ...always, ...binding }),
]);
type Entry = z.infer<typeof Entry>;

/** A refresh token and the key it is bound to; null when it is bound to none. */
export interface Grant {
  readonly refreshToken: string;
  readonly key: DpopKey | null;
}

export type GrantRead =
  | { kind: 'ok'; refreshToken: string; key: DpopKey | null }
  | { kind: 'absent' }
  /** Something is there, but it is not this account's grant. A reconnect repairs it. */
  | { kind: 'ruined' }
  /** The refresh token is there without the key it is bound to: good for revoking, and for nothing else. */
  | { kind: 'key-lost'; refreshToken: string }
  /** It was given to another client of the same issuer, and is as good as a lost key to this one. */
  | { kind: 'other-client'; refreshToken: string }
  | { kind: KeychainProblem };

/** The refresh tokens and their keys, in the keychain, one entry an account. */
export interface Grants {
  read(accountId: string): Promise<GrantRead>;
  /** Stores and reads back; a write that fails leaves the entry as it was. */
  store(accountId: string, grant: Grant): Promise<KeychainWrite>;
  /**
   * Stores what Google has given in the place of a refresh token; `other` where that one is not there any more, because a
   * sign-in has brought another, or the account has gone.
   */
  replace(accountId: string, former: string, grant: Grant): Promise<KeychainWrite | { kind: 'other' }>;
  remove(accountId: string): Promise<KeychainWrite>;
}

/** Opens the grants of one registration: what another issuer gave is not read as one of them. */
export function openGrants(keychain: Keychain, registration: () => Registration): Grants {
  const entryName = (accountId: string) => `account:${accountId}`;
  // What reads before it writes must not have another write in between.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next;
    return next;
  }

  const write = (accountId: string, { refreshToken, key }: Grant) => {
    const entry: Entry = {
      version: 3,
      ...registration(),
      accountId,
      refreshToken,
      bound: key !== null,
      dpopKey: key,
    };
    return keychain.write(entryName(accountId), JSON.stringify(entry));
  };

  async function read(accountId: string): Promise<GrantRead> {
    const found = await keychain.read(entryName(accountId));
    if (found.kind !== 'ok') return found;
    const entry = Entry.safeParse(parseJson(found.value));
    if (!entry.success || entry.data.accountId !== accountId) return { kind: 'ruined' };
    const { issuer, clientId } = registration();
    if (entry.data.version === 3 && entry.data.issuer !== issuer) return { kind: 'ruined' };
    const { refreshToken } = entry.data;
    return entry.data.clientId === clientId ? readGrant(entry.data) : { kind: 'other-client', refreshToken };
  }

  async function replace(accountId: string, former: string, grant: Grant): Promise<KeychainWrite | { kind: 'other' }> {
    const held = await read(accountId);
    switch (held.kind) {
      case 'ok':
        return held.refreshToken === former ? write(accountId, grant) : { kind: 'other' };
      case 'absent':
      case 'ruined':
      case 'key-lost':
      case 'other-client':
        return { kind: 'other' };
      default:
        return { kind: held.kind };
    }
  }

  return {
    read,
    store: (accountId, grant) => inTurn(() => write(accountId, grant)),
    replace: (accountId, former, grant) => inTurn(() => replace(accountId, former, grant)),
    remove: (accountId) => inTurn(() => keychain.remove(entryName(accountId))),
  };
}

/** What an account's entry holds, for ending it where it came from; null for what is no grant. Older entries name no issuer. */
export function heldIn(text: string): { readonly issuer: string | null; readonly refreshToken: string } | null {
  const entry = Entry.safeParse(parseJson(text));
  if (!entry.success) return null;
  return { issuer: entry.data.version === 3 ? entry.data.issuer : null, refreshToken: entry.data.refreshToken };
}

function readGrant(entry: Entry): GrantRead {
  const { refreshToken } = entry;
  if (entry.version === 1 || !entry.bound) return { kind: 'ok', refreshToken, key: null };
  const key = readDpopKey(entry.dpopKey);
  return key === null ? { kind: 'key-lost', refreshToken } : { kind: 'ok', refreshToken, key };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
