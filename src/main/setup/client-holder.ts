import { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';
import { type OAuthClient, readClientFile } from '../auth/client.ts';
import { holdFile } from '../held-file.ts';
import { jsonFile } from '../json-file.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { KeychainError } from '../keychain/problem.ts';
import { StorageError, storageProblem } from '../storage-error.ts';
import { readClientText } from './client-path.ts';

const ClientRecord = z.strictObject({ clientId: z.string().min(1) }).nullable();

/** Which OAuth client this app is: from the environment, or chosen by the person, with its secret in the keychain. */
export interface ClientHolder {
  /** Whether one has been named; its secret is only read when it is needed. */
  isKnown(): boolean;
  /** Empty while none is named. */
  id(): string;
  /** What is wrong with the file that was last named. */
  problem(): Problem | null;
  /** Throws {@link KeychainError} when the secret cannot be had just now. */
  get(): Promise<OAuthClient>;
  /** Takes over the client file at this path; what is wrong with it shows in `problem`. */
  adopt(path: string): Promise<void>;
}

const notTakenOver = (error: StorageError): Problem =>
  storageProblem(error, {
    happened: 'The client you chose could not be taken over',
    meaning: 'Nothing was changed.',
    afterwards: ', and choose the client file again',
  });

const entryName = (clientId: string) => `client:${clientId}`;

export function openClientHolder(options: {
  /** A client of the environment goes before the stored one. */
  fixed: OAuthClient | null;
  fixedProblem: Problem | null;
  path: string;
  keychain: Keychain;
}): ClientHolder {
  const { fixed, fixedProblem, path, keychain } = options;
  const record = holdFile(jsonFile(path, ClientRecord, null));
  let client = fixed;
  let problem = fixedProblem;
  let clientId = fixed?.id ?? record.read()?.clientId ?? null;

  return {
    isKnown: () => clientId !== null,
    id: () => clientId ?? '',
    problem: () => problem,
    async get() {
      if (client !== null) return client;
      if (clientId === null) throw new Error('There is no OAuth client yet. Choose a client file first.');
      const secret = await keychain.read(entryName(clientId));
      if (secret.kind === 'absent') {
        clientId = null;
        problem = {
          code: 'client-secret-gone',
          sentence:
            'The secret of the client you chose is no longer in this computer’s keychain. Your copy is untouched. Choose the client file again.',
        };
        throw new Error(problem.sentence);
      }
      if (secret.kind !== 'ok') throw new KeychainError(secret.kind);
      client = { id: clientId, secret: secret.value };
      return client;
    },
    async adopt(chosen) {
      const file = await readClientText(chosen);
      const read = file.ok ? readClientFile(file.text) : file;
      if (!read.ok) {
        problem = read.problem;
        return;
      }
      const written = await keychain.write(entryName(read.client.id), read.client.secret);
      if (written.kind !== 'ok') {
        problem = { code: 'keychain', sentence: keychainState(written.kind).sentence };
        return;
      }
      try {
        if (record.read()?.clientId !== read.client.id) record.write({ clientId: read.client.id });
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        problem = notTakenOver(error);
        // A secret that no record names would never be looked for again.
        if (read.client.id !== clientId) await keychain.remove(entryName(read.client.id));
        return;
      }
      ({ client, problem } = { client: read.client, problem: null });
      clientId = read.client.id;
    },
  };
}
