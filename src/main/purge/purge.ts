import { rmSync } from 'node:fs';
import type { Clock } from '../../contract/clock.ts';
import type { AccountRecord, PendingRevocation } from '../accounts/records.ts';
import { heldIn } from '../auth/grants.ts';
import type { LoginItem } from '../background/start-at-login.ts';
import type { entryNames } from '../keychain/entry-names.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { whatHappened } from '../keychain/keychain-state.ts';
import type { KeychainProblem } from '../keychain/problem.ts';
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
  readonly records: {
    accounts(): readonly AccountRecord[];
    readonly revocations: { read(): readonly PendingRevocation[] };
  };
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

  const found = await Promise.all(keeps.map(heldGrants));
  const revoking = Promise.allSettled(
    found.flatMap(({ grants }) => grants.map((each) => revoke(each.issuer, each.refreshToken))),
  );
  const late = Promise.withResolvers<boolean>();
  const cancel = clock.after(revokeLimit, () => late.resolve(false));
  const ended = revoking.then((each) => each.every(({ status }) => status === 'fulfilled'));
  const revoked = await Promise.race([ended, late.promise]);
  cancel();
  if (!revoked || found.some(({ complete }) => !complete)) {
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

interface Held {
  readonly grants: readonly { readonly issuer: string; readonly refreshToken: string }[];
  /** Whether all could be read, and it is known where to end them. */
  readonly complete: boolean;
}

/**
 * Every grant that is held, whether or not a record knows of it, and those that a disconnect could not end yet, each with the
 * issuer that it came from: it is sent to no other.
 */
async function heldGrants({ records, keychain, entryNames }: Kept): Promise<Held> {
  const issuers = new Map<string, string>([
    ...records.accounts().map(({ account, issuer }) => [`account:${account.id}`, issuer] as const),
    ...records.revocations.read().map(({ entry, issuer }) => [entry, issuer] as const),
  ]);
  // Shows that the keychain is open: of one that is closed, no names are found.
  const open = await keychain.remove('canary');
  const found = open.kind === 'ok' ? await entryNames() : open;
  if (found.kind !== 'ok') return { grants: [], complete: issuers.size === 0 };
  const grants: { issuer: string; refreshToken: string }[] = [];
  let complete = !found.locked;
  for (const name of new Set([...issuers.keys(), ...found.names])) {
    if (!/^(account|revoke):/.test(name)) continue;
    const entry = await keychain.read(name);
    if (entry.kind !== 'ok') {
      complete &&= entry.kind === 'absent';
      continue;
    }
    const held = name.startsWith('account:') ? heldIn(entry.value) : { issuer: null, refreshToken: entry.value };
    if (held === null) continue;
    const issuer = held.issuer ?? issuers.get(name);
    if (issuer === undefined) complete = false;
    else grants.push({ issuer, refreshToken: held.refreshToken });
  }
  return { grants, complete };
}

async function removeEntries({ keychain, entryNames }: Kept): Promise<string[]> {
  const trouble = (problem: KeychainProblem) =>
    `Keychain entries could not be removed. ${whatHappened(problem)}. Your keys to Google may still be in it: remove the entries that begin with “Mooring” there.`;
  const found = await entryNames();
  if (found.kind !== 'ok') return [trouble(found.kind)];
  const problems = new Set<KeychainProblem>(found.locked ? ['locked'] : []);
  for (const name of found.names) {
    const removed = await keychain.remove(name);
    if (removed.kind !== 'ok') problems.add(removed.kind);
  }
  return [...problems].map(trouble);
}
