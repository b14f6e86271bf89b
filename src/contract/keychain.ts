import { z } from 'zod';

const entry = { service: z.string(), account: z.string() };

/**
 * What main asks of the process that runs keytar; the only place besides the keychain and memory that a secret passes.
 * A refusal has the words of the system, which never quote a secret.
 */
export const keychainRequests = {
  /** Brings the system's library in; refused where it is missing. */
  load: { params: z.null(), result: z.null() },
  /** Null where neither an open nor a locked part of the keychain has the entry. */
  getPassword: { params: z.strictObject(entry), result: z.string().nullable() },
  setPassword: { params: z.strictObject({ ...entry, password: z.string() }), result: z.null() },
  /** False where neither an open nor a locked part of the keychain has the entry. */
  deletePassword: { params: z.strictObject(entry), result: z.boolean() },
  /** The names of a service's entries that can be reached, and whether others are in a part that is locked. */
  list: {
    params: z.strictObject({ service: z.string() }),
    result: z.strictObject({ names: z.array(z.string()), locked: z.boolean() }),
  },
};
