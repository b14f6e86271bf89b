import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../contract/problem.ts';
import type { OAuthClient } from './auth/client.ts';
import type { Keychain } from './keychain/keychain.ts';
import { keychainState } from './keychain/keychain-state.ts';

const ClientRecord = z.strictObject({ version: z.literal(1), clientId: z.string().min(1) });

export type StoredClient =
  | { kind: 'ok'; client: OAuthClient }
  | { kind: 'absent' }
  /** A client was chosen, but its secret cannot be had from the keychain. */
  | { kind: 'problem'; problem: Problem };

/** The OAuth client that the person chose: its ID in a file, its secret in the keychain. */
export interface ClientStore {
  read(): Promise<StoredClient>;
  write(client: OAuthClient): Promise<Problem | null>;
}

const entryName = (clientId: string) => `client:${clientId}`;

export function openClientStore(path: string, keychain: Keychain): ClientStore {
  const trouble = (kind: Parameters<typeof keychainState>[0]): Problem => ({
    code: 'keychain',
    sentence: keychainState(kind).sentence,
  });
  return {
    async read() {
      let record: z.infer<typeof ClientRecord>;
      try {
        record = ClientRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return { kind: 'absent' };
      }
      const secret = await keychain.read(entryName(record.clientId));
      if (secret.kind === 'absent') return { kind: 'absent' };
      if (secret.kind !== 'ok') return { kind: 'problem', problem: trouble(secret.kind) };
      return { kind: 'ok', client: { id: record.clientId, secret: secret.value } };
    },
    async write(client) {
      const written = await keychain.write(entryName(client.id), client.secret);
      if (written.kind !== 'ok') return trouble(written.kind);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, JSON.stringify({ version: 1, clientId: client.id } satisfies z.infer<typeof ClientRecord>), {
        mode: 0o600,
      });
      return null;
    },
  };
}
