import { rmSync } from 'node:fs';
import type { Clock } from '../../contract/clock.ts';
import type { Records } from '../accounts/records.ts';
import { openGrants } from '../auth/grants.ts';
import type { LoginItem } from '../background/start-at-login.ts';
import type { entryNames } from '../keychain/entry-names.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { keychainState } from '../keychain/keychain-state.ts';
import { KeychainError, type KeychainProblem } from '../keychain/problem.ts';
import { removeData } from './remove-data.ts';

/** How long Google may take to end the grants: a person who uninstalls is waiting. */
const revokeLimit = 5_000;

export interface PurgeOptions {
  readonly home: string;
  /** Where an update that was fetched waits; null when this is not the installed app's own data. */
  readonly updaterCache: string | null;
  /** Whether the folder is Mooring's alone; of a folder that somebody named, only what is Mooring's is removed. */
  readonly ownFolder: boolean;
  /** What each registration keeps of its own. */
  readonly keeps: readonly Kept[];
  /** Ends a grant at the issuer that it came from, and at no other. */
  readonly revoke: (issuer: string, refreshToken: string) => Promise<void>;
  readonly loginItem: LoginItem;
  readonly clock: Clock;
}

/** The accounts of one registration, and the keychain service that their keys are in. */
export interface Kept {
  readonly records: Pick<Records, 'accounts' | 'revocations'>;
  readonly keychain: Keychain;
  /** The names of all its entries, whatever the records say. */
  readonly entryNames: () => ReturnType<typeof entryNames>;
}

/**
 * Removes everything that Mooring keeps on this computer for one person, for an uninstaller: ends the grants at Google
 * where it can be reached, then removes the keychain entries, the login item and the data. Answers with sentences on what
 * was left, empty when nothing was. Each step can be repeated.
 */
export async function purge(options: PurgeOptions): Promise<string[]> {
  const { home, updaterCache, ownFolder, keeps, revoke, loginItem, clock } = options;
  const left: string[] = [];

  const revoking = Promise.all(keeps.map((kept) => revokeAll(kept, revoke))).then(
    () => true,
    () => false,
  );
  const late = Promise.withResolvers<boolean>();
  const cancel = clock.after(revokeLimit, () => late.resolve(false));
  const revoked = await Promise.race([revoking, late.promise]);
  cancel();
  if (!revoked) {
    left.push(
      'Google could not be told that Mooring’s access ends. Remove Mooring at myaccount.google.com/connections.',
    );
  }

  for (const kept of keeps) left.push(...(await removeEntries(kept)));

  try {
    // Also one that the person has switched off, which the system may have left where it was.
    if (loginItem.isOn() !== null) loginItem.set(false);
  } catch (error) {
    left.push(error instanceof Error ? error.message : 'Starting at login could not be ended.');
  }

  try {
    if (updaterCache !== null) rmSync(updaterCache, { recursive: true, force: true });
    removeData(home, ownFolder);
  } catch {
    left.push(`Not all data in ${home} could be removed. Remove the folder yourself.`);
  }
  return left;
}

/** Ends every grant that is held, and those that a disconnect could not end yet. Rejects when one could not be. */
async function revokeAll({ records, keychain }: Kept, revoke: PurgeOptions['revoke']): Promise<void> {
  const held: { issuer: string; refreshToken: string }[] = [];
  for (const { account, issuer, clientId } of records.accounts()) {
    // Whichever client it was given to, its issuer ends it.
    const grant = await openGrants(keychain, () => ({ issuer, clientId: clientId ?? '' })).read(account.id);
    if ('refreshToken' in grant) held.push({ issuer, refreshToken: grant.refreshToken });
    else if (grant.kind !== 'absent' && grant.kind !== 'ruined') throw new KeychainError(grant.kind);
  }
  for (const { issuer, entry } of records.revocations.read()) {
    const waiting = await keychain.read(entry);
    if (waiting.kind === 'ok') held.push({ issuer, refreshToken: waiting.value });
  }
  await Promise.all(held.map(({ issuer, refreshToken }) => revoke(issuer, refreshToken)));
}

async function removeEntries({ keychain, entryNames }: Kept): Promise<string[]> {
  const trouble = (problem: KeychainProblem) =>
    `The keychain entries could not be removed. ${keychainState(problem).sentence}`;
  // Shows that the keychain is open, and takes away what a check that was cut off may have left.
  const open = await keychain.remove('canary');
  if (open.kind !== 'ok') return [trouble(open.kind)];
  const found = await entryNames();
  if (found.kind !== 'ok') return [trouble(found.kind)];
  for (const name of found.names) {
    const removed = await keychain.remove(name);
    if (removed.kind !== 'ok') return [trouble(removed.kind)];
  }
  return [];
}
