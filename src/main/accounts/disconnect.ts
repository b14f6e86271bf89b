import type { Problem } from '../../contract/problem.ts';
import type { Grants } from '../auth/grants.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import type { Revocations } from './revocations.ts';
import type { Session } from './session.ts';

/**
 * Does what a disconnect has to do on this computer, from the record that says it has begun; Google is told afterwards,
 * from the list of revocations. Each step can be repeated, so a program that ends in the middle goes on at its next start;
 * the record goes last. Answers with what the person has to know, or null.
 */
export async function leaveAccount(options: {
  session: Session;
  grants: Grants;
  revocations: Revocations;
  /** Ends syncing, and erases the copy if that was asked. */
  detach: () => Promise<unknown>;
  /** Drops the record. */
  forget: () => void;
}): Promise<Problem | null> {
  const { session, grants, revocations, detach, forget } = options;
  const { id } = session;
  const grant = await grants.read(id);
  const queued = 'refreshToken' in grant ? await revocations.queue(id, grant.refreshToken) : true;
  const removed = await grants.remove(id);
  if (removed.kind !== 'ok') {
    return {
      code: 'keychain',
      sentence: `The key to the account could not be removed. ${keychainState(removed.kind).sentence} Mooring tries again at its next start.`,
    };
  }
  try {
    await detach();
  } catch {
    return {
      code: 'not-erased',
      sentence:
        'Mooring is signed out of the account; its copy on this computer could not be reached just now and is dealt with at the next start.',
    };
  }
  forget();
  return queued ? null : notRevoked;
}

const notRevoked: Problem = {
  code: 'not-revoked',
  sentence:
    'Mooring is signed out on this computer, but Google could not be told. To end its access there as well, remove Mooring at myaccount.google.com/connections.',
};
