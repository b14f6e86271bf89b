import type { Keychain, KeychainWrite } from './keychain.ts';

/**
 * A keychain whose entries may still be in others, as an earlier version called them. What is found there is taken over;
 * an entry is gone when it is in none.
 */
export function withOlder(own: Keychain, older: readonly Keychain[]): Keychain {
  async function takeOver(from: Keychain, name: string, value: string): Promise<void> {
    const written = await own.write(name, value);
    // Where it cannot be written just now it is found at its old place again.
    if (written.kind === 'ok') await from.remove(name);
  }

  async function inAll(name: string): Promise<KeychainWrite> {
    for (const keychain of [...older, own]) {
      const removed = await keychain.remove(name);
      if (removed.kind !== 'ok') return removed;
    }
    return { kind: 'ok' };
  }

  return {
    async read(name) {
      const found = await own.read(name);
      if (found.kind !== 'absent') return found;
      for (const keychain of older) {
        const before = await keychain.read(name);
        if (before.kind === 'ok') await takeOver(keychain, name, before.value);
        if (before.kind !== 'absent') return before;
      }
      return found;
    },
    write: own.write,
    remove: inAll,
  };
}
