import type { Problem } from '../../contract/problem.ts';
import type { Grants } from '../auth/grants.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { isKeychainProblem, type KeychainProblem } from '../keychain/problem.ts';
import { StorageError, storageProblem } from '../storage-error.ts';
import type { Revocations } from './revocations.ts';
import type { Session } from './session.ts';

/** What a disconnect came to, and what the person has to know of it. */
export interface Left {
  readonly kind: 'done' | 'later' | 'waits-for-disk';
  readonly notice: Problem | null;
}

/**
 * Does what a disconnect has to do on this computer, from the record that says it has begun; Google is told afterwards,
 * from the list of revocations. Each step can be repeated, so a program that ends in the middle goes on at its next start;
 * the record goes last.
 */
export async function leaveAccount(options: {
  session: Session;
  grants: Grants;
  revocations: Revocations;
  /** Ends syncing, and erases the copy if that was asked. */
  detach: () => Promise<unknown>;
  /** Drops the record. */
  forget: () => void;
}): Promise<Left> {
  const { session, grants, revocations, detach, forget } = options;
  const { id } = session;
  const grant = await grants.read(id);
  // With its key out of reach the grant could not be ended at Google, and the key would be left for good.
  if (isKeychainProblem(grant)) return later(keyStays(grant.kind));
  let queued = true;
  try {
    if ('refreshToken' in grant) queued = await revocations.queue(id, grant.refreshToken);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { kind: 'waits-for-disk', notice: notBegun(error) };
  }
  const removed = await grants.remove(id);
  if (removed.kind !== 'ok') return later(keyStays(removed.kind));
  try {
    await detach();
  } catch {
    return later({
      code: 'not-erased',
      sentence:
        'Mooring is signed out of the account; its copy on this computer could not be reached just now. Mooring tries again once an hour.',
    });
  }
  forget();
  return { kind: 'done', notice: queued ? null : notRevoked };
}

const later = (notice: Problem): Left => ({ kind: 'later', notice });

/** A disconnect is written down before anything of it is done. */
export const notBegun = (error: StorageError): Problem => ({
  code: 'disconnect-waits',
  sentence: storageProblem(error, {
    happened: 'The account could not be disconnected yet',
    meaning:
      'Its key is still in the keychain, and Google still gives Mooring access. Mooring tries again every minute.',
    afterwards: '',
  }).sentence,
});

const keyStays = (problem: KeychainProblem): Problem => ({
  code: 'keychain',
  sentence: `The key to the account could not be removed. ${keychainState(problem).sentence} Mooring tries again once an hour.`,
});

const notRevoked: Problem = {
  code: 'not-revoked',
  sentence:
    'Mooring is signed out on this computer, but Google could not be told. To end its access there as well, remove Mooring at myaccount.google.com/connections.',
};
