import { createRequire } from 'node:module';
import type { EntryFinder } from './entry-names.ts';
import type { PasswordStore } from './keychain.ts';

const requireHere = createRequire(import.meta.url);

/**
 * Brings keytar in; throws where its native part or libsecret is missing. Required, not imported: Node remembers an
 * import that failed for as long as it runs, and a libsecret that is installed meanwhile would not be found.
 */
export async function loadKeytar(): Promise<PasswordStore & EntryFinder> {
  const keytar: PasswordStore & EntryFinder = requireHere('keytar');
  return keytar;
}
