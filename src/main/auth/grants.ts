import { z } from 'zod';
import type { Keychain, KeychainProblem, KeychainWrite } from '../keychain/keychain.ts';

/** What an account's keychain entry holds: little, because Windows takes 2,560 bytes. */
const Entry = z.strictObject({
  version: z.literal(1),
  accountId: z.string(),
  clientId: z.string(),
  refreshToken: z.string().min(1),
});

export type GrantRead =
  | { kind: 'ok'; refreshToken: string }
  | { kind: 'absent' }
  /** Something is there, but it is not this account's grant. A reconnect repairs it. */
  | { kind: 'ruined' }
  | { kind: KeychainProblem };

/** The refresh tokens, in the keychain, one entry an account. */
export interface Grants {
  read(accountId: string): Promise<GrantRead>;
  /** Stores and reads back. A write that fails puts the entry that was there back in its place. */
  store(accountId: string, refreshToken: string): Promise<KeychainWrite>;
  remove(accountId: string): Promise<KeychainWrite>;
}

export function openGrants(keychain: Keychain, clientId: () => string): Grants {
  const entryName = (accountId: string) => `account:${accountId}`;
  return {
    async read(accountId) {
      const read = await keychain.read(entryName(accountId));
      if (read.kind !== 'ok') return read;
      const entry = Entry.safeParse(parseJson(read.value));
      if (!entry.success || entry.data.accountId !== accountId) return { kind: 'ruined' };
      return { kind: 'ok', refreshToken: entry.data.refreshToken };
    },
    async store(accountId, refreshToken) {
      const name = entryName(accountId);
      const before = await keychain.read(name);
      const entry: z.infer<typeof Entry> = { version: 1, accountId, clientId: clientId(), refreshToken };
      const written = await keychain.write(name, JSON.stringify(entry));
      if (written.kind !== 'ok' && before.kind === 'ok') await keychain.write(name, before.value);
      return written;
    },
    remove: (accountId) => keychain.remove(entryName(accountId)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
