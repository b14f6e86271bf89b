import { keychainRequests } from '../contract/keychain.ts';
import { createPeer, type Port } from '../contract/rpc.ts';
import { loadSystemStore, type SystemStore } from './system-store.ts';

/** Answers main's requests from the system's keychain. */
export function serveKeychain(port: Port, onInvalid: (message: string) => void): void {
  let loaded: SystemStore | null = null;
  const store = (): SystemStore => {
    // Not remembered when it fails, so that a library that was installed meanwhile is found.
    loaded ??= loadSystemStore();
    return loaded;
  };
  createPeer({
    port,
    serves: keychainRequests,
    handlers: {
      async load() {
        store();
        return null;
      },
      getPassword: ({ service, account }) => store().getPassword(service, account),
      async setPassword({ service, account, password }) {
        await store().setPassword(service, account, password);
        return null;
      },
      deletePassword: ({ service, account }) => store().deletePassword(service, account),
      list: ({ service }) => store().list(service),
    },
    asks: {},
    hears: {},
    onEvent: {},
    onInvalid,
  });
}
