import type { Clock } from '../../contract/clock.ts';
import { entryNames } from '../keychain/entry-names.ts';
import { type Keychain, openKeychain } from '../keychain/keychain.ts';
import { loadKeytar } from '../keychain/load-keytar.ts';

export const systemKeychain = (service: string, clock: Clock): Keychain =>
  openKeychain({ load: loadKeytar, service, clock });

export const systemEntryNames = (service: string) => entryNames(loadKeytar, service);
