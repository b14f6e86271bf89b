import { createRequire } from 'node:module';
import { callOnSessionBus } from './dbus.ts';
import { openSecretService } from './secret-service.ts';

/** The functions of keytar that are used. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

/** The system's keychain as this process reaches it. Each function may block, or end the process in native code. */
export interface SystemStore {
  /** Null is said only where no locked part of the keychain has the entry. */
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  /** False is said only where no locked part of the keychain has the entry. */
  deletePassword(service: string, account: string): Promise<boolean>;
  /** The names of a service's entries that can be reached, and whether others are in a part that is locked. */
  list(service: string): Promise<{ names: string[]; locked: boolean }>;
}

const requireHere = createRequire(import.meta.url);

/**
 * Brings keytar in; throws where its native part or libsecret is missing. Required, not imported: Node remembers an
 * import that failed for as long as it runs, and a libsecret that is installed meanwhile would not be found.
 */
export function loadSystemStore(): SystemStore {
  const keytar: Keytar = requireHere('keytar');
  // On macOS and Windows an entry that is locked away is an error of its own, and a miss is a miss.
  return process.platform === 'linux' ? overSecretService(keytar) : { ...functionsOf(keytar), list: listOf(keytar) };
}

const functionsOf = (keytar: Keytar) => ({
  getPassword: keytar.getPassword,
  setPassword: keytar.setPassword,
  deletePassword: keytar.deletePassword,
});

const listOf = (keytar: Keytar) => async (service: string) => ({
  names: (await keytar.findCredentials(service)).map(({ account }) => account),
  locked: false,
});

/**
 * libsecret opens what is locked by a prompt; where that is dismissed, or cannot be shown, it says that there is no such
 * entry. keytar's own search ends the process then, so the names come from the Secret Service itself.
 */
function overSecretService(keytar: Keytar): SystemStore {
  const secrets = openSecretService((call) => callOnSessionBus(process.env, call));
  async function refuseIfLocked(service: string, account: string): Promise<void> {
    if (await secrets.holdsLocked(service, account)) throw new Error('The entry is in a locked collection.');
  }
  return {
    async getPassword(service, account) {
      const found = await keytar.getPassword(service, account);
      if (found === null) await refuseIfLocked(service, account);
      return found;
    },
    setPassword: keytar.setPassword,
    async deletePassword(service, account) {
      const dropped = await keytar.deletePassword(service, account);
      // One entry of the name may have been taken out of an open part, and another be left in a locked one.
      await refuseIfLocked(service, account);
      return dropped;
    },
    list: secrets.list,
  };
}
