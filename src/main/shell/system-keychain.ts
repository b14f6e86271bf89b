import type { Clock } from '../../contract/clock.ts';
import type { Config } from '../config.ts';
import { entryNames } from '../keychain/entry-names.ts';
import { type Keychain, openKeychain } from '../keychain/keychain.ts';
import { loadKeytar } from '../keychain/load-keytar.ts';

/** A data folder of its own has keychain entries of its own. */
const serviceOf = ({ home }: Config): string => (home === null ? 'Mooring' : `Mooring (${home})`);

export const systemKeychain = (config: Config, clock: Clock): Keychain =>
  openKeychain({ load: loadKeytar, service: serviceOf(config), clock });

export const systemEntryNames = (config: Config) => entryNames(loadKeytar, serviceOf(config));
