import { rmSync } from 'node:fs';
import type { Clock } from '../contract/clock.ts';
import type { Grants } from './auth/grants.ts';
import type { TokenEndpoint } from './auth/token-endpoint.ts';
import type { entryNames } from './keychain/entry-names.ts';
import { type Keychain, KeychainError, type KeychainProblem } from './keychain/keychain.ts';
import { keychainState } from './keychain/keychain-state.ts';
import type { Records } from './records.ts';
import { removeData } from './remove-data.ts';
import type { LoginItem } from './start-at-login.ts';

/** How long Google may take to end the grants: a person who uninstalls is waiting. */
const revokeLimit = 5_000;

export interface PurgeOptions {
  readonly home: string;
  /** Where an update that was fetched waits; null when this is not the installed app's own data. */
  readonly updaterCache: string | null;
  /** Whether the folder is Mooring's alone; of a folder that somebody named, only what is Mooring's is removed. */
  readonly ownFolder: boolean;
  readonly records: Pick<Records, 'accounts' | 'revocations'>;
  readonly grants: Grants;
  readonly keychain: Keychain;
  /** The names of all keychain entries, whatever the records say. */
  readonly entryNames: () => ReturnType<typeof entryNames>;
  readonly tokenEndpoint: () => Promise<TokenEndpoint>;
  readonly loginItem: LoginItem;
  readonly clock: Clock;
}

/**
 * Removes everything that Mooring keeps on this computer for one person, for an uninstaller: ends the grants at Google
 * where it can be reached, then removes the keychain entries, the login item and the data. Answers with sentences on what
 * was left, empty when nothing was. Each step can be repeated.
 */
export async function purge(options: PurgeOptions): Promise<string[]> {
  const { home, updaterCache, ownFolder, loginItem, clock } = options;
  const left: string[] = [];

  const revoking = revokeAll(options).then(
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

  left.push(...(await removeEntries(options)));

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
async function revokeAll({ records, grants, keychain, tokenEndpoint }: PurgeOptions): Promise<void> {
  const tokens: string[] = [];
  for (const { account } of records.accounts()) {
    const grant = await grants.read(account.id);
    if (grant.kind === 'ok' || grant.kind === 'key-lost') tokens.push(grant.refreshToken);
    else if (grant.kind !== 'absent' && grant.kind !== 'ruined') throw new KeychainError(grant.kind);
  }
  for (const { entry } of records.revocations.read()) {
    const waiting = await keychain.read(entry);
    if (waiting.kind === 'ok') tokens.push(waiting.value);
  }
  if (tokens.length === 0) return;
  const endpoint = await tokenEndpoint();
  await Promise.all(tokens.map((token) => endpoint.revoke(token)));
}

async function removeEntries({ keychain, entryNames }: PurgeOptions): Promise<string[]> {
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
