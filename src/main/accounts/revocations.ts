import type { Problem } from '../../contract/problem.ts';
import type { Keychain } from '../keychain/keychain.ts';
import type { PendingRevocation, Records } from './records.ts';

/** Ends grants at Google, as soon as it can be reached. */
export interface Revocations {
  /**
   * Puts a token on the list, and then into a keychain entry of its own, so that whatever ends the program from here on, the
   * grant is not forgotten. False when the keychain does not take it. Rejects with a StorageError when the list cannot be
   * written; then nothing has changed.
   */
  queue(accountId: string, refreshToken: string): Promise<boolean>;
  /** Tries what waits. */
  retry(): Promise<void>;
  /** Somebody signs in again: a revocation that waits would end the new grant as well, so it is given up. */
  forget(accountId: string): Promise<void>;
  notice(): Problem | null;
}

export function openRevocations(options: {
  keychain: Keychain;
  records: Records;
  /** Where the grants are ended that are put on the list. */
  issuer: string;
  now: () => number;
  /** Ends a grant at Google; rejects when Google could not be told. */
  end: (refreshToken: string) => Promise<void>;
  onChange: () => void;
}): Revocations {
  const { keychain, records, issuer, now, end, onChange } = options;
  const file = records.revocations;
  const waiting = file.read;
  let retrying: Promise<void> | null = null;
  /** Entries that are on the list and not in the keychain yet. */
  const coming = new Set<string>();
  /** Entries that Google could not be told of yet: the others are still being dealt with. */
  const failed = new Set(waiting().map(({ entry }) => entry));

  /** Whether it is this token that waits, and not one that was put into the same entry since. */
  const waits = (item: PendingRevocation) => waiting().includes(item) && !coming.has(item.entry);

  function takeOff(item: PendingRevocation): void {
    file.note(waiting().filter((each) => each !== item));
    failed.delete(item.entry);
    onChange();
  }

  async function drop(item: PendingRevocation): Promise<void> {
    if (!waits(item)) return;
    const removed = await keychain.remove(item.entry);
    // An entry that cannot be removed now stays on the list, so that it is not left behind for good.
    if (removed.kind === 'ok') takeOff(item);
  }

  async function retryAll(): Promise<void> {
    for (const item of waiting()) {
      if (item.issuer !== issuer || !waits(item)) continue;
      const token = await keychain.read(item.entry);
      if (token.kind === 'absent') {
        if (waits(item)) takeOff(item);
        continue;
      }
      const told =
        token.kind === 'ok' &&
        (await end(token.value).then(
          () => true,
          () => false,
        ));
      if (told) await drop(item);
      else if (waits(item)) {
        failed.add(item.entry);
        onChange();
      }
    }
  }

  return {
    async queue(accountId, refreshToken) {
      const entry = `revoke:${accountId}`;
      const isOther = (item: PendingRevocation) => item.entry !== entry;
      const former = waiting().filter((item) => !isOther(item));
      coming.add(entry);
      failed.delete(entry);
      try {
        file.write([...waiting().filter(isOther), { issuer, accountId, entry, since: now() }]);
        const written = await keychain.write(entry, refreshToken);
        // What the entry held before, it still holds.
        if (written.kind !== 'ok') file.note([...waiting().filter(isOther), ...former]);
        onChange();
        return written.kind === 'ok';
      } finally {
        coming.delete(entry);
      }
    },
    retry() {
      retrying ??= retryAll().finally(() => {
        retrying = null;
      });
      return retrying;
    },
    async forget(accountId) {
      for (const item of waiting().filter((each) => each.accountId === accountId)) await drop(item);
    },
    notice() {
      if (!waiting().some(({ entry }) => failed.has(entry))) return null;
      return {
        code: 'revocation-waits',
        sentence:
          'Google could not be reached to end Mooring’s access to an account you disconnected. Mooring tells it as soon as it can; you can also do it at myaccount.google.com/connections.',
      };
    },
  };
}
